"""What the calendar does to payments: reminders for the applicant, warnings for finance, and stops that end."""

from datetime import date, timedelta

from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.terms import legal_days
from subsidies.enums import PaymentStatus
from subsidies.letters import payment as letters
from subsidies.models import Application, Payment
from subsidies.workflow.case import CATEGORY, applicant
from subsidies.workflow.pay.payment import resume_payment


def remind_of_account(today: date) -> None:
    """Ask again for an account that was not given; the number of the reminder keeps it from being sent twice."""
    periods = municipality.current().periods
    terms = [timedelta(days=n) for n in (periods.account_reminder_days, periods.account_second_reminder_days)]
    waiting = Payment.objects.filter(status=PaymentStatus.WAITING_FOR_IBAN).select_related("application", "decision")
    for payment in waiting.order_by("pk"):
        waited = today - payment.decision.notified_on
        for number, term in enumerate(terms, start=1):
            last = number == len(terms) or waited < terms[number]
            if waited >= term and last:
                outbox.enqueue(
                    letters.ask_account(payment.application, payment, again=True),
                    to=applicant(payment.application),
                    key=f"subsidies.account_reminder:{payment.pk}:{number}",
                    category=CATEGORY,
                    about=payment.application,
                )


def warn_of_term(today: date) -> None:
    """Tell finance, some working days after the decision and again on the last day, what was not paid yet."""
    finance = list(User.objects.active_in_role(Role.FINANCE))
    calendar, patience = legal_days.calendar(), municipality.current().periods.payment_warning_working_days
    for payment in Payment.objects.unpaid().select_related("application", "decision").order_by("due_on", "pk"):
        if today >= payment.due_on:
            moment = "due"
        elif calendar.working_days_between(payment.decision.notified_on, today) >= patience:
            moment = "warned"
        else:
            continue
        for user in finance:
            outbox.enqueue(
                letters.payment_warning(payment),
                to=Recipient(name=user.name, email=user.email),
                key=f"subsidies.payment_{moment}:{payment.pk}:{user.pk}",
                category=CATEGORY,
                about=payment.application,
            )


def end_stops(today: date) -> None:
    """Let payments go on whose stop has passed its last day."""
    for application in Application.objects.filter(payment_stopped_until__lt=today).order_by("pk"):
        resume_payment(application, by=None)
