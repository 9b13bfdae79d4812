"""On which account: given by the applicant at a signed link, checked by finance, and blocking when it changes."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from subsidies.bank import iban as numbers
from subsidies.enums import AccountFinding, Channel, FilePurpose, MessageKind, PaymentStatus
from subsidies.letters import payment as letters
from subsidies.models import Application, BankAccount, CaseMessage, Payment
from subsidies.workflow.case import attach, lock, tell_applicant
from subsidies.workflow.pay.batch import take_out
from subsidies.workflow.pay.payment import HELD, newest_account, why_held


@transaction.atomic
def give_account(
    application: Application,
    *,
    iban: str,
    holder: str,
    is_supplier: bool = False,
    invoice_number: str = "",
    invoice: StoredFile | None = None,
    by: User | None = None,
    channel: str = "",
) -> BankAccount:
    """Keep the account that payments go to from now on. One after an earlier one blocks until finance has looked.

    `by` is the colleague who wrote it down for somebody on the phone.

    Raises:
        WorkflowError: there is nothing to pay, or the scheme pays no suppliers (Awb article 4:89).
    """
    application = lock(application)
    if is_supplier and not application.scheme_version.pays_supplier:
        raise WorkflowError(_("Deze regeling betaalt niet aan een leverancier. Geef uw eigen rekening door."))
    waiting = list(Payment.objects.locked().filter(application=application, status__in=HELD).order_by("pk"))
    if not waiting:
        raise WorkflowError(_("Er staat voor deze aanvraag geen betaling open. U hoeft nu niets door te geven."))
    before = newest_account(application)
    if (
        invoice is None
        and before
        and (before.iban, before.holder, before.is_supplier, before.invoice_number)
        == (
            iban,
            holder,
            is_supplier,
            invoice_number,
        )
    ):
        account = before
    else:
        account = BankAccount(
            application=application,
            iban=iban,
            holder=holder,
            is_supplier=is_supplier,
            invoice_number=invoice_number,
            given_at=timezone.now(),
        )
        account.findings = findings(account, before, has_invoice=invoice is not None)
        account.save()
    for payment in waiting:
        _use(payment, account, changed=before is not None and before.iban != iban)
    message = _as_message(account, by=by, channel=channel or Channel.WEB)
    if invoice is not None:
        account.invoice = attach(application, [invoice], message, FilePurpose.INVOICE)[0]
        account.save(update_fields=["invoice"])
    trail.record(
        "subsidies.account_given",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        new={"IBAN": str(account)},
        channel=channel,
    )
    tell_applicant(application, letters.account_received(message, account), f"account_received_{message.pk}")
    return account


@transaction.atomic
def check_account(account: BankAccount, *, by: User) -> BankAccount:
    """Finance compared the account with who it should be; payments that waited for that go on.

    Raises:
        WorkflowError: another account was given since, or the invoice of the supplier is not there.
    """
    application = lock(account.application)
    account = BankAccount.objects.select_for_update().get(pk=account.pk)
    if newest_account(application) != account:
        raise WorkflowError(_("Er is intussen een ander rekeningnummer doorgegeven. Kijk dat na."))
    if account.is_supplier and account.invoice_id is None:
        raise WorkflowError(
            _("De factuur is er nog niet. Vraag de aanvrager erom, en voer haar in bij het rekeningnummer.")
        )
    if account.checked_at is None:
        account.checked_by, account.checked_at = by, timezone.now()
        account.save()
    held = Payment.objects.locked().filter(application=application, account=account, status=PaymentStatus.BLOCKED)
    for payment in held.filter(blocked_because=changed_text()):
        if not why_held(application, payment.purpose):
            payment.blocked_because = ""
            payment.move_to(PaymentStatus.READY)
            payment.save()
    trail.record("subsidies.account_checked", subject=application, by=by, new={"IBAN": str(account)})
    return account


def findings(account: BankAccount, before: BankAccount | None, *, has_invoice: bool = False) -> list[str]:
    """What finance should look at; a question, never a refusal."""
    application = account.application
    names = (application.name, application.organisation, *application.co_applicants.splitlines())
    same = BankAccount.objects.filter(iban=account.iban).exclude(application=application)
    others = same.exclude(application__email__iexact=application.email) if application.email else same
    found = {
        AccountFinding.NAME_DIFFERS: not account.is_supplier and not numbers.same_name(account.holder, *names),
        AccountFinding.USED_ELSEWHERE: not account.is_supplier and others.exists(),
        AccountFinding.FOREIGN: numbers.is_foreign(account.iban),
        AccountFinding.SUPPLIER: account.is_supplier and has_invoice,
        AccountFinding.NO_INVOICE: account.is_supplier and not has_invoice,
        AccountFinding.CHANGED: before is not None and before.iban != account.iban,
    }
    return [finding.value for finding, holds in found.items() if holds]


def changed_text() -> str:
    """Why a payment waits after another account was given."""
    # Kept with the payment, so in one language whoever gave the account.
    with translation.override("nl"):
        return _("Er is een ander rekeningnummer doorgegeven. Kijk het na.")


def _as_message(account: BankAccount, *, by: User | None, channel: str) -> CaseMessage:
    """Giving an account is an official message as well: kept with its moment, without the number itself."""
    now = timezone.now()
    return CaseMessage.objects.create(
        application=account.application,
        kind=MessageKind.BANK_ACCOUNT,
        text=f"{account}, {account.holder}",
        channel=channel,
        received_at=now,
        received_on=timezone.localdate(now),
        entered_by=by,
        # Finance looks at it; the reviewer has nothing to answer.
        answered_at=now,
    )


def _use(payment: Payment, account: BankAccount, *, changed: bool) -> None:
    if payment.account_id == account.pk:
        return
    # Only an account that somebody relied on can be replaced by a trick.
    relied_on = changed and payment.account_id is not None
    if payment.status == PaymentStatus.IN_BATCH:
        # It is blocked from here on.
        take_out(payment)
    payment.account = account
    if payment.status == PaymentStatus.BLOCKED:
        payment.version += 1
        if payment.blocked_because == "":
            payment.blocked_because = changed_text()
    elif relied_on:
        payment.move_to(PaymentStatus.BLOCKED)
        payment.blocked_because = changed_text()
    elif payment.status == PaymentStatus.WAITING_FOR_IBAN and (held := why_held(payment.application, payment.purpose)):
        payment.move_to(PaymentStatus.BLOCKED)
        payment.blocked_because = held
    elif payment.status == PaymentStatus.WAITING_FOR_IBAN:
        payment.move_to(PaymentStatus.READY)
    else:
        payment.version += 1
    payment.save()
