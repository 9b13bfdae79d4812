"""Payments that came too late: from which day, and what interest that makes (Awb articles 4:97-4:102)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from shared.terms import awb, interest, legal_days
from shared.terms.lengths import weeks
from subsidies.enums import Outcome
from subsidies.models import Application, InterestRate, Payment

DAY = timedelta(days=1)
# A decision that gives money: when it comes too late, interest runs as if it had come on its last day (Awb 4:100).
GIVES = (Outcome.GRANT, Outcome.GRANT_PARTLY)
SETTLES = (Outcome.SETTLE, Outcome.SETTLE_LOWER)
REFUSES = (Outcome.REFUSE, Outcome.NOT_PROCESSED)


@dataclass(frozen=True)
class Late:
    """How late a payment is, and what is owed for that."""

    principal: Decimal
    due_on: date
    last_day: date
    parts: tuple[interest.Stretch, ...]
    minimum: Decimal
    # The last day to decide, when the decision itself was late.
    because_of_decision: date | None = None
    # Nobody entered a rate for these days.
    rate_is_missing: bool = False

    @property
    def first_day(self) -> date:
        """The first day that counts."""
        return self.due_on + DAY

    @property
    def days(self) -> int:
        """How many days too late."""
        return (self.last_day - self.due_on).days

    @property
    def amount(self) -> Decimal:
        """The interest in cents, whether or not it is enough to be due."""
        return interest.total(self.parts)

    @property
    def is_due(self) -> bool:
        """Below the minimum nothing is due (Awb article 4:98(2))."""
        return not self.rate_is_missing and self.amount >= max(self.minimum, interest.CENT)


def late(payment: Payment, today: date) -> Late | None:
    """How late this payment was or is; None when it is in time, or is interest itself."""
    if payment.purpose == "interest":
        return None
    due_on, because = _should_have_been_paid_on(payment)
    if payment.account is not None:
        # Nobody can be paid before they said where (Burgerlijk Wetboek 6:59): those days are not ours.
        due_on = max(due_on, timezone.localdate(payment.account.given_at))
    elif payment.credited_on is None:
        return None
    last_day = payment.credited_on or today
    if last_day <= due_on:
        return None
    rows = list(InterestRate.objects.order_by("-valid_from"))
    minimum = next((row.minimum for row in rows if row.valid_from <= last_day), Decimal(0))
    rates = [interest.Rate(row.valid_from, row.percent) for row in rows]
    try:
        parts = interest.interest(payment.amount, first_day=due_on + DAY, last_day=last_day, rates=rates)
    except interest.NoRateKnown:
        return Late(payment.amount, due_on, last_day, (), minimum, because, rate_is_missing=True)
    return Late(payment.amount, due_on, last_day, tuple(parts), minimum, because)


def to_settle(application: Application) -> list[Payment]:
    """The payments of a case that were late and on which nobody decided yet."""
    found = Payment.objects.paid_late().filter(application=application, late_interest=None)
    rows = found.select_related("application__scheme_version", "decision", "account").order_by("pk")
    return [payment for payment in rows if late(payment, payment.credited_on or payment.due_on)]


def _should_have_been_paid_on(payment: Payment) -> tuple[date, date | None]:
    """The last day to pay, and the last day to decide from which it follows when the decision was late."""
    last_day = _last_day_to_decide(payment)
    if last_day is None or payment.decision.notified_on <= last_day:
        return payment.due_on, None
    version = payment.application.scheme_version
    local = weeks(version.payment_weeks) if version.payment_weeks else None
    would_be = awb.payment_due(last_day, local_term=local, calendar=legal_days.calendar()).due_legal
    return (would_be, last_day) if would_be < payment.due_on else (payment.due_on, None)


def _last_day_to_decide(payment: Payment) -> date | None:
    """Until when the decision that gives the money had to come; None for one that nobody asked for."""
    if payment.decision.outcome in SETTLES:
        return payment.application.settle_due_legal
    return payment.application.due_legal if _gives_what_was_asked(payment) else None


def _gives_what_was_asked(payment: Payment) -> bool:
    """A grant, or one that takes the place of a refusal after an objection (Awb articles 4:100 and 4:102(2))."""
    decision = payment.decision
    if decision.outcome in GIVES:
        return True
    on_objection = getattr(decision, "on_objection", None) if decision.outcome == Outcome.OBJECTION else None
    return on_objection is not None and on_objection.against.outcome in REFUSES
