"""An objection: in time or not, by when to decide, and by whom."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies.enums import EntryKind, MessageKind, ObjectionOutcome, Outcome, Status
from subsidies.models import Application, Decision, DefaultNotice, Entry, Objection, Payment, Recovery
from subsidies.policies import may_handle_objection
from subsidies.workflow import messages, objection, objection_decision
from subsidies.workflow.decide import DecisionTerms
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
)

pytestmark = pytest.mark.django_db


def refused(**changes) -> Decision:
    """A refusal of € 750, made known today unless said."""
    case = ApplicationFactory(refused=True)
    return DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, decided_by=case.owner, **changes)


def receive(decision: Decision, **changes) -> Objection:
    """An objection to this decision."""
    message = CaseMessageFactory(application=decision.application, kind=MessageKind.OBJECTION, **changes)
    return objection.receive(decision, message)


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)


@pytest.fixture
def manager():
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    return ManagerFactory()


def settle(against: Objection, outcome=ObjectionOutcome.UNFOUNDED, **changes) -> Decision:
    values = {
        "motivation": "De regeling geldt voor iedereen.",
        "no_interest": True,
        "without_hearing": "U zag ervan af.",
    }
    return objection_decision.decide(against, outcome=outcome, version=None, **values | changes)


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


def test_an_objection_can_be_withdrawn(manager):
    made = receive(refused())

    objection.withdraw(made, by=manager, version=None)

    assert Objection.objects.get().status == "withdrawn"


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
    assert (made.status, made.repaired_on) == ("received", today())


def test_a_colleague_who_objected_never_handles_it_themselves(manager):
    decision = refused()
    made = receive(decision)
    decision.application.applicant = manager
    decision.application.save()

    assert manager not in objection.handlers(made)
    with pytest.raises(WorkflowError, match="10:3"):
        objection.excuse(made, reason="Ik was ziek.", by=manager, version=None)


def test_who_may_have_an_interest_does_not_decide_on_the_objection(manager):
    decision = refused()
    Application.objects.filter(pk=decision.application_id).update(name=f"Oma {manager.name.split()[-1]}")
    made = Objection.objects.get(pk=receive(decision).pk)

    with pytest.raises(WorkflowError, match="eigen belang"):
        settle(made, by=manager)


def test_an_objection_waits_for_a_proposal_about_the_same_case(manager):
    case = ApplicationFactory(granted=True, status=Status.PROPOSED)
    made = receive(DecisionFactory(application=case))

    with pytest.raises(WorkflowError, match="ligt nog een voorstel"):
        settle(made, by=manager)


def test_what_a_change_took_away_can_be_given_back(manager):
    case = ApplicationFactory(granted=True, granted_amount=Decimal(400))
    ceiling = CeilingFactory(scheme=case.scheme, amount=1000)
    ceiling.entries.create(kind=EntryKind.GRANTED, amount=Decimal(400), application=case, booked_on=today())
    DecisionFactory(application=case, amount=Decimal(750), decided_at=timezone.now() - timedelta(days=9))
    made = receive(DecisionFactory(application=case, outcome=Outcome.CHANGE, amount=Decimal(400)))
    terms = DecisionTerms(Outcome.CHANGE, "", amount=Decimal(750), execute_until=today())
    too_much = replace(terms, amount=Decimal("750.01"))

    with pytest.raises(WorkflowError, match=r"€.750,00 of minder"):
        settle(made, ObjectionOutcome.FOUNDED, terms=too_much, by=manager)
    answer = settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=manager)

    ceiling.refresh_from_db()
    assert Application.objects.get(pk=case.pk).granted_amount == Decimal(750)
    assert ceiling.available == Decimal(250)
    assert Payment.objects.get(decision=answer).amount == Decimal(750)
    assert "Wat er nu geldt" in answer.letter_text


def test_a_penalty_can_become_higher_on_objection(manager):
    decision = refused()
    penalty = DecisionFactory(application=decision.application, outcome=Outcome.PENALTY, amount=Decimal(23))
    DefaultNotice.objects.create(
        application=decision.application,
        message=CaseMessageFactory(application=decision.application),
        received_on=decision.application.due_legal + timedelta(days=1),
        decision=penalty,
        amount=Decimal(23),
    )
    terms = DecisionTerms(Outcome.PENALTY, "", amount=Decimal(46))

    answer = settle(receive(penalty), ObjectionOutcome.FOUNDED, terms=terms, by=manager)

    assert Payment.objects.get(decision=answer).amount == Decimal(23)
    assert Payment.objects.get(decision=answer).purpose == "penalty"
    assert "De dwangsom is nu € 46,00" in answer.letter_text.replace("\u00a0", " ")
    assert not Entry.objects.filter(application=decision.application).exists()


@pytest.mark.parametrize(("received", "paid_back"), [(0, []), (100, [Decimal(100)])])
def test_what_was_claimed_back_without_right_is_paid_again(manager, received, paid_back):
    case = ApplicationFactory(settled=True)
    decision = DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(200))
    Recovery.objects.create(application=case, decision=decision, amount=200, received_amount=received, due_on=today())

    settle(receive(decision), ObjectionOutcome.FOUNDED, by=manager)

    assert list(case.payments.values_list("amount", flat=True)) == paid_back
    assert not Recovery.objects.open().exists()


def test_the_decision_says_who_prepared_it(manager):
    handler = CoordinatorFactory()
    made = receive(refused())
    made = objection.take_up(made, handler=handler, committee=False, by=manager, version=None)

    assert settle(made, by=manager).prepared_by == handler


def test_each_decision_can_be_objected_to_while_its_term_runs():
    case = ApplicationFactory(granted=True, status=Status.REVOKED, settled_amount=Decimal(0))
    DecisionFactory(application=case, notified_on=today() - timedelta(days=60), decided_at=days_ago(60))
    revoked = DecisionFactory(application=case, outcome=Outcome.REVOKE, decided_at=days_ago(2))
    recovered = DecisionFactory(application=case, outcome=Outcome.RECOVER, decided_at=days_ago(1))

    made = [
        objection.receive_message(case, CaseMessageFactory(application=case, kind=MessageKind.OBJECTION))
        for _twice in range(2)
    ]

    assert [each.against for each in made] == [recovered, revoked]
    with pytest.raises(WorkflowError, match="al bezwaar gemaakt"):
        objection.receive_message(case, CaseMessageFactory(application=case, kind=MessageKind.OBJECTION))
