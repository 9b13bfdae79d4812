"""Paid too late: the interest is counted, decided on and paid, or it is written down why there is none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from shared.terms.interest import NoRateKnown, Rate, interest, total
from subsidies import late
from subsidies.enums import EntryKind, Outcome, PaymentStatus
from subsidies.models import Application, BankAccount, LateInterest, Payment
from subsidies.reports import money
from subsidies.workflow import interest as deciding
from subsidies.workflow import pay
from subsidies.workflow.after import closing
from tests.factories.accounts import FinanceFactory, ManagerFactory
from tests.factories.rates import InterestRateFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
    PaymentFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.test_admin_objection import send

DAY = timedelta(days=1)
SIX = [Rate(date(2020, 1, 1), Decimal(6))]


class TestCounting:
    """Pure sums."""

    def test_a_whole_year_is_the_percentage(self):
        found = interest(Decimal(1000), first_day=date(2025, 1, 1), last_day=date(2025, 12, 31), rates=SIX)

        assert (total(found), found[0].days) == (Decimal(60), 365)

    def test_after_a_year_interest_runs_over_the_interest(self):
        found = interest(Decimal(1000), first_day=date(2025, 1, 1), last_day=date(2026, 12, 31), rates=SIX)

        assert total(found) == Decimal("123.60")
        assert [each.principal for each in found] == [1000, 1060]

    def test_a_new_rate_counts_from_its_day(self):
        rates = [*SIX, Rate(date(2025, 7, 1), Decimal(4))]

        found = interest(Decimal(1000), first_day=date(2025, 6, 1), last_day=date(2025, 7, 30), rates=rates)

        assert [(each.days, each.percent) for each in found] == [(30, 6), (30, 4)]
        assert total(found) == Decimal("8.22")

    def test_a_leap_year_has_a_day_more(self):
        found = interest(Decimal(1000), first_day=date(2024, 1, 1), last_day=date(2024, 12, 31), rates=SIX)

        assert (total(found), found[0].days) == (Decimal(60), 366)

    def test_without_a_rate_nothing_is_guessed(self):
        with pytest.raises(NoRateKnown):
            interest(Decimal(1000), first_day=date(2019, 1, 1), last_day=date(2019, 2, 1), rates=SIX)


@pytest.fixture
def payment(db) -> Payment:
    """€ 750 that should have been paid 400 days ago, and is at the bank."""
    case = ApplicationFactory(settled=True)
    ceiling = CeilingFactory(scheme=case.scheme)
    ceiling.entries.create(kind=EntryKind.GRANTED, amount=Decimal(750), application=case, booked_on=today())
    decision = DecisionFactory(application=case, decided_by=case.owner, notified_on=today() - 450 * DAY)
    made = PaymentFactory(decision=decision, ready=True, due_on=today() - 400 * DAY)
    BankAccount.objects.update(given_at=timezone.now() - 440 * DAY)
    Payment.objects.update(status=PaymentStatus.RELEASED)
    return Payment.objects.get(pk=made.pk)


def paid(payment: Payment, on: date | None = None) -> Payment:
    return pay.mark_paid(payment, credited_on=on or today(), by=FinanceFactory())


def decided(payment: Payment, **changes):
    values = {"motivation": "Wij waren te laat.", "no_interest": True, "by": payment.application.owner}
    return deciding.set_interest(payment, version=None, **values | changes)


def test_who_reviews_hears_of_it_decides_and_the_interest_is_paid(payment):
    InterestRateFactory()
    case = payment.application

    paid(payment)
    asked = OutboxMessage.objects.get(recipient_email=case.owner.email)
    expected = late.late(payment, today()).amount
    decision = decided(payment)

    extra = Payment.objects.get(purpose="interest")
    assert "400 dagen te laat" in asked.text
    assert (decision.outcome, decision.amount, extra.amount) == (Outcome.INTEREST, expected, expected)
    assert expected > Decimal(45)
    assert (extra.status, extra.due_on) == (PaymentStatus.READY, decision.payment_due)
    assert "400 dagen te laat" in decision.letter_text
    assert f"rekening die eindigt op {payment.account.iban[-4:]}" in decision.letter_text
    assert "Geef ons daarvoor uw rekeningnummer door" not in decision.letter_text
    assert LateInterest.objects.get().decision == decision
    with pytest.raises(WorkflowError, match="al beslist"):
        decided(payment)


def test_interest_is_no_part_of_the_grant_or_its_ledger(payment):
    InterestRateFactory()
    paid(payment)
    decided(payment)
    extra = Payment.objects.get(purpose="interest")
    Payment.objects.filter(pk=extra.pk).update(status=PaymentStatus.RELEASED)

    paid(Payment.objects.get(pk=extra.pk))

    assert payment.application.entries.filter(kind=EntryKind.PAID).get().amount == 750
    assert not late.to_settle(payment.application)


def test_below_the_minimum_nothing_is_due_and_the_file_says_why(payment):
    InterestRateFactory()
    Payment.objects.update(due_on=today() - 20 * DAY)

    paid(payment)

    kept = LateInterest.objects.get()
    assert (kept.decision, kept.amount < 10) == (None, True)
    assert "minder dan het minimum van €" in kept.none_because
    assert not OutboxMessage.objects.filter(recipient_email=payment.application.owner.email).exists()


def test_without_a_known_rate_the_reviewer_hears_that_it_is_missing(payment):
    paid(payment)

    letter = OutboxMessage.objects.get(recipient_email=payment.application.owner.email)
    assert "kent het rentepercentage van die dagen niet" in letter.text
    with pytest.raises(WorkflowError, match="kent geen rentepercentage"):
        decided(payment)
    InterestRateFactory()
    assert decided(payment).amount > 0


def test_a_payment_in_time_gives_no_interest(payment):
    InterestRateFactory()
    Payment.objects.update(due_on=today())

    paid(payment)

    assert not LateInterest.objects.exists()
    with pytest.raises(WorkflowError, match="op tijd"):
        decided(payment)


def test_the_days_on_which_we_waited_for_the_account_are_not_ours(payment):
    BankAccount.objects.update(given_at=timezone.now() - 30 * DAY)
    payment.refresh_from_db()

    assert late.late(payment, today()).days == 30


def test_after_a_late_decision_interest_runs_as_if_it_had_come_in_time(payment):
    InterestRateFactory()
    due = today() - 300 * DAY
    Application.objects.update(due_legal=due)
    Payment.objects.update(due_on=today() + 20 * DAY)
    late_one = DecisionFactory(application=payment.application, notified_on=today() - 20 * DAY)
    Payment.objects.update(decision=late_one)

    found = late.late(Payment.objects.get(pk=payment.pk), today())

    assert found.due_on == awb.payment_due(due).due_legal
    assert found.because_of_decision == due


@pytest.mark.parametrize("settled", [300, 10])
def test_after_a_late_settlement_interest_runs_from_the_last_day_to_settle(payment, settled):
    InterestRateFactory()
    due = today() - settled * DAY
    Application.objects.update(due_legal=today() - 400 * DAY, settle_due_legal=due)
    Payment.objects.update(due_on=today() + 20 * DAY)
    late_one = DecisionFactory(application=payment.application, outcome=Outcome.SETTLE, notified_on=today() - 20 * DAY)
    Payment.objects.update(decision=late_one)

    found = late.late(Payment.objects.get(pk=payment.pk), today())

    assert (found and found.because_of_decision) == (due if settled == 300 else None)


def test_it_can_be_written_down_why_none_is_due(payment):
    InterestRateFactory()
    paid(payment)
    case = Application.objects.get(pk=payment.application_id)
    Application.objects.update(unread_since=None)
    later = today() + 60 * DAY
    before = closing.is_done(case, later)

    deciding.no_interest_because(payment, reason="U gaf een verkeerd nummer.", by=case.owner, version=None)

    assert LateInterest.objects.get().none_because == "U gaf een verkeerd nummer."
    assert (before, closing.is_done(case, later)) == (False, True)


def test_only_who_may_decide_decides(payment):
    InterestRateFactory()
    paid(payment)

    with pytest.raises(WorkflowError, match="niet beslissen"):
        decided(payment, by=FinanceFactory())
    with pytest.raises(WorkflowError, match="mandaat"):
        decided(payment, by=ManagerFactory())


def test_the_database_wants_a_decision_or_a_reason(payment):
    values = {"first_day": today(), "last_day": today(), "amount": 5}

    with pytest.raises(IntegrityError, match="lateinterest_amount_or_why_none"):
        LateInterest.objects.create(payment=payment, **values)


def test_finance_sees_it_grow_and_the_file_page_leads_to_the_decision(payment):
    InterestRateFactory()
    case = payment.application
    finance, reviewer = Client(), Client()
    sign_in(finance, FinanceFactory())
    sign_in(reviewer, case.owner)
    address = reverse("admin:subsidies_payment_change", args=[payment.pk])

    growing = finance.get(address).content.decode()
    listed = finance.get(reverse("admin:subsidies_payment_changelist"), {"stand": "te-laat"}).content.decode()
    paid(payment)
    waits = finance.get(address).content.decode()
    send(reviewer, case, "rente-vaststellen", motivation="Wij waren te laat.", no_interest="on")
    done = finance.get(address).content.decode()

    assert "tot en met vandaag" in growing
    assert payment.end_to_end in listed
    assert "de behandelaar stelt haar vast" in waits
    assert "besluit van" in done


def test_days_of_a_stop_come_on_top_of_the_last_day(time_machine, db):
    time_machine.move_to("2026-09-07 10:00:00+02:00", tick=False)
    case = ApplicationFactory(granted=True)
    payment = PaymentFactory(decision=DecisionFactory(application=case), ready=True)
    before = payment.due_on
    pay.stop_payment(case, until=today() + 30 * DAY, reason="Wij zoeken het uit.", by=ManagerFactory())

    time_machine.move_to("2026-09-17 10:00:00+02:00", tick=False)
    pay.resume_payment(case, by=None)

    payment.refresh_from_db()
    assert payment.due_on == before + 10 * DAY


def test_an_account_given_during_a_stop_does_not_let_the_payment_go(db):
    case = ApplicationFactory(granted=True)
    payment = PaymentFactory(decision=DecisionFactory(application=case))
    Application.objects.filter(pk=case.pk).update(payment_stopped_until=today() + DAY)

    pay.give_account(case, iban="NL91ABNA0417164300", holder="A. Bewoner")

    payment.refresh_from_db()
    assert (payment.status, "4:56" in payment.blocked_because) == (PaymentStatus.BLOCKED, True)


def test_the_report_counts_late_payments(payment):
    InterestRateFactory()
    paid(payment)
    MandateFactory()
    decision = decided(payment)

    found = money.late_payments({})

    assert (found.paid, found.late, found.days, found.open) == (1, 1, 400, 0)
    assert found.interest == decision.amount
