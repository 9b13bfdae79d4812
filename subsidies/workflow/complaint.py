"""Complaints about how we dealt with somebody (Awb chapter 9): received, handled by who was not involved, answered."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications.compose import Letter
from shared.terms import awb
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import ComplaintOutcome
from subsidies.letters import complaint as letters
from subsidies.models import Application, CaseMessage, Complaint
from subsidies.policies import may_answer_complaint, may_handle_complaint
from subsidies.workflow import case

# Before the last day to answer there is still time to hear somebody, or to postpone.
AHEAD = timedelta(weeks=2)


@transaction.atomic
def receive(application: Application, message: CaseMessage, by: User | None = None) -> Complaint:
    """Keep it, say by when we answer, and let a manager choose who handles it (Awb articles 9:4 and 9:6)."""
    found = Complaint(application=application, message=message, received_on=message.received_on)
    found.due_on = dates.complaint_deadline(found).due_safe
    found.save()
    _note(found, "subsidies.complaint_received", by)
    case.tell_applicant(application, letters.received(found), f"complaint.{found.pk}")
    for user in _managers():
        case.tell_once(application, user, letters.new(found), f"complaint_new.{found.pk}")
    return found


@transaction.atomic
def take_up(complaint: Complaint, *, handler: User, by: User, version: int | None = None) -> Complaint:
    """Say who handles it, and tell the complainant.

    Raises:
        WorkflowError: this person was involved (Awb article 9:7), or may not choose.
    """
    found = _lock(complaint, version)
    if not may_handle_complaint(by, found):
        raise WorkflowError(_("U was bij deze zaak betrokken. Iemand anders behandelt de klacht (Awb 9:7)."))
    if not may_handle_complaint(handler, found):
        raise WorkflowError(_("Kies iemand die niet bij deze zaak betrokken was (Awb 9:7)."))
    found.handler = handler
    found.save(update_fields=["handler"])
    _note(found, "subsidies.complaint_taken_up", by, text=handler.name)
    _tell(found, letters.taken_up(found), f"complaint_taken_up.{found.pk}")
    if handler != by:
        case.tell_once(found.application, handler, letters.given(found, by), f"complaint_given.{found.pk}")
    return found


@transaction.atomic
def extend(complaint: Complaint, *, reason: str, by: User, version: int | None = None) -> Complaint:
    """Four weeks more, once, told in writing before the term ends (Awb article 9:11(2)).

    Raises:
        WorkflowError: it is too late, it was done before, or this person does not handle it.
    """
    found = _lock_for(complaint, by, version)
    if found.extended_on:
        raise WorkflowError(_("Het antwoord is al een keer verdaagd. Verder uitstel kan niet."))
    if today() > found.due_on:
        raise WorkflowError(_("Verdagen kan alleen vóór het einde van de termijn."))
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom het antwoord later komt."))
    found.extended_on = today()
    found.due_on = dates.complaint_deadline(found).due_safe
    found.save(update_fields=["extended_on", "due_on"])
    _note(found, "subsidies.complaint_extended", by, text=reason)
    _tell(found, letters.extended(found, reason), f"complaint_extended.{found.pk}")
    return found


@transaction.atomic
def answer(
    complaint: Complaint,
    *,
    outcome: ComplaintOutcome,
    text: str,
    heard_on: date | None = None,
    not_heard_because: str = "",
    by: User,
    version: int | None = None,
) -> Complaint:
    """End it with what we found and what we do about it, and the way to the ombudsman (Awb article 9:12).

    Whoever is satisfied needs no hearing (9:5), nor does what is not taken up (9:8).

    Raises:
        WorkflowError: the complainant was not heard (Awb article 9:10), words lack, or this person does not handle it.
    """
    found = _lock_for(complaint, by, version)
    if not text.strip():
        raise WorkflowError(_("Schrijf wat u vond en wat u ermee doet. De indiener leest dit."))
    needs_hearing = outcome in (ComplaintOutcome.FOUNDED, ComplaintOutcome.PARTLY, ComplaintOutcome.UNFOUNDED)
    if needs_hearing and heard_on is None and not not_heard_because.strip():
        raise WorkflowError(_("Spreek de indiener eerst, of schrijf waarom dat niet nodig was (Awb 9:10)."))
    if heard_on and not found.received_on <= heard_on <= today():
        raise WorkflowError(_("Kies een dag tussen de ontvangst van de klacht en vandaag."))
    if outcome == ComplaintOutcome.NOT_TAKEN_UP and today() > awb.COMPLAINT_REFUSED.after(found.received_on):
        raise WorkflowError(_("Niet behandelen moest binnen vier weken worden gemeld (Awb 9:8). Behandel de klacht."))
    found.outcome, found.answer, found.ended_on = outcome, text, today()
    found.heard_on, found.not_heard_because = heard_on, not_heard_because
    found.save()
    CaseMessage.objects.filter(pk=found.message_id).update(answered_at=timezone.now())
    if not found.application.messages.filter(answered_at=None).exists():
        found.application.unread_since = None
    _note(found, "subsidies.complaint_answered", by, text=str(ComplaintOutcome(outcome).label))
    _tell(found, letters.answered(found), f"complaint_answered.{found.pk}")
    return found


@transaction.atomic
def warn(complaint: Complaint, day: date) -> None:
    """Two weeks before we have to answer, and when that day has passed: who handles it and the managers, each once."""
    if day < complaint.due_on - AHEAD:
        return
    stage = "passed" if day > complaint.due_on else "near"
    people = dict.fromkeys([*([complaint.handler] if complaint.handler else []), *_managers()])
    for user in people:
        name = f"complaint_{stage}.{complaint.pk}.{complaint.due_on:%Y%m%d}"
        case.tell_once(complaint.application, user, letters.due(complaint, passed=stage == "passed"), name)


def open_complaint(application: Application) -> Complaint | None:
    """The complaint that waits for an answer."""
    return application.complaints.open().select_related("handler", "message").first()


def handlers(complaint: Complaint) -> list[User]:
    """Who can handle it: who reviews, and was not involved."""
    known = [*User.objects.active_in_role(Role.FUNCTIONAL_MANAGER), *User.objects.active_in_role(Role.COORDINATOR)]
    return [user for user in dict.fromkeys(known) if may_handle_complaint(user, complaint)]


def _managers() -> list[User]:
    return list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))


def _lock(complaint: Complaint, version: int | None) -> Complaint:
    application = case.lock(complaint.application, version)
    found = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if found.outcome:
        raise WorkflowError(_("Deze klacht is al afgehandeld."))
    found.application = application
    return found


def _lock_for(complaint: Complaint, by: User, version: int | None) -> Complaint:
    found = _lock(complaint, version)
    if not may_answer_complaint(by, found):
        raise WorkflowError(_("U behandelt deze klacht niet, of u was bij de zaak betrokken (Awb 9:7)."))
    return found


def _note(found: Complaint, action: str, by: User | None, *, text: str = "") -> None:
    found.application.version += 1
    found.application.save(update_fields=["version", "unread_since"])
    trail.record(action, subject=found.application, by=by, visibility=Visibility.RESIDENT, text=text)


def _tell(found: Complaint, letter: Letter, name: str) -> None:
    case.tell_applicant(found.application, letter, name)
