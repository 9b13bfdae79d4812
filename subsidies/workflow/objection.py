"""Objections (Awb chapters 6 and 7): received, repaired, heard, by someone who had no part in the decision."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.terms.changes import Postponement, Suspension
from shared.terms.clock import Deadline
from subsidies import budget, models
from subsidies.enums import Channel, ObjectionStatus, ObjectorRole, Outcome
from subsidies.letters import objection as letters
from subsidies.models import Application, CaseMessage, Decision, Objection
from subsidies.policies import may_handle_objection, may_review, open_to_objection
from subsidies.workflow import case, no_decision
from subsidies.workflow.objector import APPLICANT, Objector, put_on, recipient

# Until ten days before it the objector may send documents; a week before it the file can be read (Awb article 7:4).
BEFORE_A_HEARING = timedelta(days=10)
# What was said, and not written.
SPOKEN = (Channel.PHONE, Channel.DESK, Channel.HEARING)


@transaction.atomic
def receive_message(
    application: Application, message: CaseMessage, by: User | None = None, objector: Objector = APPLICANT
) -> Objection | None:
    """An objection from the applicant's page or from paper: against the newest decision that can be objected to.

    Against a decision that does not come in time there is no objection; then the message takes the way to the court.

    Raises:
        WorkflowError: nothing has to be decided yet, or an objection against that decision is open.
    """
    by_other = objector.role == ObjectorRole.OTHER
    decision = open_to_objection(application, message.received_on, by_other=by_other)
    if decision is None and by_other:
        # Only who applied waits for the decision, and can say that it is late.
        raise WorkflowError(_("Er is nog geen besluit. Bezwaar maken kan pas daarna. Wel kunt u een vraag stellen."))
    if decision is None:
        no_decision.receive(application, message, by)
        return None
    return receive(decision, message, by=by, objector=objector)


@transaction.atomic
def receive(
    decision: Decision, message: CaseMessage, *, by: User | None = None, objector: Objector = APPLICANT
) -> Objection:
    """Write the objection down, with who made it and whether it came in time, and tell who may handle it."""
    application = decision.application
    if decision.outcome == Outcome.OBJECTION:
        raise WorkflowError(
            _("Dit is een beslissing op bezwaar. Bent u het er niet mee eens? Dan kunt u naar de rechter.")
        )
    if decision.objections.open().from_others(objector.role == ObjectorRole.OTHER).exists():
        raise WorkflowError(_("U heeft al bezwaar gemaakt tegen dit besluit. Wij behandelen dat bezwaar nog."))
    objection = Objection(
        against=decision, message=message, received_on=message.received_on, is_late=is_late(decision, message)
    )
    put_on(objection, objector)
    _count(objection)
    objection.save()
    trail.record(
        "subsidies.objection_received",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=_("te laat ontvangen") if objection.is_late else "",
    )
    # Only who can open the file; a colleague of elsewhere hears of it when it is given to them.
    told = [user for user in handlers(objection) if may_review(user, application)]
    case.tell_staff(application, told, letters.received(objection), f"objection.{message.pk}")
    return objection


@transaction.atomic
def take_up(objection: Objection, *, handler: User, committee: bool, by: User, version: int | None) -> Objection:
    """Give it a handler, who hears of it; tell the objector who that is, by when we decide, and of a committee."""
    objection = lock(objection, by, version)
    if not may_handle_objection(handler, objection):
        raise WorkflowError(
            _("Wie het besluit nam of voorbereidde, mag het bezwaar niet behandelen (Awb 10:3). Kies iemand anders.")
        )
    objection.handler, objection.committee = handler, committee
    if committee and objection.committee_told_on is None:
        objection.committee_told_on = today()
    taken_up = saved(objection, "subsidies.objection_taken_up", by, letters.taken_up, text=handler.name)
    if handler.pk != by.pk:
        case.tell_staff(taken_up.against.application, [handler], letters.given(taken_up, by), "objection_given")
    return taken_up


@transaction.atomic
def excuse(objection: Objection, *, reason: str, by: User, version: int | None) -> Objection:
    """Admit an objection that came late for a good reason (Awb article 6:11)."""
    objection = lock(objection, by, version)
    if not objection.is_late:
        raise WorkflowError(_("Dit bezwaar kwam op tijd."))
    objection.excused_because = reason
    return saved(objection, "subsidies.objection_excused", by, text=reason, staff_only=True)


@transaction.atomic
def ask_repair(objection: Objection, *, text: str, due_on: date, by: User, version: int | None) -> Objection:
    """Ask for what is missing, such as the reasons; the term stands still until it is there (Awb 6:6 and 7:10(2))."""
    objection = lock(objection, by, version)
    if due_on <= today():
        raise WorkflowError(_("Kies een dag in de toekomst om het bezwaar aan te vullen."))
    _no_proposal(objection)
    objection.move_to(ObjectionStatus.REPAIR)
    objection.repair_requests.create(asked_on=today(), due_on=due_on)
    return saved(
        objection,
        "subsidies.objection_repair_asked",
        by,
        letters.repair_asked,
        text=text,
        # What somebody else has to send is not for the applicant.
        staff_only=objection.by_other,
    )


@transaction.atomic
def repaired(objection: Objection, *, received_on: date, by: User | None, version: int | None) -> Objection:
    """What was missing came in."""
    objection = lock(objection, by, version)
    _no_proposal(objection)
    objection.move_to(ObjectionStatus.RECEIVED)
    objection.repair_requests.filter(repaired_on=None).update(repaired_on=received_on)
    return saved(objection, "subsidies.objection_repaired", by)


@transaction.atomic
def extend(objection: Objection, *, reason: str, by: User, version: int | None) -> Objection:
    """Six weeks more, once, told in time (Awb article 7:10(3))."""
    objection = lock(objection, by, version)
    if objection.extended_on is not None:
        raise WorkflowError(_("De beslissing is al een keer verdaagd. Nog een keer kan niet."))
    if objection.due_legal and objection.due_legal < today():
        raise WorkflowError(_("De termijn is al voorbij. Verdagen kan dan niet meer."))
    objection.extended_on = today()
    return saved(objection, "subsidies.objection_extended", by, letters.extended, text=reason)


@transaction.atomic
def plan_hearing(objection: Objection, *, on: date, place: str, by: User, version: int | None) -> Objection:
    """Invite the objector to be heard (Awb article 7:2), with the right to read the file before (7:4).

    When somebody else objects, the applicant is invited too. A hearing that was held keeps its own record (7:7).
    """
    objection = lock(objection, by, version)
    if on < today() + BEFORE_A_HEARING:
        raise WorkflowError(
            _("Kies een dag over tien dagen of later: tot dan mag de indiener stukken sturen (Awb 7:4, eerste lid).")
        )
    _no_proposal(objection)
    _keep_hearing(objection)
    if objection.status != ObjectionStatus.HEARING:
        objection.move_to(ObjectionStatus.HEARING)
    objection.hearing_on = on
    objection.applicant_invited_on = today() if objection.by_other else None
    with translation.override("nl"):
        when = f"{format_date(on, 'l j F Y')}, {place}"
    planned = saved(objection, "subsidies.objection_hearing_planned", by, letters.hearing_planned, text=when)
    if planned.by_other:
        application = planned.against.application
        name = f"objection_hearing_applicant.{planned.pk}.{planned.version}"
        case.tell_applicant(application, letters.applicant_invited(planned, deadline(planned), when), name)
    return planned


def _keep_hearing(objection: Objection) -> None:
    """Put the hearing that was aside with its record, before there is another one."""
    if objection.hearing_record and objection.hearing_on:
        objection.past_hearings.create(held_on=objection.hearing_on, record=objection.hearing_record)
        objection.hearing_record = ""
    elif objection.hearing_on and objection.hearing_on <= today():
        raise WorkflowError(
            _("Maak eerst een verslag van de vorige hoorzitting (Awb 7:7). Kwam er niemand? Schrijf dat dan.")
        )


@transaction.atomic
def withdraw(objection: Objection, message: CaseMessage, by: User | None = None) -> Objection:
    """The objector takes it back: in writing, or in words while being heard (Awb article 6:21).

    Whoever writes it down has no say in it, so that may also be who took the decision.
    """
    objection = lock(objection, None, None)
    if message.channel in SPOKEN and (why := why_not_at_hearing(objection, message.received_on)):
        raise WorkflowError(why)
    objection.move_to(ObjectionStatus.WITHDRAWN)
    objection.withdrawal, objection.withdrawn_on = message, message.received_on
    # A decision that waited for a second pair of eyes is not taken any more, nor is the money kept for it.
    if objection.proposals.filter(closed_at=None).update(closed_at=timezone.now()):
        budget.release(objection.against.application, by=by, on=today())
    return saved(objection, "subsidies.objection_withdrawn", by, letters.withdrawn)


@transaction.atomic
def receive_withdrawal(
    application: Application, message: CaseMessage, by: User | None = None, *, by_other: bool = False
) -> Objection:
    """A withdrawal from the applicant's page, on paper, or at the hearing; nobody takes back that of the other side.

    Raises:
        WorkflowError: no objection of this side is open.
    """
    found = open_objection(application, by_other=by_other)
    if found is None:
        raise WorkflowError(_("Er is geen bezwaar dat nog loopt. U hoeft niets in te trekken."))
    return withdraw(found, message, by)


def why_not_at_hearing(objection: Objection, on: date) -> str:
    """Why nothing can have been said at a hearing on this day; empty when there was one."""
    if objection.hearing_on != on and not objection.past_hearings.filter(held_on=on).exists():
        return _(
            "Op die dag was er geen hoorzitting. Buiten een hoorzitting intrekken kan alleen schriftelijk (Awb 6:21)."
        )
    return ""


def open_objection(application: Application, *, by_other: bool | None = None) -> Objection | None:
    """The objection that waits for a decision, of either side unless `by_other` says which."""
    waiting = Objection.objects.open().filter(against__application=application)
    if by_other is not None:
        waiting = waiting.from_others(by_other)
    found: Objection | None = waiting.select_related("against__application", "handler").order_by("pk").first()
    return found


def handlers(objection: Objection) -> list[User]:
    """Who may handle it: everyone who reviews, but for who decided or prepared."""
    return [user for user in _colleagues() if may_handle_objection(user, objection)]


def waiting_for_repair(application: Application) -> Objection | None:
    """The objection of the applicant from which something is still missing."""
    own = Objection.objects.from_others(False)
    waiting = own.filter(against__application=application, status=ObjectionStatus.REPAIR)
    found: Objection | None = waiting.order_by("pk").first()
    return found


def is_late(decision: Decision, message: CaseMessage) -> bool:
    """Whether it came after the term; a letter posted in time may arrive a week later (Awb article 6:9)."""
    last_day = last_day_to_object(decision)
    if message.posted_on is not None and message.posted_on <= last_day:
        return message.received_on > awb.objection_by_post_due(last_day)
    return message.received_on > last_day


def last_day_to_object(decision: Decision) -> date:
    """The last day, later when the portal was out of order on it."""
    calendar, outages = legal_days.calendar(), legal_days.outages()
    # While the letter waits, the term did not begin.
    sent_on = max(decision.notified_on, today()) if decision.letter_waits else decision.notified_on
    return awb.objection_due(sent_on, outages=outages, calendar=calendar).due_legal


def count_again(decision: Decision) -> None:
    """The decision was made known later than thought: what came in time is not late, and our own term moves too."""
    for found in Objection.objects.locked().open().filter(against=decision).select_related("against", "message"):
        found.is_late = found.is_late and is_late(decision, found.message)
        _count(found)
        found.save()


def deadline(objection: Objection) -> Deadline:
    """Until when to decide, counted from the day after the term to object (Awb article 7:10).

    Twelve weeks when an advisory committee is at work and the objector was told so within the first six.
    """
    started_on = max(last_day_to_object(objection.against), objection.received_on if objection.is_late else date.min)
    calendar = legal_days.calendar()
    short = awb.objection_decision_due(started_on, calendar=calendar).due_legal
    told_on = objection.committee_told_on
    return awb.objection_decision_due(
        started_on,
        committee=objection.committee and told_on is not None and told_on <= short,
        suspensions=_suspensions(objection),
        extensions=[awb.objection_extension(objection.extended_on)] if objection.extended_on else [],
        postponements=[Postponement(each.told_on, each.until) for each in _postponements(objection)],
        calendar=calendar,
    )


def _suspensions(objection: Objection) -> list[Suspension | None]:
    """Each wait for what was missing; a later request does not undo the days of an earlier one."""
    return [
        Suspension.for_completion(
            invited_on=asked.asked_on,
            due_on=asked.due_on,
            completed_on=asked.repaired_on,
            why=_("wachten op herstel van het bezwaar"),
        )
        for asked in (objection.repair_requests.all() if objection.pk else ())
    ]


def _postponements(objection: Objection) -> list[models.Postponement]:
    return list(objection.postponements.all()) if objection.pk else []


def _count(objection: Objection) -> None:
    found = deadline(objection)
    objection.due_legal, objection.due_safe = found.due_legal, found.due_safe


def lock(objection: Objection, by: User | None, version: int | None) -> Objection:
    """Lock the case and give the newest state; refuses who had a part in the decision.

    `version` is that of the application: whoever saw its file saw the objection too.
    """
    application = case.lock(objection.against.application, version)
    locked: Objection = Objection.objects.locked().select_related("against").get(pk=objection.pk)
    locked.against.application = application
    if by is not None and not may_handle_objection(by, locked):
        raise WorkflowError(
            _("U nam het besluit of bereidde het voor. Iemand anders behandelt het bezwaar (Awb 10:3, derde lid).")
        )
    return locked


def saved(
    objection: Objection,
    action: str,
    by: User | None,
    letter: letters.Writes | None = None,
    *,
    text: str = "",
    staff_only: bool = False,
) -> Objection:
    """Count the dates again, save, write it down, and tell the objector; for the end of each step."""
    _count(objection)
    objection.version += 1
    objection.save()
    application = objection.against.application
    application.version += 1
    application.save()
    visibility = Visibility.STAFF if staff_only else Visibility.RESIDENT
    trail.record(action, subject=application, by=by, visibility=visibility, text=text)
    if letter:
        name = f"{action.partition('.')[2]}.{objection.pk}.{objection.version}"
        with translation.override("nl"):
            explained = deadline(objection)
        case.tell_applicant(application, letter(objection, explained, text), name, to=recipient(objection))
    return objection


def _no_proposal(objection: Objection) -> None:
    if objection.status == ObjectionStatus.PROPOSED:
        raise WorkflowError(_("Er ligt een voorstel voor de beslissing. Geef dat eerst terug."))


def _colleagues() -> list[User]:
    everyone = [*User.objects.active_in_role(Role.FUNCTIONAL_MANAGER), *User.objects.active_in_role(Role.COORDINATOR)]
    return list(dict.fromkeys(everyone))


def note_decided(objection: Objection, decision: Decision) -> None:
    """The decision on the objection has been taken."""
    objection.move_to(ObjectionStatus.DECIDED)
    objection.decision = decision
    objection.save()
