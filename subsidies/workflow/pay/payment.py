"""What a decision promises to pay, and what keeps a payment back."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import OUTSIDE_THE_GRANT, PaymentStatus
from subsidies.letters import payment as letters
from subsidies.models import Application, BankAccount, BudgetProviso, Decision, Payment
from subsidies.workflow.case import lock, save, tell_applicant
from subsidies.workflow.pay.batch import take_out

# Awb article 4:56.
LONGEST_STOP = timedelta(weeks=13)
# Money that has not left yet and that we can still hold back.
HELD = (PaymentStatus.WAITING_FOR_IBAN, PaymentStatus.READY, PaymentStatus.BLOCKED, PaymentStatus.IN_BATCH)


class PaymentStopTooLong(WorkflowError):
    """A payment may be kept back for thirteen weeks at most."""


@transaction.atomic
def prepare_payment(decision: Decision, *, purpose: str, amount: Decimal, due_on: date) -> Payment:
    """Make the payment that follows from a decision, and ask for an account when there is none yet.

    The account is never asked before the decision. Called in the transaction of the decision.
    """
    application = decision.application
    return open_payment(
        Payment(decision=decision, application=application, purpose=purpose, amount=amount, due_on=due_on)
    )


def open_payment(payment: Payment) -> Payment:
    """Number and save a new payment; one that replaces another asks for an account in its own letter."""
    application = payment.application
    # The row of the application is locked by the step, so a number is given out once.
    payment.end_to_end = f"{application.reference}-{application.payments.count() + 1}"
    account = None if payment.replaces else newest_account(application)
    if account is not None:
        payment.account, payment.status = account, PaymentStatus.READY
    if payment.status == PaymentStatus.READY and (held := why_held(application, payment.purpose)):
        payment.status, payment.blocked_because = PaymentStatus.BLOCKED, held
    payment.save()
    if account is None and not payment.replaces:
        tell_applicant(application, letters.ask_account(application, payment), f"account_asked_{payment.end_to_end}")
    return payment


@transaction.atomic
def block(payment: Payment, *, reason: str, by: User, version: int | None = None) -> Payment:
    """Keep one payment back, with a reason that finance reads."""
    payment = lock_payment(payment, version)
    _block(payment, reason)
    trail.record("subsidies.payment_blocked", subject=payment.application, by=by, text=reason)
    return payment


@transaction.atomic
def unblock(payment: Payment, *, by: User, version: int | None = None) -> Payment:
    """Let a payment go on."""
    payment = lock_payment(payment, version)
    if stop_holds(payment.application):
        raise WorkflowError(_("De betaling is stilgelegd. Hef eerst de stillegging op."))
    if held := why_held(payment.application, payment.purpose):
        raise WorkflowError(held)
    payment.blocked_because = ""
    payment.move_to(PaymentStatus.READY if payment.account else PaymentStatus.WAITING_FOR_IBAN)
    payment.save()
    trail.record("subsidies.payment_unblocked", subject=payment.application, by=by, text=payment.end_to_end)
    return payment


@transaction.atomic
def stop_payment(
    application: Application, *, until: date, reason: str, by: User, version: int | None = None
) -> Application:
    """Stop paying because of a serious suspicion that the grant must be withdrawn or lowered (Awb article 4:56).

    Raises:
        PaymentStopTooLong: longer than thirteen weeks together with earlier stops, or not in the future.
    """
    application = lock(application, version)
    if why := why_not_stopped(application):
        raise WorkflowError(why)
    last = today() + _days_left(application)
    if not today() < until <= last:
        raise PaymentStopTooLong(
            _("Een betaling ligt ten hoogste 13 weken stil (Awb artikel 4:56). Kies een dag tot en met %(last)s.")
            % {"last": f"{last:%d-%m-%Y}"}
        )
    application.payment_stopped_until, application.payment_stopped_on = until, today()
    application.version += 1
    save(application)
    for payment in _held(application):
        _block(payment, _stop_text(application))
    trail.record("subsidies.payment_stopped", subject=application, by=by, visibility=Visibility.RESIDENT, text=reason)
    tell_applicant(application, letters.payment_stopped(application, until=until, reason=reason), "payment_stopped")
    return application


@transaction.atomic
def resume_payment(application: Application, *, by: User | None, version: int | None = None) -> Application:
    """End a stop: finance may pay again; the portal does this itself when the last day has passed."""
    application = lock(application, version)
    if application.payment_stopped_until is None:
        raise WorkflowError(_("De betaling ligt niet stil."))
    stopped = _stop_text(application)
    stood_still = _days_stopped(application)
    application.payment_stopped_until = application.payment_stopped_on = None
    application.payment_stopped_days += stood_still.days
    application.version += 1
    save(application)
    for payment in _held(application):
        if stood_still:
            # The duty to pay was suspended: these days come on top (Awb article 4:56).
            payment.due_on += stood_still
            payment.save(update_fields=["due_on"])
        if payment.status == PaymentStatus.BLOCKED and payment.blocked_because == stopped:
            payment.blocked_because = why_held(application, payment.purpose)
            if not payment.blocked_because:
                payment.move_to(PaymentStatus.READY if payment.account else PaymentStatus.WAITING_FOR_IBAN)
            payment.save()
    trail.record("subsidies.payment_resumed", subject=application, by=by, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.payment_resumed(application), "payment_resumed")
    return application


def lock_payment(payment: Payment, version: int | None = None) -> Payment:
    """Lock the row of the payment and give its newest state.

    Raises:
        StaleVersion: someone else changed it first.
    """
    locked: Payment = (
        Payment.objects.locked().select_related("application__scheme", "account", "batch").get(pk=payment.pk)
    )
    locked.check_version(version)
    return locked


def newest_account(application: Application) -> BankAccount | None:
    """The account that was given last."""
    return application.bank_accounts.order_by("-given_at", "-pk").first()


def open_payments(application: Application) -> list[Payment]:
    """The payments for which an account still makes a difference."""
    return list(Payment.objects.filter(application=application, status__in=HELD).order_by("pk"))


def stop_holds(application: Application) -> bool:
    """Whether paying was stopped and that is not over yet."""
    return application.payment_stopped_until is not None and application.payment_stopped_until >= today()


def why_not_stopped(application: Application) -> str:
    """Why paying cannot be stopped now; empty when it can. A stop and a later one last thirteen weeks together."""
    if application.payment_stopped_until is not None:
        return _("De betaling ligt al stil. Hef die stillegging eerst op; verlengen kan niet.")
    if not _days_left(application):
        return _("De betaling lag al 13 weken stil. Langer kan niet (Awb artikel 4:56).")
    return ""


def why_held(application: Application, purpose: str = "") -> str:
    """Why nothing can be paid now, as it is kept with a payment; empty when it can."""
    if stop_holds(application):
        return _stop_text(application)
    if purpose in OUTSIDE_THE_GRANT:
        return ""
    waiting = BudgetProviso.objects.open().filter(application=application).select_related("budget").last()
    if waiting is None:
        return ""
    with translation.override("nl"):
        return _("Wacht op de begroting van %(year)d (Awb artikel 4:34).") % {"year": waiting.budget.year}


def let_go(application: Application) -> None:
    """Nothing holds the payments of this case any more, or only something else: look again at what is blocked."""
    for payment in _held(application):
        if payment.status != PaymentStatus.BLOCKED or "4:34" not in payment.blocked_because:
            continue
        payment.blocked_because = why_held(application, payment.purpose)
        if not payment.blocked_because:
            payment.move_to(PaymentStatus.READY if payment.account else PaymentStatus.WAITING_FOR_IBAN)
        payment.save()


def _days_left(application: Application) -> timedelta:
    """How long paying can still be stopped, after the stops that were lifted or ran out."""
    return max(LONGEST_STOP - timedelta(days=application.payment_stopped_days), timedelta(0))


def _days_stopped(application: Application) -> timedelta:
    """How long the stop lasted, up to today or its last day."""
    first, last = application.payment_stopped_on, application.payment_stopped_until
    if first is None or last is None:
        return timedelta(0)
    return min(today(), last + timedelta(days=1)) - first


def _held(application: Application) -> list[Payment]:
    return list(Payment.objects.locked().filter(application=application, status__in=HELD).order_by("pk"))


def _block(payment: Payment, reason: str) -> None:
    if payment.status == PaymentStatus.IN_BATCH:
        take_out(payment)
    elif payment.status != PaymentStatus.BLOCKED:
        payment.move_to(PaymentStatus.BLOCKED)
    else:
        payment.version += 1
    payment.blocked_because = reason[:300]
    payment.save()


def _stop_text(application: Application) -> str:
    # Kept with the payment, so in one language whoever stopped it.
    with translation.override("nl"):
        return _("Stilgelegd tot en met %(until)s (Awb artikel 4:56).") % {
            "until": f"{application.payment_stopped_until:%d-%m-%Y}"
        }
