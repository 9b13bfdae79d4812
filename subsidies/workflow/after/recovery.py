"""Money that has to come back (Awb article 4:57): booked when it arrives, reminded when it does not."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.ui import page_cache
from shared.ui.notations import euro_text
from subsidies import budget
from subsidies.letters import after as letters
from subsidies.models import Application, Recovery, Repayment
from subsidies.workflow.case import lock, tell_applicant


@transaction.atomic
def book_received(
    application: Application,
    *,
    amount: Decimal,
    received_on: date,
    by: User,
    version: int | None = None,
    claim: Recovery | None = None,
    bank_reference: str = "",
) -> Recovery:
    """Money came back on this day: keep it with the claim, by default the oldest open one, and book it in the ledger.

    Raises:
        WorkflowError: nothing is open, it is more than is owed, or the day lies in the future.
    """
    application = lock(application, version)
    owed = Recovery.objects.select_for_update().open().filter(application=application)
    recovery = (owed.filter(pk=claim.pk) if claim else owed).first()
    if recovery is None:
        raise WorkflowError(_("Er staat geen terugvordering open."))
    if received_on > today():
        raise WorkflowError(_("De dag van ontvangst kan niet in de toekomst liggen."))
    if not Decimal(0) < amount <= recovery.left:
        raise WorkflowError(_("Vul een bedrag in van ten hoogste %(left)s.") % {"left": euro_text(recovery.left)})
    recovery.received_amount += amount
    if not recovery.left:
        recovery.received_on = received_on
    recovery.save()
    Repayment.objects.create(
        recovery=recovery,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference or None,
        booked_by=by,
    )
    budget.reclaimed(application, amount, by=by, on=received_on, note=str(recovery.decision_id))
    application.version += 1
    application.save()
    recovery.application = application
    trail.record(
        "subsidies.recovery_received",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=euro_text(amount),
    )
    tell_applicant(application, letters.recovery_received(recovery), "recovery_received")
    page_cache.touch()
    return recovery


@transaction.atomic
def remind(recovery: Recovery, day: date) -> bool:
    """Remind once when the last day has passed; true when a letter was written."""
    application = lock(recovery.application)
    recovery = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if recovery.reminded_at or not recovery.left or recovery.due_on >= day:
        return False
    recovery.reminded_at = timezone.now()
    recovery.save(update_fields=["reminded_at"])
    recovery.application = application
    trail.record("subsidies.recovery_reminded", subject=application, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.recovery_reminder(recovery), f"recovery_reminder_{recovery.pk}")
    return True
