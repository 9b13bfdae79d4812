"""What the applicant has a right to now, what was paid, and what of it has to come back."""

from decimal import Decimal

from django.db.models import F, Sum

from subsidies.enums import PaymentStatus
from subsidies.models import Application, Payment, Recovery, Waiver

NOTHING = Decimal(0)
# The bank has it: this can no longer be held back by us.
GONE = (PaymentStatus.RELEASED, PaymentStatus.PAID)


def promised(application: Application) -> Decimal:
    """What the applicant has a right to now."""
    known = (application.settled_amount, application.granted_amount)
    return next((amount for amount in known if amount is not None), NOTHING)


def paid_out(application: Application) -> Decimal:
    """What was paid under the grant, or is on its way, less what came back."""
    gone = Payment.objects.of_the_grant().filter(application=application, status__in=GONE)
    back = Recovery.objects.filter(application=application)
    paid: Decimal = gone.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    received: Decimal = back.aggregate(sum=Sum("received_amount", default=NOTHING))["sum"]
    return paid - received


def overpaid(application: Application) -> Decimal:
    """What was paid above what the applicant has a right to, and was neither claimed back nor waived (Awb 4:57)."""
    given_up = Waiver.objects.filter(application=application)
    waived: Decimal = given_up.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    return max(paid_out(application) - promised(application) - still_claimed(application) - waived, NOTHING)


def still_claimed(application: Application) -> Decimal:
    """What was asked back, did not come yet and was not waived."""
    left = F("amount") - F("received_amount") - F("waived_amount")
    found: Decimal = Recovery.objects.filter(application=application).aggregate(sum=Sum(left, default=NOTHING))["sum"]
    return found


def waivable(application: Application) -> Decimal:
    """What the municipality can still decide not to have back: asked already, or not yet."""
    return still_claimed(application) + overpaid(application)
