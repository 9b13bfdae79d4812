"""What finance finds on the start page: how much waits for a check, a file, a release, and what is too late."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.enums import BatchStatus, PaymentStatus
from subsidies.models import Payment, PaymentBatch, Recovery
from subsidies.policies import may_pay


@dataclass(frozen=True)
class Todo:
    """So many of something, and where they stand."""

    count: int
    label: str
    url: str


def todo(user: User) -> list[Todo]:
    """What there is to do about payments; nothing for who does not pay."""
    if not may_pay(user):
        return []
    ready, checked = Q(status=PaymentStatus.READY), Q(account__checked_at__isnull=False)
    found = Payment.objects.unpaid().aggregate(
        check=Count("pk", filter=ready & ~checked),
        pay=Count("pk", filter=ready & checked),
        late=Count("pk", filter=Q(due_on__lt=today())),
    )
    others = PaymentBatch.objects.filter(status=BatchStatus.OPEN).exclude(made_by=user)
    lists = ("payment", "paymentbatch", "recovery")
    payments, batches, claims = (reverse(f"admin:subsidies_{name}_changelist") for name in lists)
    return [
        Todo(found["check"], _("rekeningnummers nakijken"), f"{payments}?stand=nakijken"),
        Todo(found["pay"], _("klaar om te betalen"), f"{payments}?stand=klaar"),
        Todo(others.count(), _("bestanden vrijgeven"), batches),
        Todo(found["late"], _("betalingen te laat"), payments),
        Todo(Recovery.objects.open().count(), _("terugvorderingen open"), claims),
    ]
