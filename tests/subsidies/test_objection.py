"""An objection: in time or not, by when to decide, and by whom."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies.enums import EntryKind, MessageKind, ObjectionOutcome, Outcome, Status
from subsidies.models import Application, Entry, Objection, Payment
from subsidies.policies import may_handle_objection
from subsidies.workflow import messages, objection
from subsidies.workflow.decide import DecisionTerms
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
)
from tests.subsidies.objecting import receive, refused, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    return ManagerFactory()


@pytest.mark.parametrize(
    ("days", "posted", "late"),
    [(0, None, False), (1, None, True), (7, 0, False), (8, 0, True), (3, 1, True)],
)
def test_post_may_arrive_a_week_later_when_it_was_posted_in_time(days, posted, late):
    decision = refused(notified_on=today() - timedelta(days=60))
    last_day = objection.last_day_to_object(decision)

    made = receive(
        decision,
        received_on=last_day + timedelta(days=days),
        posted_on=None if posted is None else last_day + timedelta(days=posted),
    )

    assert made.is_late is late


def test_the_decision_is_due_six_weeks_after_the_term_to_object():
    decision = refused()

    made = receive(decision)

    assert made.due_legal == awb.objection_decision_due(decision.objection_due).due_legal


def test_with_a_committee_told_in_time_it_is_twelve(manager):
    decision = refused()

    made = objection.take_up(receive(decision), handler=manager, committee=True, by=manager, version=None)

    assert made.due_legal == awb.objection_decision_due(decision.objection_due, committee=True).due_legal
    letter = OutboxMessage.objects.get(recipient_email=decision.application.email)
    assert "twaalf weken" in letter.text
    assert manager.name in letter.text


def test_with_a_committee_told_too_late_it_stays_six(manager):
    decision = refused(notified_on=today() - timedelta(days=100))
    made = receive(decision, received_on=decision.notified_on + timedelta(days=10))

    made = objection.take_up(made, handler=manager, committee=True, by=manager, version=None)

    last_day = objection.last_day_to_object(decision)
    assert made.due_legal == awb.objection_decision_due(last_day).due_legal


def test_waiting_for_a_repair_stops_the_term(manager):
    decision = refused(notified_on=today() - timedelta(days=50))
    made = receive(decision, received_on=today() - timedelta(days=20))
    before = made.due_legal

    made = objection.ask_repair(
        made, text="Schrijf waarom.", due_on=today() + timedelta(days=14), by=manager, version=None
    )
    waiting = made.due_legal
    made = objection.repaired(made, received_on=today() + timedelta(days=7), by=manager, version=None)

    assert waiting >= before + timedelta(days=14)
    assert before < made.due_legal < waiting


def test_extending_adds_six_weeks_once(manager):
    made = receive(refused())
    before = made.due_legal

    made = objection.extend(made, reason="Wij wachten op het advies.", by=manager, version=None)

    assert before + timedelta(weeks=6) <= made.due_legal <= before + timedelta(weeks=6, days=5)
    with pytest.raises(WorkflowError, match="al een keer verdaagd"):
        objection.extend(made, reason="Nog eens.", by=manager, version=None)


def test_who_decided_or_prepared_never_handles_the_objection(manager):
    preparer = CoordinatorFactory()
    decision = refused(prepared_by=preparer)
    made = receive(decision)

    assert not may_handle_objection(decision.decided_by, made)
    assert not may_handle_objection(preparer, made)
    assert not may_handle_objection(FinanceFactory(), made)
    for person in (decision.decided_by, preparer):
        with pytest.raises(WorkflowError, match="10:3"):
            objection.take_up(made, handler=manager, committee=False, by=person, version=None)
        with pytest.raises(WorkflowError, match="10:3"):
            objection.take_up(made, handler=person, committee=False, by=manager, version=None)
        with pytest.raises(WorkflowError, match="10:3"):
            settle(made, by=person)


def test_an_unfounded_objection_leaves_the_decision_and_says_where_to_appeal(manager):
    made = receive(refused())

    answer = settle(made, by=manager)

    made.refresh_from_db()
    assert (made.status, made.decision) == ("decided", answer)
    assert Application.objects.get(pk=answer.application_id).status == Status.REFUSED
    assert "beroep gaan bij de rechtbank" in answer.letter_text


def test_a_founded_objection_grants_the_money_after_all(manager):
    decision = refused()
    CeilingFactory(scheme=decision.application.scheme)
    terms = DecisionTerms(
        Outcome.GRANT, "", amount=Decimal(750), execute_until=today() + timedelta(days=90), no_interest=True
    )

    answer = settle(receive(decision), ObjectionOutcome.FOUNDED, terms=terms, by=manager)

    case = Application.objects.get(pk=decision.application_id)
    assert (case.status, case.granted_amount) == (Status.GRANTED, Decimal(750))
    assert Entry.objects.get(application=case).kind == EntryKind.GRANTED
    assert Payment.objects.get(decision=answer).amount == Decimal(750)
    assert "In de plaats van het eerdere besluit" in answer.letter_text


def test_a_partly_granted_amount_goes_up_by_the_difference(manager):
    case = ApplicationFactory(granted=True, granted_amount=Decimal(400))
    ceiling = CeilingFactory(scheme=case.scheme, amount=1000)
    ceiling.entries.create(kind=EntryKind.GRANTED, amount=Decimal(400), application=case, booked_on=today())
    decision = DecisionFactory(application=case, outcome=Outcome.GRANT_PARTLY, amount=Decimal(400))
    terms = DecisionTerms(Outcome.GRANT, "", amount=Decimal(750), execute_until=today(), no_interest=True)

    settle(receive(decision), ObjectionOutcome.FOUNDED, terms=terms, by=manager)

    ceiling.refresh_from_db()
    assert ceiling.available == Decimal(250)


def test_nobody_is_worse_off_after_an_objection(manager):
    case = ApplicationFactory(granted=True)
    decision = DecisionFactory(application=case, outcome=Outcome.GRANT)
    terms = DecisionTerms(Outcome.GRANT_PARTLY, "", amount=Decimal(400), execute_until=today())

    with pytest.raises(WorkflowError, match="niemand slechter af"):
        settle(receive(decision), ObjectionOutcome.FOUNDED, terms=terms, by=manager)


def test_an_application_that_was_put_aside_is_handled_after_all(manager):
    case = ApplicationFactory(not_processed=True)
    decision = DecisionFactory(application=case, outcome=Outcome.NOT_PROCESSED, amount=None)

    settle(receive(decision), ObjectionOutcome.FOUNDED, by=manager)

    assert Application.objects.get(pk=case.pk).status == Status.IN_REVIEW


def test_a_late_objection_is_inadmissible_unless_it_is_excused(manager):
    decision = refused(notified_on=today() - timedelta(days=60))
    made = receive(decision)

    with pytest.raises(WorkflowError, match="te laat"):
        settle(made, by=manager)
    made = objection.excuse(made, reason="U lag in het ziekenhuis.", by=manager, version=None)
    settle(made, by=manager)

    assert Objection.objects.get().outcome == ObjectionOutcome.UNFOUNDED


def test_before_the_time_to_repair_is_over_it_is_not_inadmissible(manager):
    made = objection.ask_repair(
        receive(refused()), text="Schrijf waarom.", due_on=today() + timedelta(days=14), by=manager, version=None
    )

    with pytest.raises(WorkflowError, match="6:6"):
        settle(made, ObjectionOutcome.INADMISSIBLE, by=manager)


def test_somebody_is_heard_unless_there_is_a_reason_not_to(manager):
    made = receive(refused())

    with pytest.raises(WorkflowError, match="hoorzitting"):
        settle(made, by=manager, without_hearing="")
    made = objection.plan_hearing(
        made, on=today() + timedelta(days=14), place="Weteringsingel 1, 10.00 uur", by=manager, version=None
    )

    letter = OutboxMessage.objects.get(recipient_email=made.against.application.email)
    assert "Weteringsingel 1" in letter.text
    with pytest.raises(WorkflowError, match="hoorzitting"):
        settle(made, by=manager, without_hearing="")


def test_the_mandate_counts_for_an_objection_too():
    made = receive(refused())

    with pytest.raises(WorkflowError, match="mandaat"):
        settle(made, by=ManagerFactory())


def test_a_second_objection_waits_for_the_first():
    decision = refused()
    receive(decision)

    with pytest.raises(WorkflowError, match="al bezwaar"):
        receive(decision)


def test_without_a_decision_there_is_nothing_to_object_to():
    case = ApplicationFactory(in_review=True)

    with pytest.raises(WorkflowError, match="nog geen besluit"):
        objection.receive_message(case, CaseMessageFactory(application=case))


def test_an_objection_from_the_page_of_the_case_comes_in_with_a_receipt():
    decision = refused()
    case = decision.application

    messages.receive_message(case, kind=MessageKind.OBJECTION, text="Ik ben het niet eens.", by=case.applicant)

    assert Objection.objects.get().against == decision
    assert OutboxMessage.objects.filter(recipient_email=case.email).exists()


def test_what_was_missing_from_an_objection_comes_in_as_an_addition(manager):
    made = receive(refused())
    objection.ask_repair(made, text="Waarom?", due_on=today() + timedelta(days=14), by=manager, version=None)
    case = Application.objects.get(pk=made.against.application_id)

    messages.receive_message(case, kind=MessageKind.ADDITION, text="Omdat.", by=case.applicant)

    made.refresh_from_db()
    assert (made.status, made.repair.repaired_on) == ("received", today())


def test_a_second_request_to_repair_keeps_the_days_of_the_first(manager):
    start = today()
    decision = refused(notified_on=start - timedelta(days=50))
    made = receive(decision, received_on=start - timedelta(days=20))
    before = made.due_legal

    objection.ask_repair(made, text="Waarom?", due_on=start + timedelta(days=14), by=manager, version=None)
    with time_machine.travel(start + timedelta(days=11), tick=False):
        objection.repaired(made, received_on=today(), by=manager, version=None)
        objection.ask_repair(made, text="Namens wie?", due_on=today() + timedelta(days=14), by=manager, version=None)
    with time_machine.travel(start + timedelta(days=18), tick=False):
        objection.repaired(made, received_on=today(), by=manager, version=None)

    made.refresh_from_db()
    assert [each.repaired_on for each in made.repair_requests.all()] == [start + timedelta(days=n) for n in (11, 18)]
    # Ten days, up to the day before it came, and six.
    assert made.due_legal >= before + timedelta(days=16)


def test_only_who_can_open_the_file_hears_of_an_objection_and_a_colleague_of_elsewhere_when_it_is_theirs(manager):
    decision, elsewhere = refused(), CoordinatorFactory()
    MandateFactory(role="coordinator")

    made = receive(decision)
    first = set(OutboxMessage.objects.filter(subject__startswith="Nieuw bezwaar").values_list("recipient_email"))
    objection.take_up(made, handler=elsewhere, committee=False, by=manager, version=None)

    given = OutboxMessage.objects.get(subject__startswith="U behandelt een bezwaar")
    assert first == {(manager.email,)}
    assert given.recipient_email == elsewhere.email
    assert manager.name in given.text
