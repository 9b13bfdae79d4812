"""What the applicant has a right to now, what was paid, and what of it has to come back."""

from decimal import Decimal

from django.db.models import F, Sum

from subsidies.enums import PaymentStatus
from subsidies.models import Application, Payment, Recovery

NOTHING = Decimal(0)
# The bank has it: this can no longer be held back by us.
GONE = (PaymentStatus.RELEASED, PaymentStatus.PAID)


def promised(application: Application) -> Decimal:
    """What the applicant has a right to now."""
    known = (application.settled_amount, application.granted_amount)
    return next((amount for amount in known if amount is not None), NOTHING)


def paid_out(application: Application) -> Decimal:
    """What was paid under the grant, or is on its way, less what came back."""
    gone = Payment.objects.filter(application=application, status__in=GONE).exclude(purpose="penalty")
    back = Recovery.objects.filter(application=application)
    paid: Decimal = gone.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    received: Decimal = back.aggregate(sum=Sum("received_amount", default=NOTHING))["sum"]
    return paid - received


def overpaid(application: Application) -> Decimal:
    """What was paid above what the applicant has a right to, and is not being claimed back yet (Awb article 4:57)."""
    asked_back = Recovery.objects.filter(application=application)
    claimed: Decimal = asked_back.aggregate(sum=Sum(F("amount") - F("received_amount"), default=NOTHING))["sum"]
    return max(paid_out(application) - promised(application) - claimed, NOTHING)
