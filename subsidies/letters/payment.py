"""Letters about money: which account, when it was paid, and what stands in the way."""

from datetime import date
from typing import Any

from django.urls import reverse

from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.terms.calendar import today
from subsidies.late import Late
from subsidies.letters.own_words import step_letter
from subsidies.models import Application, BankAccount, CaseMessage, Payment

ACCOUNT = "subsidies.account"


def ask_account(application: Application, payment: Payment, *, again: bool = False) -> Letter:
    """Ask for the account number, which nobody had to give before the decision."""
    is_overdue = payment.due_on < today()
    values = {"payment": payment, "again": again, "is_overdue": is_overdue, "url": account_url(application)}
    return _letter("ask_account", application, **values)


def account_received(message: CaseMessage, account: BankAccount) -> Letter:
    """Confirm when which account was given, by its last four signs; whoever did not do that themselves should call."""
    values = {"message": message, "account": account, "ending": account.iban[-4:]}
    return _letter("account_received", message.application, **values)


def payment_sent(payment: Payment) -> Letter:
    """The money is on the account."""
    application = payment.application
    ending = payment.account.iban[-4:] if payment.account else ""
    return _letter("payment_sent", application, payment=payment, ending=ending)


def payment_returned(payment: Payment) -> Letter:
    """The bank sent the money back: ask for the account number once more."""
    application = payment.application
    return _letter("payment_returned", application, payment=payment, url=account_url(application))


def payment_stopped(application: Application, *, until: date, reason: str) -> Letter:
    """The payment waits, until when at most, and why (Awb article 4:56)."""
    return _letter("payment_stopped", application, until=until, reason=reason)


def payment_resumed(application: Application) -> Letter:
    """The payment goes on."""
    return _letter("payment_resumed", application)


def payment_warning(payment: Payment) -> Letter:
    """Tell finance that a payment still waits, and until when it may."""
    url = absolute(reverse("admin:subsidies_payment_change", args=[payment.pk]))
    values = {"payment": payment, "application": payment.application, "url": url}
    return compose("subsidies/letters/payment_warning.txt", values)


def interest_to_set(payment: Payment, late: Late) -> Letter:
    """Ask the reviewers to decide on the interest of a payment that was late (Awb article 4:99)."""
    url = absolute(reverse("admin:subsidies_application_change", args=[payment.application_id]))
    values = {"payment": payment, "application": payment.application, "late": late, "url": url}
    return compose("subsidies/letters/interest_to_set.txt", values)


def account_url(application: Application) -> str:
    """The full address at which the applicant gives the account; also behind a letter on paper, by phone."""
    if not application.email:
        return ""
    return absolute(reverse("subsidies:account", args=[account_token(application)]))


def account_token(application: Application) -> str:
    """Proof that a letter about the decision went to this address."""
    return sign(ACCOUNT, application=application.pk, email=application.email)


def _letter(name: str, application: Application, **context: Any) -> Letter:
    values = {"application": application, **context}
    return step_letter(name, application, values, application.language)
