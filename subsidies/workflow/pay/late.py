"""What follows by itself when a payment turns out to be late: below the minimum nothing, else a decision is asked."""

from django.utils import translation
from django.utils.translation import gettext as _

from shared.audit import trail
from shared.ui.notations import euro_text
from subsidies import late
from subsidies.letters import payment as letters
from subsidies.models import LateInterest, Payment
from subsidies.workflow.case import tell_reviewers


def follow_up(payment: Payment) -> None:
    """Settle what is too little to pay, and tell the reviewers what they have to decide on (Awb 4:98 and 4:99).

    Called in the transaction that booked the payment.
    """
    found = late.late(payment, payment.credited_on) if payment.credited_on else None
    if found is None or LateInterest.objects.filter(payment=payment).exists():
        return
    if found.is_due or found.rate_is_missing:
        tell_reviewers(payment.application, letters.interest_to_set(payment, found), f"interest_to_set_{payment.pk}")
        return
    # Kept with the payment, so in one language whoever booked it.
    with translation.override("nl"):
        why = _("De rente is %(amount)s, minder dan het minimum van %(minimum)s (Awb 4:98, tweede lid).") % {
            "amount": euro_text(found.amount),
            "minimum": euro_text(found.minimum),
        }
    LateInterest.objects.create(
        payment=payment,
        first_day=found.first_day,
        last_day=found.last_day,
        amount=found.amount,
        none_because=why,
    )
    trail.record("subsidies.no_interest_due", subject=payment.application, text=why)
