"""What finance can do with one payment: each step with its form, and why it is not possible now."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from subsidies.admin.money_page import MoneyStep
from subsidies.enums import Channel, PaymentStatus
from subsidies.forms import payment as forms
from subsidies.models import Payment
from subsidies.workflow import pay

CHANGEABLE = (
    PaymentStatus.WAITING_FOR_IBAN,
    PaymentStatus.READY,
    PaymentStatus.BLOCKED,
    PaymentStatus.IN_BATCH,
)


def _has_status(*statuses: PaymentStatus) -> Callable[[Payment], bool]:
    return lambda payment: payment.status in statuses


def _account_to_check(payment: Payment) -> bool:
    account = payment.account
    return account is not None and account.checked_at is None and payment.status in CHANGEABLE


def _own_account_to_check(payment: Payment) -> bool:
    return _account_to_check(payment) and payment.account is not None and not payment.account.is_supplier


def _invoice_to_check(payment: Payment) -> bool:
    account = payment.account
    return _account_to_check(payment) and account is not None and account.is_supplier and account.invoice_id is not None


def _check(payment: Payment, form: Any, by: User, version: int) -> object:
    payment.check_version(version)
    return payment.account and pay.check_account(payment.account, by=by)


def _enter(payment: Payment, form: Any, by: User, version: int) -> object:
    payment.check_version(version)
    return pay.give_account(payment.application, **form.answers, by=by, channel=Channel.PHONE)


STEPS = {
    step.slug: step
    for step in (
        MoneyStep[Payment](
            "nakijken",
            gettext_lazy("Rekeningnummer nagekeken"),
            gettext_lazy("Het klopt"),
            _check,
            _own_account_to_check,
            explains=gettext_lazy(
                "U vergeleek het rekeningnummer en de naam met de aanvrager. Bij twijfel belt u met een nummer uit het "
                "dossier."
            ),
            main=True,
        ),
        MoneyStep[Payment](
            "factuur",
            gettext_lazy("Factuur en rekeningnummer nagekeken"),
            gettext_lazy("Het klopt"),
            _check,
            _invoice_to_check,
            forms.InvoiceCheckForm,
            explains=gettext_lazy(
                "U bekeek de factuur van de leverancier. Bij twijfel belt u de leverancier met een nummer dat u zelf "
                "opzocht, niet met dat van de factuur."
            ),
            main=True,
        ),
        MoneyStep[Payment](
            "rekening",
            gettext_lazy("Rekeningnummer invoeren"),
            gettext_lazy("Invoeren"),
            _enter,
            _has_status(*CHANGEABLE),
            forms.AccountByPhoneForm,
            lambda payment: {"pays_supplier": payment.application.scheme_version.pays_supplier},
            explains=gettext_lazy("Voor wie belt of langskomt. De aanvrager krijgt er bericht van."),
        ),
        MoneyStep[Payment](
            "tegenhouden",
            gettext_lazy("Betaling tegenhouden"),
            gettext_lazy("Tegenhouden"),
            lambda payment, form, by, version: pay.block(
                payment, reason=form.cleaned_data["reason"], by=by, version=version
            ),
            _has_status(PaymentStatus.WAITING_FOR_IBAN, PaymentStatus.READY, PaymentStatus.IN_BATCH),
            forms.BlockForm,
            explains=gettext_lazy("De betaaltermijn loopt door. De reden staat alleen in het dossier."),
        ),
        MoneyStep[Payment](
            "doorgaan",
            gettext_lazy("Betaling laten doorgaan"),
            gettext_lazy("Laten doorgaan"),
            lambda payment, form, by, version: pay.unblock(payment, by=by, version=version),
            _has_status(PaymentStatus.BLOCKED),
            main=True,
        ),
        MoneyStep[Payment](
            "betaald",
            gettext_lazy("Bijgeschreven"),
            gettext_lazy("Boeken"),
            lambda payment, form, by, version: pay.mark_paid(
                payment, credited_on=form.cleaned_data["on"], by=by, version=version
            ),
            _has_status(PaymentStatus.RELEASED),
            forms.PaidForm,
            explains=gettext_lazy("De gemeente heeft betaald als het geld op de rekening staat (Awb artikel 4:89)."),
            main=True,
        ),
        MoneyStep[Payment](
            "teruggekomen",
            gettext_lazy("Teruggekomen van de bank"),
            gettext_lazy("Boeken"),
            lambda payment, form, by, version: pay.mark_returned(
                payment,
                returned_on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                by=by,
                version=version,
            ),
            _has_status(PaymentStatus.RELEASED, PaymentStatus.PAID),
            forms.ReturnedForm,
            explains=gettext_lazy(
                "De aanvrager krijgt de vraag om een ander rekeningnummer. Er komt een nieuwe betaling."
            ),
        ),
    )
}


def stage(payment: Payment) -> str:
    """Where a payment stands, in the words of who has to do something."""
    if payment.status == PaymentStatus.READY and payment.account and payment.account.checked_at is None:
        return _("rekeningnummer nakijken")
    return str(PaymentStatus(payment.status).label)
