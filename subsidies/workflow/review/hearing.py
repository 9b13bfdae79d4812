"""The applicant's view before a decision that needs it (zienswijze, Awb articles 4:7, 4:8 and 4:12)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import AWARDED, Outcome, Status
from subsidies.letters import review as letters
from subsidies.models import Application, CaseMessage, Ground, Hearing
from subsidies.workflow import grounds as catalogue
from subsidies.workflow import proviso
from subsidies.workflow.case import lock, lock_for_review, save, tell_applicant, tell_reviewers

# What can be put to the applicant, by where the case stands.
CAN_INTEND = {
    Status.IN_REVIEW: (Outcome.REFUSE, Outcome.GRANT_PARTLY),
    Status.GRANTED: (Outcome.SETTLE_LOWER, Outcome.CHANGE, Outcome.REVOKE),
    Status.SETTLED: (Outcome.CHANGE, Outcome.REVOKE),
}


@transaction.atomic
def ask_hearing(
    application: Application,
    *,
    intended: str,
    due_on: date,
    outcome: Outcome,
    grounds: Sequence[int] = (),
    amount: Decimal | None = None,
    by: User,
    version: int | None = None,
) -> Hearing:
    """Tell the applicant what the municipality intends, why and on which grounds, and ask for a view.

    The clock goes on. Only this decision on these grounds, or a lighter one, can be taken after it. `amount` is what
    the applicant keeps.

    Raises:
        WorkflowError: nothing is said about the intention, it is no decision that can follow now, or the last day is
            no working day or too soon.
    """
    application = lock_for_review(application, by, version)
    if not intended.strip():
        raise WorkflowError(_("Schrijf wat de gemeente van plan is, en waarom."))
    if why_free := dates.why_no_working_day(due_on):
        raise WorkflowError(_("Kies een werkdag: dit is %(why)s.") % {"why": why_free})
    if due_on <= today():
        raise WorkflowError(_("Kies een dag na vandaag: de aanvrager heeft tijd nodig."))
    found = _named(application, outcome, grounds, amount)
    if application.status in AWARDED:
        # Before lower settlement or withdrawal the grant itself stands as it is (Awb article 4:12(2)).
        application.version += 1
    else:
        application.move_to(Status.HEARING)
    application.owner = application.owner or by
    hearing = Hearing.objects.create(
        application=application,
        intended=intended,
        outcome=outcome,
        amount=amount,
        asked_on=today(),
        due_on=due_on,
        asked_by=by,
    )
    hearing.grounds.set(found)
    save(application)

    trail.record(
        "subsidies.hearing_asked",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=str(Outcome(outcome).label),
        new={"due_on": due_on},
    )
    tell_applicant(application, letters.hearing_asked(application, hearing), "hearing_asked")
    return hearing


def _named(application: Application, outcome: Outcome, keys: Sequence[int], amount: Decimal | None) -> list[Ground]:
    """The grounds of the intended decision: those that can carry it now."""
    if outcome not in CAN_INTEND.get(Status(application.status), ()):
        raise WorkflowError(_("Dit voornemen past niet bij waar de aanvraag nu staat. Kies een ander besluit."))
    found = [ground for ground in catalogue.offered(application, outcome, today()) if ground.pk in keys]
    without = outcome in (Outcome.CHANGE, Outcome.REVOKE) and proviso.open_proviso(application) is not None
    if len(found) != len(set(keys)) or not (found or without):
        raise WorkflowError(_("Kies de gronden waarop u dit besluit wilt laten rusten."))
    if outcome == Outcome.SETTLE_LOWER and amount is None:
        raise WorkflowError(_("Vul in op welk bedrag u wilt vaststellen."))
    return found


@transaction.atomic
def receive_view(hearing: Hearing, message: CaseMessage) -> Application:
    """The applicant reacted; the case goes on with it. A view that comes late still comes in the file."""
    application = lock(hearing.application)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if hearing.view_id is None:
        hearing.view = message
        hearing.ended_on = hearing.ended_on or message.received_on
        hearing.save(update_fields=["view", "ended_on"])
        _go_on(application)
    return application


@transaction.atomic
def end_hearing(application: Application, *, text: str, by: User, version: int | None = None) -> Application:
    """The reviewer closes the hearing: the view was given in conversation, or the applicant does not want to react.

    Raises:
        WorkflowError: it is not said how the applicant reacted.
    """
    application = lock_for_review(application, by, version)
    hearing = _open_hearing(application)
    if not text.strip():
        raise WorkflowError(_("Schrijf wat de aanvrager zei, of dat de aanvrager niet wil reageren."))
    hearing.ended_on = today()
    hearing.save(update_fields=["ended_on"])
    _go_on(application, by=by, text=text)
    return application


@transaction.atomic
def lapse_hearing(hearing: Hearing, day: date) -> bool:
    """The last day passed without a view; true when this call ended it. Safe to run twice."""
    application = lock(hearing.application)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if hearing.ended_on or hearing.last_day >= day:
        return False
    hearing.ended_on = hearing.last_day
    hearing.save(update_fields=["ended_on"])
    _go_on(application, text=_("Er kwam geen reactie vóór of op de laatste dag."))
    tell_reviewers(application, letters.hearing_lapsed(application, hearing), f"hearing_lapsed_{hearing.pk}")
    return True


def _open_hearing(application: Application) -> Hearing:
    hearing = application.hearings.filter(ended_on__isnull=True).last()
    if hearing is None:
        raise WorkflowError(_("Er is geen zienswijze gevraagd."))
    return hearing


def _go_on(application: Application, *, by: User | None = None, text: str = "") -> None:
    if application.status == Status.HEARING:
        application.move_to(Status.IN_REVIEW)
        save(application)
    trail.record("subsidies.hearing_ended", subject=application, by=by, visibility=Visibility.RESIDENT, text=text)
