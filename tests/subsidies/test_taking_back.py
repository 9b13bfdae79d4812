"""Withdrawing, lowering and claiming back: what waits is not paid, what left comes back, and never more than that."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import BatchStatus, EntryKind, GroundKind, Outcome, PaymentStatus, Status
from subsidies.models import Application, PaymentBatch, Recovery
from subsidies.workflow import decide, grounds, pay
from subsidies.workflow.after import closing
from subsidies.workflow.decide import DecisionTerms, SecondPairNeeded
from tests.factories.accounts import FinanceFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
    PaymentFactory,
)
from tests.subsidies.deciding import letters_left, now, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A grant of € 750 under a ceiling, about which the recipient was heard."""
    made = ApplicationFactory(granted=True)
    MandateFactory()
    ceiling = CeilingFactory(scheme=made.scheme, amount=1000)
    ceiling.entries.create(kind=EntryKind.GRANTED, amount=Decimal(750), application=made, booked_on=today())
    ground = GroundFactory(scheme_version=made.scheme_version, kind=GroundKind.REVOKE)
    days = {"asked_on": today() - timedelta(days=20), "due_on": today() - timedelta(days=5)}
    HearingFactory(application=made, outcome=Outcome.REVOKE, about=[ground], **days)
    return made


@pytest.fixture
def payment(case):
    return PaymentFactory(
        decision=DecisionFactory(application=case, notified_on=today() - timedelta(days=30)), ready=True
    )


def in_a_file(payment) -> PaymentBatch:
    return pay.make_batch([payment], execute_on=today(), by=FinanceFactory())


def revoke(case: Application):
    ground = case.scheme_version.grounds.get()
    terms = DecisionTerms(Outcome.REVOKE, "Het feest gaat niet door.", grounds=(ground.pk,), no_interest=True)
    return decide.decide(case, terms=terms, by=case.owner, version=None)


def claim_back(case: Application, amount: int):
    terms = DecisionTerms(Outcome.RECOVER, "Te veel betaald.", amount=Decimal(amount), no_interest=True)
    return decide.decide(now(case), terms=terms, by=case.owner, version=None)


def test_a_payment_in_a_file_that_nobody_released_stays_with_us_when_the_grant_is_withdrawn(case, payment):
    batch = in_a_file(payment)

    revoke(case)

    payment.refresh_from_db()
    batch.refresh_from_db()
    assert (payment.status, batch.status) == (PaymentStatus.CANCELLED, BatchStatus.CANCELLED)
    assert CeilingFactory._meta.model.objects.get().available == Decimal(1000)


def test_what_the_bank_had_already_is_booked_as_paid_and_claimed_back(case, payment):
    finance = FinanceFactory()
    batch = in_a_file(payment)
    pay.release_batch(batch, seen=batch.file_sha256, by=finance)
    revoke(case)

    payment.refresh_from_db()
    pay.mark_paid(payment, credited_on=today(), by=finance)
    claim_back(case, 750)

    assert case.entries.filter(kind=EntryKind.PAID).get().amount == Decimal(750)
    assert Recovery.objects.get().amount == Decimal(750)


@pytest.mark.parametrize("amount", [0, 751])
def test_no_more_is_claimed_back_than_was_paid_without_right(case, payment, amount):
    payment.status, payment.credited_on = PaymentStatus.PAID, today()
    payment.save()
    revoke(case)

    with pytest.raises(WorkflowError, match=r"€.750,00 te veel"):
        claim_back(case, amount)


def test_the_same_money_is_claimed_back_once(case, payment):
    payment.status, payment.credited_on = PaymentStatus.PAID, today()
    payment.save()
    revoke(case)
    claim_back(case, 500)
    claim_back(case, 250)

    with pytest.raises(WorkflowError, match="niets te veel"):
        claim_back(case, 1)


def test_another_last_day_leaves_a_payment_on_its_way_to_the_bank(case, payment):
    batch = in_a_file(payment)

    same = {"amount": Decimal(750), "no_interest": True}
    take(case, DecisionTerms(Outcome.CHANGE, "U bent later klaar.", execute_until=today(), **same))

    payment.refresh_from_db()
    assert (payment.status, payment.batch) == (PaymentStatus.IN_BATCH, batch)
    assert case.payments.count() == 1


def test_a_change_that_takes_money_back_needs_a_second_pair_of_eyes_too(case):
    case.scheme_version.four_eyes_above = Decimal(500)
    case.scheme_version.save()
    ground = case.scheme_version.grounds.get()
    terms = DecisionTerms(Outcome.CHANGE, "Kleiner feest.", amount=Decimal(400), grounds=(ground.pk,), no_interest=True)

    with pytest.raises(SecondPairNeeded):
        decide.decide(case, terms=terms, by=case.owner, version=None)

    assert now(case).status == Status.GRANTED


@pytest.mark.parametrize(("settled", "offered"), [(None, {"Awb 4:48"}), (Decimal(750), {"Awb 4:49"})])
def test_what_was_settled_is_taken_back_on_other_grounds_than_what_was_not(case, settled, offered):
    case.settled_amount = settled
    case.scheme_version.grounds.all().delete()
    for rule, article in (("granted", "Awb 4:48"), ("settled", "Awb 4:49")):
        GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.REVOKE, article=article, rule=rule)

    found = grounds.offered(case, Outcome.REVOKE, today())

    assert {ground.article for ground in found} == offered


def test_a_case_stays_open_while_money_still_has_to_come_back(case, payment):
    payment.status, payment.credited_on = PaymentStatus.PAID, today()
    payment.save()
    revoke(case)
    later = today() + timedelta(days=90)

    assert not closing.close(now(case), later)

    claim_back(case, 750)
    Recovery.objects.update(received_amount=750, received_on=today())
    letters_left()
    assert closing.close(now(case), later)
