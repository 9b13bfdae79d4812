"""A decision that comes later: the term gets longer, or it stands and we say so, or the clock stands still."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates, settlement
from subsidies.enums import ExtensionKind, SuspensionGround
from subsidies.letters import review as letters
from subsidies.models import Application, LaterDecision, Pause
from subsidies.workflow.case import check_undecided, lock_for_review, save, tell_applicant

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
    """Tell the applicant that the decision comes later; after a grant that is the settlement, once it was asked for.

    An extension moves the legal date: once, while the term runs, and as far as the scheme allows (`weeks` on top), or
    without a term in the scheme to a reasonable one (`weeks` in all, Awb article 4:14(3)). A notice names the day on
    which the decision is expected and moves nothing (Awb article 4:14(1)).

    Raises:
        WorkflowError: it is too late, it was done before, or it is more than the rules allow.
    """
    application = lock_for_review(application, by, version)
    term = running_term(application)
    if term is None:
        raise WorkflowError(_("Er loopt nu geen termijn om te beslissen."))
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom het besluit later komt."))
    later = LaterDecision(
        application=application, kind=kind, sent_on=today(), reason=reason, about_settlement=term.is_settlement
    )
    if kind == ExtensionKind.EXTENSION:
        _check_extension(application, term, weeks)
        # The day follows from the term itself; it is known once the message is in the file.
        later.weeks, later.expected_on = weeks, today()
    else:
        later.expected_on = _expected(term, expected_on)
    later.save()
    application.version += 1
    save(application)
    due_legal = application.settle_due_legal if term.is_settlement else application.due_legal
    if kind == ExtensionKind.EXTENSION and due_legal is not None:
        later.expected_on = due_legal
        later.save(update_fields=["expected_on"])

    action = "subsidies.extended" if kind == ExtensionKind.EXTENSION else "subsidies.later_announced"
    trail.record(
        action,
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=reason,
        old={"due_legal": term.due_legal},
        new={"due_legal": due_legal},
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
    check_undecided(application)
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


@dataclass(frozen=True)
class Term:
    """The term that runs for the municipality now: to decide, or to settle what the recipient accounted for."""

    due_legal: date | None
    is_settlement: bool
    # What the scheme itself says; nothing when the Awb counts.
    is_own: bool


def running_term(application: Application) -> Term | None:
    """The term that a message can extend; a settlement of our own accord has none that an applicant waits for."""
    if application.is_undecided:
        return Term(application.due_legal, False, dates.own_term(application) is not None)
    clock = settlement.settlement(application)
    if clock is None or clock.applied_on is None:
        return None
    return Term(clock.deadline.due_legal, True, settlement.own_term(application) is not None)


def why_not_extended(application: Application) -> str:
    """Why the term that runs cannot be made longer; empty when it can, as far as the rules allow."""
    term = running_term(application)
    if term is None:
        return _("Er loopt nu geen termijn om te beslissen.")
    extensions = application.later_decisions.filter(kind=ExtensionKind.EXTENSION)
    if extensions.filter(about_settlement=term.is_settlement).exists():
        return _("De termijn is al een keer verlengd. Dat kan één keer.")
    if term.due_legal and today() > term.due_legal:
        return _("De termijn is al voorbij. U kunt nog wel laten weten wanneer het besluit komt.")
    if term.is_own and not application.scheme_version.extension_weeks:
        return _("Deze regeling kent geen verlenging. U kunt wel laten weten dat het besluit later komt.")
    return ""


def _check_extension(application: Application, term: Term, weeks: int | None) -> None:
    if refusal := why_not_extended(application):
        raise WorkflowError(refusal)
    if weeks is None:
        raise WorkflowError(_("Vul het aantal weken in."))
    most = application.scheme_version.extension_weeks
    if term.is_own and not 0 < weeks <= most:
        raise WorkflowError(_("De regeling staat hooguit %(most)d weken verlenging toe.") % {"most": most})
    if not term.is_own and not dates.REASONABLE_WEEKS < weeks <= MOST_WEEKS_IN_ALL:
        raise WorkflowError(
            _("Kies in totaal meer dan %(least)d en hooguit %(most)d weken.")
            % {"least": dates.REASONABLE_WEEKS, "most": MOST_WEEKS_IN_ALL}
        )


def _expected(term: Term, expected_on: date | None) -> date:
    if expected_on is None or expected_on <= today():
        raise WorkflowError(_("Vul een dag na vandaag in waarop het besluit komt."))
    if term.due_legal and expected_on <= term.due_legal:
        raise WorkflowError(_("Deze dag ligt binnen de termijn: dan is geen bericht nodig."))
    return expected_on
