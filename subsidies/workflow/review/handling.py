"""Who handles the case, what was said around it, and how it was judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.wijken.models import Buurt
from subsidies.enums import CheckAnswer, Status
from subsidies.letters import applicant as applicant_letters
from subsidies.letters import review as letters
from subsidies.models import Application, CaseMessage, CaseNote, Reply
from subsidies.policies import may_review
from subsidies.workflow.case import (
    check_undecided,
    lock,
    lock_for_review,
    save,
    tell_applicant,
    tell_reviewers,
    tell_staff,
)


@dataclass(frozen=True)
class Answer:
    """The reviewer's verdict on one criterion."""

    answer: CheckAnswer
    remark: str = ""


@dataclass(frozen=True)
class LineVerdict:
    """Whether one cost line counts, and if not, why."""

    eligible: bool
    why_not: str = ""


@transaction.atomic
def take_up(application: Application, *, by: User, version: int | None = None) -> Application:
    """The reviewer starts on a new application and becomes its contact person; the applicant hears who it is."""
    application = lock_for_review(application, by, version)
    application.move_to(Status.IN_REVIEW)
    application.owner = by
    save(application)

    trail.record("subsidies.taken_up", subject=application, by=by, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.taken_up(application), "taken_up")
    return application


@transaction.atomic
def assign(application: Application, *, to: User, by: User, version: int | None = None) -> Application:
    """Hand the case to a colleague, or take it over from one who is away; the colleague hears of it."""
    application = lock_for_review(application, by, version)
    if application.applicant_id == to.pk:
        raise WorkflowError(_("Deze collega deed zelf de aanvraag en kan haar niet behandelen (Awb 2:4)."))
    old, application.owner = application.owner, to
    application.version += 1
    application.save()

    trail.record(
        "subsidies.assigned",
        subject=application,
        by=by,
        old={"owner": str(old or "")},
        new={"owner": str(to)},
    )
    if to != by:
        tell_staff(application, [to], letters.assigned(application), "assigned")
    return application


@transaction.atomic
def reply(
    application: Application,
    *,
    text: str,
    message: CaseMessage | None = None,
    by: User,
    version: int | None = None,
) -> Reply:
    """Write to the applicant, often in answer to a message; what the applicant wrote counts as read."""
    application = lock_for_review(application, by, version)
    now = timezone.now()
    written = Reply.objects.create(application=application, message=message, text=text, author=by, sent_at=now)
    if message is not None and message.answered_at is None:
        message.answered_at = now
        message.save(update_fields=["answered_at"])
    application.unread_since = None
    application.version += 1
    application.save()

    trail.record("subsidies.replied", subject=application, by=by, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.reply(application, written), "reply")
    return written


@transaction.atomic
def choose_buurt(application: Application, *, buurt: Buurt, by: User, version: int | None = None) -> Application:
    """Say in which buurt it is; in another wijk its coordinators hear that the application is theirs now."""
    application = lock_for_review(application, by, version)
    before = application.wijk
    old = {"buurt": str(application.buurt or ""), "wijk": str(before)}
    application.buurt, application.wijk = buurt, buurt.wijk
    application.version += 1
    application.save()
    new = {"buurt": str(buurt), "wijk": str(buurt.wijk)}
    trail.record("subsidies.buurt_chosen", subject=application, by=by, old=old, new=new)
    if buurt.wijk != before and application.owner_id is None:
        tell_reviewers(application, applicant_letters.new_application(application, []), "moved")
    return application


@transaction.atomic
def mark_read(application: Application, *, by: User, version: int | None = None) -> Application:
    """What the applicant wrote was read and needs no answer in writing."""
    application = lock_for_review(application, by, version)
    if application.unread_since is None:
        raise WorkflowError(_("Er is geen ongelezen bericht."))
    now = timezone.now()
    application.messages.filter(answered_at__isnull=True).update(answered_at=now)
    application.unread_since = None
    application.version += 1
    application.save()

    trail.record("subsidies.message_read", subject=application, by=by)
    return application


@transaction.atomic
def note(application: Application, *, text: str, by: User) -> CaseNote:
    """Add an internal note; notes are only ever added, so that the file stays what it was.

    Raises:
        WorkflowError: this person does not review the case.
    """
    if not may_review(by, application):
        raise WorkflowError(_("U behandelt deze aanvraag niet."))
    return CaseNote.objects.create(application=application, author=by, text=text)


@transaction.atomic
def record_contact(application: Application, *, kind: str, on: date, text: str, by: User) -> CaseNote:
    """Record a conversation with the applicant."""
    application = lock(application)
    if not may_review(by, application):
        raise WorkflowError(_("U behandelt deze aanvraag niet."))
    said = CaseNote.objects.create(application=application, author=by, text=text, contact=kind, contact_on=on)

    trail.record("subsidies.contact_recorded", subject=application, by=by, text=said.get_contact_display())
    return said


@transaction.atomic
def judge(
    application: Application,
    *,
    checklist: Mapping[int, Answer],
    cost_lines: Mapping[int, LineVerdict],
    by: User,
    version: int | None = None,
) -> Application:
    """Keep the reviewer's verdict on the criteria of the scheme and on each cost line, with the words of that day.

    Raises:
        WorkflowError: the case has a decision already, or a line does not count without a reason.
    """
    application = lock_for_review(application, by, version)
    check_undecided(application)
    old = _in_words(application.checklist)
    kept: dict[str, Any] = dict(application.checklist)
    kept["criteria"] = {
        str(criterion.pk): {
            "question": criterion.question,
            "article": criterion.article,
            "answer": checklist[criterion.pk].answer.value,
            "remark": checklist[criterion.pk].remark,
        }
        for criterion in application.scheme_version.criteria.all()
        if criterion.pk in checklist
    }
    changed_lines = _judge_lines(application, cost_lines)
    application.checklist = kept
    application.version += 1
    save(application)

    new = _in_words(kept)
    trail.record(
        "subsidies.judged",
        subject=application,
        by=by,
        old={"checklist": old} | {name: before for name, (before, _after) in changed_lines.items()},
        new={"checklist": new} | {name: after for name, (_before, after) in changed_lines.items()},
    )
    return application


def _judge_lines(application: Application, verdicts: Mapping[int, LineVerdict]) -> dict[str, tuple[str, str]]:
    """Save what counts; gives each changed line with its old and new verdict in words."""
    changed = {}
    for line in application.cost_lines.all():
        verdict = verdicts.get(line.pk)
        if verdict is None or (verdict.eligible, verdict.why_not) == (line.eligible, line.why_not):
            continue
        if not verdict.eligible and not verdict.why_not.strip():
            raise WorkflowError(_("Schrijf waarom “%(what)s” niet meetelt.") % {"what": line.what})
        before = _line_words(line.eligible, line.why_not)
        line.eligible, line.why_not = verdict.eligible, "" if verdict.eligible else verdict.why_not
        line.save()
        changed[line.what] = (before, _line_words(line.eligible, line.why_not))
    return changed


def _line_words(eligible: bool, why_not: str) -> str:
    return _("telt mee") if eligible else _("telt niet mee: %(why)s") % {"why": why_not}


def _in_words(checklist: Mapping[str, Any]) -> list[str]:
    """The verdicts as the timeline shows them."""
    return [
        ": ".join(filter(None, [row["question"], str(CheckAnswer(row["answer"]).label), row["remark"]]))
        for row in checklist.get("criteria", {}).values()
    ]
