"""A file for the bank: made by one person of finance, released by another, and never twice the same payment."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import municipality
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.bank import payment_file
from subsidies.enums import BatchStatus, PaymentStatus
from subsidies.models import Payment, PaymentBatch
from subsidies.policies import may_release


@transaction.atomic
def make_batch(payments: Iterable[Payment], *, execute_on: date, by: User) -> PaymentBatch:
    """Put payments that are ready in one file and check it against the schema of the banks.

    Raises:
        WorkflowError: a payment is not ready, or its account was not checked; nothing is made.
    """
    if execute_on < today():
        raise WorkflowError(_("Kies als dag van betaling vandaag of later."))
    chosen = _locked([payment.pk for payment in payments])
    if not chosen:
        raise WorkflowError(_("Kies ten minste één betaling."))
    for payment in chosen:
        if refusal := why_not_in_batch(payment):
            raise WorkflowError(f"{payment.end_to_end}: {refusal}")
    batch = PaymentBatch.objects.create(
        reference=f"WBW-{timezone.now():%Y%m%d-%H%M%S-%f}",
        execute_on=execute_on,
        made_by=by,
        made_at=timezone.now(),
        total=sum((payment.amount for payment in chosen), Decimal(0)),
    )
    for payment in chosen:
        payment.batch = batch
        payment.move_to(PaymentStatus.IN_BATCH)
        payment.save()
    _write(batch, chosen)
    trail.record("subsidies.batch_made", subject=batch, by=by, new={"payments": len(chosen), "total": str(batch.total)})
    return batch


@transaction.atomic
def release_batch(batch: PaymentBatch, *, seen: str, by: User) -> PaymentBatch:
    """A second person lets the file go to the bank; `seen` is the fingerprint of the file that they looked at.

    Raises:
        WorkflowError: this is the person who made it, or the file changed since.
    """
    payments, batch = _lock_with_payments(batch)
    _still_open(batch)
    if not may_release(by, batch):
        raise WorkflowError(_("Een ander dan wie het bestand maakte geeft het vrij."))
    if seen != batch.file_sha256:
        raise WorkflowError(_("Het bestand is intussen veranderd. Bekijk het opnieuw voordat u het vrijgeeft."))
    for payment in payments:
        payment.move_to(PaymentStatus.RELEASED)
        payment.save()
    batch.status, batch.released_by, batch.released_at = BatchStatus.RELEASED, by, timezone.now()
    batch.save()
    trail.record("subsidies.batch_released", subject=batch, by=by, new={"sha256": batch.file_sha256})
    return batch


@transaction.atomic
def cancel_batch(batch: PaymentBatch, *, by: User) -> PaymentBatch:
    """Drop a file that was not released; its payments are ready for another."""
    payments, batch = _lock_with_payments(batch)
    _still_open(batch)
    for payment in payments:
        payment.batch = None
        payment.move_to(PaymentStatus.READY)
        payment.save()
    batch.status = BatchStatus.CANCELLED
    batch.save()
    trail.record("subsidies.batch_cancelled", subject=batch, by=by)
    return batch


@transaction.atomic
def record_download(batch: PaymentBatch, *, by: User) -> bytes:
    """Hand out a released file, and write down who took which.

    Raises:
        WorkflowError: nobody released it yet.
    """
    if batch.status != BatchStatus.RELEASED or batch.file is None:
        raise WorkflowError(_("Dit bestand is nog niet vrijgegeven."))
    trail.record("subsidies.batch_downloaded", subject=batch, by=by, new={"sha256": batch.file_sha256})
    return bytes(batch.file)


def why_not_in_batch(payment: Payment) -> str:
    """Why this payment cannot go to the bank now; empty when it can."""
    if payment.status != PaymentStatus.READY or payment.batch_id:
        return _("deze betaling is niet klaar om te betalen.")
    if payment.account is None or payment.account.checked_at is None:
        return _("het rekeningnummer is nog niet nagekeken.")
    return ""


def take_out(payment: Payment) -> None:
    """Take a payment out of a file that was not released; the caller saves it. The file is written anew."""
    if payment.batch is None:
        return
    batch = _lock(payment.batch)
    payment.batch = None
    payment.move_to(PaymentStatus.BLOCKED)
    payment.blocked_because = ""
    left = [other for other in _locked(batch.payments.values_list("pk", flat=True)) if other.pk != payment.pk]
    if left:
        batch.total = sum((other.amount for other in left), Decimal(0))
        _write(batch, left)
    else:
        batch.status = BatchStatus.CANCELLED
        batch.save()


def _write(batch: PaymentBatch, payments: list[Payment]) -> None:
    lines = [
        payment_file.Line(
            payment.end_to_end, payment.account.holder, payment.account.iban, payment.amount, _description(payment)
        )
        for payment in payments
        if payment.account is not None
    ]
    batch.file = payment_file.write(
        batch.reference, lines, execute_on=batch.execute_on, debtor=municipality.current().bank
    )
    batch.file_sha256 = payment_file.fingerprint(batch.file)
    batch.save()


def _description(payment: Payment) -> str:
    """What the recipient reads on the statement; a supplier looks for the number of the invoice."""
    account = payment.account
    invoice = f"factuur {account.invoice_number} " if account is not None and account.invoice_number else ""
    return f"{invoice}{payment.application.scheme.name} {payment.application.reference}"[:140]


def _locked(numbers: Iterable[int]) -> list[Payment]:
    rows = Payment.objects.locked().select_related("application__scheme", "account", "batch")
    return list(rows.filter(pk__in=list(numbers)).order_by("pk"))


def _lock_with_payments(batch: PaymentBatch) -> tuple[list[Payment], PaymentBatch]:
    """Payments before their file, as everywhere, so that two people never wait for each other."""
    payments = _locked(batch.payments.values_list("pk", flat=True))
    locked = _lock(batch)
    return [payment for payment in payments if payment.batch_id == locked.pk], locked


def _lock(batch: PaymentBatch) -> PaymentBatch:
    return PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _still_open(batch: PaymentBatch) -> None:
    if batch.status != BatchStatus.OPEN:
        raise WorkflowError(
            _("Dit kan niet: het bestand is al %(status)s.") % {"status": batch.get_status_display().split(",")[0]}
        )
