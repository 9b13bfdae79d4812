"""Payments: what a decision promises, until it stands on the account."""

from datetime import date
from decimal import Decimal

from subsidies.models import Decision, Payment


def prepare_payment(decision: Decision, *, purpose: str, amount: Decimal, due_on: date) -> Payment:
    """Make the payment that follows from a decision; it waits for the account number."""
    application = decision.application
    number = application.payments.count() + 1
    return Payment.objects.create(
        decision=decision,
        application=application,
        purpose=purpose,
        amount=amount,
        due_on=due_on,
        end_to_end=f"{application.reference}-{number}",
    )
