"""Complaints about how we dealt with somebody (Awb chapter 9): received, handled by who was not involved, answered.

An answer that comes still later, by consent, is in `complaint_later`.
"""

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
    note(found, "subsidies.complaint_received", by)
    case.tell_applicant(application, letters.received(found), f"complaint.{found.pk}")
    for user in _managers():
        case.tell_once(application, user, letters.new(found), f"complaint_new.{found.pk}")
    return found


@transaction.atomic
def take_up(
    complaint: Complaint, *, handler: User, adviser: str = "", by: User, version: int | None = None
) -> Complaint:
    """Say who handles it, and which person or committee advises (Awb article 9:14); tell the complainant.

    With advice the term is ten weeks instead of six (9:11(1)), if we say so before the six are over.

    Raises:
        WorkflowError: this person was involved (Awb article 9:7), or may not choose; or it is too late for advice.
    """
    found = _lock(complaint, version)
    if not may_handle_complaint(by, found):
        raise WorkflowError(_("U was bij deze zaak betrokken. Iemand anders behandelt de klacht (Awb 9:7)."))
    if not may_handle_complaint(handler, found):
        raise WorkflowError(_("Kies iemand die niet bij deze zaak betrokken was (Awb 9:7)."))
    if bool(adviser.strip()) != bool(found.adviser) and (why := why_no_adviser(found)):
        raise WorkflowError(why)
    found.handler, found.adviser = handler, adviser.strip()
    found.due_on = dates.complaint_deadline(found).due_safe
    found.save(update_fields=["handler", "adviser", "due_on"])
    note(found, "subsidies.complaint_taken_up", by, text=handler.name)
    tell(found, letters.taken_up(found), f"complaint_taken_up.{found.pk}")
    if handler != by:
        case.tell_once(found.application, handler, letters.given(found, by), f"complaint_given.{found.pk}")
    return found


def why_no_adviser(complaint: Complaint) -> str:
    """Why nobody can start or stop advising now; empty when it can still be told in time."""
    if complaint.advised_on:
        return _("Het advies is er al.")
    if complaint.extended_on or today() > complaint.due_on:
        return _("Dit kan alleen binnen de eerste termijn en vóór het verdagen: de indiener moet het op tijd weten.")
    return ""


@transaction.atomic
def take_in_advice(
    complaint: Complaint,
    *,
    advised: ComplaintOutcome,
    advice: str,
    on: date,
    by: User,
    version: int | None = None,
) -> Complaint:
    """Keep the findings and the advice, and when they came (Awb article 9:15(4)).

    Raises:
        WorkflowError: nobody was asked to advise, the day is not possible, or there are no words.
    """
    found = lock_for(complaint, by, version)
    if not found.adviser:
        raise WorkflowError(_("Er is geen klachtadviseur. Schrijf eerst bij het toewijzen wie advies geeft."))
    if not found.received_on <= on <= today():
        raise WorkflowError(_("De dag van het advies ligt tussen de ontvangst van de klacht en vandaag."))
    if not advice.strip():
        raise WorkflowError(_("Neem het advies over: het gaat mee met het antwoord (Awb 9:16)."))
    found.advised, found.advice, found.advised_on = advised, advice.strip(), on
    found.save(update_fields=["advised", "advice", "advised_on"])
    note(found, "subsidies.complaint_advised", by, text=str(ComplaintOutcome(advised).label), staff_only=True)
    return found


@transaction.atomic
def extend(complaint: Complaint, *, reason: str, by: User, version: int | None = None) -> Complaint:
    """Four weeks more, once, told in writing before the term ends (Awb article 9:11(2)).

    Raises:
        WorkflowError: it is too late, it was done before, or this person does not handle it.
    """
    found = lock_for(complaint, by, version)
    if why := why_not_extended(found):
        raise WorkflowError(why)
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom het antwoord later komt."))
    found.extended_on = today()
    found.due_on = dates.complaint_deadline(found).due_safe
    found.save(update_fields=["extended_on", "due_on"])
    note(found, "subsidies.complaint_extended", by, text=reason)
    tell(found, letters.extended(found, reason), f"complaint_extended.{found.pk}")
    return found


def why_not_extended(complaint: Complaint) -> str:
    """Why the answer cannot be put off now; empty when it can."""
    if complaint.extended_on:
        return _("Het antwoord is al een keer verdaagd. Later kan alleen nog met instemming.")
    if today() > complaint.due_on:
        return _("Verdagen kan alleen vóór het einde van de termijn.")
    return ""


@transaction.atomic
def answer(
    complaint: Complaint,
    *,
    outcome: ComplaintOutcome,
    text: str,
    heard_on: date | None = None,
    not_heard_because: str = "",
    deviates_because: str = "",
    by: User,
    version: int | None = None,
) -> Complaint:
    """End it with what we found and what we do about it, and the way to the ombudsman (Awb article 9:12).

    Whoever is satisfied needs no hearing (9:5), nor does what is not taken up (9:8); the same counts for advice.

    Raises:
        WorkflowError: the complainant was not heard (Awb article 9:10), advice or words lack, or this person does not
            handle it.
    """
    found = lock_for(complaint, by, version)
    if not text.strip():
        raise WorkflowError(_("Schrijf wat u vond en wat u ermee doet. De indiener leest dit."))
    judged = outcome in (ComplaintOutcome.FOUNDED, ComplaintOutcome.PARTLY, ComplaintOutcome.UNFOUNDED)
    if judged and heard_on is None and not not_heard_because.strip():
        raise WorkflowError(_("Spreek de indiener eerst, of schrijf waarom dat niet nodig was (Awb 9:10)."))
    if heard_on and not found.received_on <= heard_on <= today():
        raise WorkflowError(_("Kies een dag tussen de ontvangst van de klacht en vandaag."))
    if judged and found.adviser and found.advised_on is None:
        raise WorkflowError(_("Wacht op het advies van %(adviser)s en leg het vast.") % {"adviser": found.adviser})
    deviates = judged and found.advised_on is not None and outcome != found.advised
    if deviates and not deviates_because.strip():
        raise WorkflowError(_("U besluit anders dan het advies. Schrijf waarom (Awb 9:16)."))
    if outcome == ComplaintOutcome.NOT_TAKEN_UP and today() > awb.COMPLAINT_REFUSED.after(found.received_on):
        raise WorkflowError(_("Niet behandelen moest binnen vier weken worden gemeld (Awb 9:8). Behandel de klacht."))
    # A manager can answer what nobody took up.
    found.handler = found.handler or by
    found.outcome, found.answer, found.ended_on = outcome, text, today()
    found.heard_on, found.not_heard_because = heard_on, not_heard_because
    found.deviates_because = deviates_because.strip() if deviates else ""
    found.save()
    CaseMessage.objects.filter(pk=found.message_id).update(answered_at=timezone.now())
    if not found.application.messages.filter(answered_at=None).exists():
        found.application.unread_since = None
    note(found, "subsidies.complaint_answered", by, text=str(ComplaintOutcome(outcome).label))
    tell(found, letters.answered(found), f"complaint_answered.{found.pk}")
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


def lock_for(complaint: Complaint, by: User, version: int | None) -> Complaint:
    """Lock it, and its case, for who may answer it.

    Raises:
        WorkflowError: it was answered, or this person does not handle it.
    """
    found = _lock(complaint, version)
    if not may_answer_complaint(by, found):
        raise WorkflowError(_("U behandelt deze klacht niet, of u was bij de zaak betrokken (Awb 9:7)."))
    return found


def note(found: Complaint, action: str, by: User | None, *, text: str = "", staff_only: bool = False) -> None:
    """Write the step down; for the end of each."""
    found.application.version += 1
    found.application.save(update_fields=["version", "unread_since"])
    visibility = Visibility.STAFF if staff_only else Visibility.RESIDENT
    trail.record(action, subject=found.application, by=by, visibility=visibility, text=text)


def tell(found: Complaint, letter: Letter, name: str) -> None:
    """Write to who complained."""
    case.tell_applicant(found.application, letter, name)
