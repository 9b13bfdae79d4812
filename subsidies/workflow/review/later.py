"""A decision that comes later: the term gets longer, or it stands and we say so, or the clock stands still."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import UNDECIDED, ExtensionKind, SuspensionGround
from subsidies.letters import review as letters
from subsidies.models import Application, LaterDecision, Pause
from subsidies.workflow.case import lock_for_review, save, tell_applicant

# Awb article 4:14(3) asks for a reasonable term; twice the eight weeks of article 4:13 is the most we call that.
MOST_WEEKS_IN_ALL = 16


@transaction.atomic
def extend(
    application: Application,
    *,
    kind: ExtensionKind,
    reason: str,
    weeks: int | None = None,
    expected_on: date | None = None,
    by: User,
    version: int | None = None,
) -> LaterDecision:
    """Tell the applicant that the decision comes later.

    An extension moves the legal date: once, while the term runs, and as far as the scheme allows (`weeks` on top), or
    without a term in the scheme to a reasonable one (`weeks` in all, Awb article 4:14(3)). A notice names the day on
    which the decision is expected and moves nothing (Awb article 4:14(1)).

    Raises:
        WorkflowError: it is too late, it was done before, or it is more than the rules allow.
    """
    application = lock_for_review(application, by, version)
    if application.status not in UNDECIDED:
        raise WorkflowError(_("Over deze aanvraag is al besloten."))
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom het besluit later komt."))
    later = LaterDecision(application=application, kind=kind, sent_on=today(), reason=reason)
    if kind == ExtensionKind.EXTENSION:
        _check_extension(application, weeks)
        # The day follows from the term itself; it is known once the message is in the file.
        later.weeks, later.expected_on = weeks, today()
    else:
        later.expected_on = _expected(application, expected_on)
    old = application.due_legal
    later.save()
    application.version += 1
    save(application)
    if kind == ExtensionKind.EXTENSION and application.due_legal is not None:
        later.expected_on = application.due_legal
        later.save(update_fields=["expected_on"])

    action = "subsidies.extended" if kind == ExtensionKind.EXTENSION else "subsidies.later_announced"
    trail.record(
        action,
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=reason,
        old={"due_legal": old},
        new={"due_legal": application.due_legal},
    )
    tell_applicant(application, letters.later_decision(application, later), "later_decision")
    return later


@transaction.atomic
def pause(
    application: Application,
    *,
    ground: SuspensionGround,
    first_day: date,
    last_day: date,
    text: str,
    by: User,
    version: int | None = None,
) -> Pause:
    """Let the clock stand still: the applicant agreed in writing, caused the delay, or force majeure (Awb 4:15(2)).

    Raises:
        WorkflowError: the days are not in order, lie outside the term, or nothing is said about the ground.
    """
    application = lock_for_review(application, by, version)
    if application.status not in UNDECIDED:
        raise WorkflowError(_("Over deze aanvraag is al besloten."))
    if not text.strip():
        raise WorkflowError(_("Schrijf waaruit dit blijkt, bijvoorbeeld de datum van de toestemming."))
    if last_day < first_day:
        raise WorkflowError(_("De laatste dag ligt vóór de eerste dag."))
    if first_day <= application.received_on or (application.due_legal and first_day > application.due_legal):
        raise WorkflowError(_("De eerste dag moet binnen de beslistermijn liggen."))
    old = application.due_legal
    stretch = Pause.objects.create(
        application=application, ground=ground, first_day=first_day, last_day=last_day, text=text
    )
    application.version += 1
    save(application)

    trail.record(
        "subsidies.paused",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=f"{stretch.get_ground_display()}: {text}",
        old={"due_legal": old},
        new={"due_legal": application.due_legal},
    )
    tell_applicant(application, letters.paused(application, stretch), "paused")
    return stretch


def _check_extension(application: Application, weeks: int | None) -> None:
    rules = application.scheme_version
    if application.later_decisions.filter(kind=ExtensionKind.EXTENSION).exists():
        raise WorkflowError(_("De termijn is al een keer verlengd. Dat kan één keer."))
    if application.due_legal and today() > application.due_legal:
        raise WorkflowError(_("De termijn is al voorbij. U kunt nog wel laten weten wanneer het besluit komt."))
    if weeks is None:
        raise WorkflowError(_("Vul het aantal weken in."))
    if dates.own_term(application) is None:
        if not dates.REASONABLE_WEEKS < weeks <= MOST_WEEKS_IN_ALL:
            raise WorkflowError(
                _("Kies in totaal meer dan %(least)d en hooguit %(most)d weken.")
                % {"least": dates.REASONABLE_WEEKS, "most": MOST_WEEKS_IN_ALL}
            )
    elif not 0 < weeks <= rules.extension_weeks:
        raise WorkflowError(
            _("De regeling staat hooguit %(most)d weken verlenging toe.") % {"most": rules.extension_weeks}
            if rules.extension_weeks
            else _("Deze regeling kent geen verlenging. U kunt wel laten weten dat het besluit later komt.")
        )


def _expected(application: Application, expected_on: date | None) -> date:
    if expected_on is None or expected_on <= today():
        raise WorkflowError(_("Vul een dag na vandaag in waarop het besluit komt."))
    if application.due_legal and expected_on <= application.due_legal:
        raise WorkflowError(_("Deze dag ligt binnen de termijn: dan is geen bericht nodig."))
    return expected_on
