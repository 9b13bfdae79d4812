"""A check on its way: written, handed in, looked at, advised on, signed, published; or sent back, or dropped."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participation import letters, policies, rules
from participation.enums import CheckStatus, Level, Outcome, Signer
from participation.models import ParticipationCheck, PlannedMoment, Project, StakeholderGroup
from participation.questions import advice_of
from participation.workflow.case import (
    ambassadors_of,
    coordinators_of,
    lead_of,
    lock,
    lock_check,
    refresh_public_pages,
    refuse_if,
    tell,
    touch,
)
from participation.workflow.versions import ANSWERS, renew_check
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.terms.calendar import today

# A newer signed version takes the place of these.
REPLACED = (CheckStatus.CONFIRMED, CheckStatus.PUBLISHED, CheckStatus.RUNNING, CheckStatus.FED_BACK)


@transaction.atomic
def start_check(project: Project, *, by: User, version: int | None = None) -> ParticipationCheck:
    """Begin the check of the present phase, or a new version of it with the same answers.

    Raises:
        WorkflowError: there is one in preparation, or it is not theirs.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_start_check(by, project))
    touch(project)
    return renew_check(project, by=by)


@transaction.atomic
def save_check(
    check: ParticipationCheck,
    answers: Mapping[str, Any],
    *,
    groups: Iterable[Mapping[str, Any]] | None = None,
    moments: Iterable[Mapping[str, Any]] | None = None,
    by: User,
    version: int | None = None,
) -> ParticipationCheck:
    """Keep the answers as far as they go, with the advice that follows from them.

    Raises:
        WorkflowError: it is with somebody else now.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_write(by, check))
    for name in ANSWERS:
        if name in answers:
            setattr(check, name, answers[name])
    advice = advice_of(check)
    check.advice, check.score = (advice.outcome, advice.score) if advice else ("", None)
    check.version += 1
    check.save()
    touch(check.project)
    if groups is not None:
        check.groups.all().delete()
        StakeholderGroup.objects.bulk_create(StakeholderGroup(check_of=check, **each) for each in groups)
    if moments is not None:
        check.planned_moments.all().delete()
        PlannedMoment.objects.bulk_create(PlannedMoment(check_of=check, **each) for each in moments)
    trail.record("participation.check_saved", subject=check.project, by=by, new={"number": check.number})
    return check


@transaction.atomic
def hand_in(check: ParticipationCheck, *, by: User, version: int | None = None) -> ParticipationCheck:
    """Send the check to the ambassador, who looks whether everything is there.

    Raises:
        WorkflowError: an answer is still missing; the sentence names them.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_hand_in(by, check))
    check.handed_in_at = timezone.now()
    take(check, CheckStatus.AMBASSADOR, "participation.check_handed_in", by)
    tell(check.project, ambassadors_of(check.project), letters.handed_in(check), _key("handed_in", check))
    return check


@transaction.atomic
def send_back(check: ParticipationCheck, *, text: str, by: User, version: int | None = None) -> ParticipationCheck:
    """Send the check back to the lead with what has to change.

    Raises:
        WorkflowError: it is not before this person now.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_return(by, check))
    check.returned_because = text
    take(check, CheckStatus.RETURNED, "participation.check_returned", by, text=text)
    others = [user for user in lead_of(check.project) if user != by]
    tell(check.project, others, letters.returned(check, text=text), _key("returned", check))
    return check


@transaction.atomic
def pass_to_coordinator(check: ParticipationCheck, *, by: User, version: int | None = None) -> ParticipationCheck:
    """The ambassador finds the check complete and asks the coordinator for advice on reach and level.

    Raises:
        WorkflowError: it is not before this person now.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_pass(by, check))
    check.passed_by, check.passed_at = by, timezone.now()
    take(check, CheckStatus.ADVICE, "participation.check_passed", by)
    tell(check.project, coordinators_of(check.project), letters.advice_asked(check), _key("advice_asked", check))
    return check


@transaction.atomic
def advise(
    check: ParticipationCheck, *, text: str, level: Level | str = "", by: User, version: int | None = None
) -> ParticipationCheck:
    """The coordinator advises on reach and level.

    Raises:
        WorkflowError: it is not before this person now.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_advise(by, check))
    check.coordinator_advice, check.advised_level = text, level
    check.advised_by, check.advised_at = by, timezone.now()
    take(check, CheckStatus.ADVISED, "participation.check_advised", by, text=text)
    tell(check.project, lead_of(check.project), letters.advised(check), _key("advised", check))
    return check


@transaction.atomic
def confirm(
    check: ParticipationCheck,
    *,
    signer: Signer | str,
    signer_name: str,
    signed_on: date,
    reference: str = "",
    by: User,
    version: int | None = None,
) -> ParticipationCheck:
    """Write down who signed the check, on which day and by which decision; an older version is replaced.

    Raises:
        WorkflowError: this body may not, the day lies ahead or before the advice, or the reference is missing.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_confirm(by, check))
    refuse_if(_why_not_signed(check, Signer(signer), signed_on, reference))
    check.signer, check.signer_name, check.signed_on = signer, signer_name, signed_on
    check.signature_reference, check.signed_by = reference, by
    replaced = list(check.project.checks.filter(status__in=REPLACED))
    take(
        check,
        CheckStatus.CONFIRMED,
        "participation.check_confirmed",
        by,
        text=f"{Signer(signer).label}: {signer_name}",
        new={"signed_on": signed_on.isoformat(), "reference": reference, "outcome": check.outcome},
    )
    for old in replaced:
        old.ended_at = timezone.now()
        take(old, CheckStatus.REVISED, "participation.check_revised", by, new={"number": check.number})
    around = [*lead_of(check.project), *ambassadors_of(check.project), *coordinators_of(check.project)]
    tell(check.project, [user for user in around if user != by], letters.confirmed(check), _key("confirmed", check))
    refresh_public_pages(check.project)
    return check


@transaction.atomic
def publish_check(check: ParticipationCheck, *, by: User, version: int | None = None) -> ParticipationCheck:
    """Put the check on the website, with the project.

    Raises:
        WorkflowError: the project is not there, or the check is not signed.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_publish(by, check))
    check.published_at = timezone.now()
    take(check, CheckStatus.PUBLISHED, "participation.check_published", by, visibility=Visibility.PUBLIC)
    refresh_public_pages(check.project)
    return check


@transaction.atomic
def lapse(check: ParticipationCheck, *, reason: str, by: User, version: int | None = None) -> ParticipationCheck:
    """Nobody needs this check any more.

    Raises:
        WorkflowError: it was signed, and the project goes on.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_lapse(by, check))
    check.lapsed_because, check.ended_at = reason, timezone.now()
    take(check, CheckStatus.LAPSED, "participation.check_lapsed", by, text=reason)
    around = [*lead_of(check.project), *ambassadors_of(check.project)]
    tell(check.project, [user for user in around if user != by], letters.lapsed(check), _key("lapsed", check))
    return check


def take(
    check: ParticipationCheck,
    status: CheckStatus,
    action: str,
    by: User | None,
    *,
    text: str = "",
    new: Mapping[str, Any] | None = None,
    visibility: Visibility = Visibility.STAFF,
) -> None:
    """Move the check and write it down in the trail of its project; the caller writes the letters."""
    check.move_to(status)
    check.save()
    touch(check.project)
    values = {"number": check.number, **(new or {})}
    trail.record(action, subject=check.project, by=by, text=text, new=values, visibility=visibility)


def _key(name: str, check: ParticipationCheck) -> str:
    return f"{name}:{check.pk}:{check.version}"


def _why_not_signed(check: ParticipationCheck, signer: Signer, signed_on: date, reference: str) -> str:
    project = check.project
    needed = rules.needed_signer(
        kind=project.kind, deciding_body=project.deciding_body, outcome=check.outcome, sensitive=check.sensitive
    )
    if not rules.may_sign(signer, needed):
        return _("Deze check moet worden vastgesteld door: %(body)s.") % {"body": Signer(needed).label}
    if signed_on > today():
        return _("De dag van vaststellen kan niet in de toekomst liggen.")
    if check.advised_at and signed_on < timezone.localdate(check.advised_at):
        # Signed before it was advised on is signed unseen, and would make a late check one in time.
        return _("De check kan niet zijn vastgesteld vóór het advies van de wijkcoördinator: dat kwam op %(day)s.") % {
            "day": date_format(timezone.localdate(check.advised_at), "j F Y")
        }
    if signer in rules.WITH_REFERENCE and not reference.strip():
        return _("Vul het kenmerk van het besluit in, zodat het is terug te vinden.")
    if check.outcome == Outcome.NONE and not (check.none_reason and check.none_text.strip()):
        return _("Bij “geen participatie” horen een reden en een uitleg voor de website.")
    return ""
