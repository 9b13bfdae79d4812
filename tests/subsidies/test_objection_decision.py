"""The decision on an objection: by someone without an interest, and what it gives back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import EntryKind, MessageKind, ObjectionOutcome, Outcome, Status
from subsidies.models import Application, DefaultNotice, Entry, Payment, Recovery
from subsidies.workflow import objection
from subsidies.workflow.decide import DecisionTerms
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
)
from tests.subsidies.objecting import days_ago, receive, refused, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    return ManagerFactory()


def test_a_colleague_who_objected_never_handles_it_themselves(manager):
    decision = refused()
    made = receive(decision)
    decision.application.applicant = manager
    decision.application.save()

    assert manager not in objection.handlers(made)
    with pytest.raises(WorkflowError, match="10:3"):
        objection.excuse(made, reason="Ik was ziek.", by=manager, version=None)


def test_an_objection_waits_for_a_proposal_about_the_same_case(manager):
    case = ApplicationFactory(granted=True, status=Status.PROPOSED)
    made = receive(DecisionFactory(application=case))

    with pytest.raises(WorkflowError, match="ligt nog een voorstel"):
        settle(made, by=manager)


def test_the_letter_names_who_handled_the_objection_and_not_who_refused(manager):
    decision = refused()

    answer = settle(receive(decision), by=manager)

    assert f"Uw contactpersoon is {manager.name}" in answer.letter_text
    assert decision.decided_by.name not in answer.letter_text


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
