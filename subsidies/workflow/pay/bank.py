"""What the bank did: paid on a day, or sent back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.ui.notations import euro_text
from subsidies import budget
from subsidies.bank.statement import StatementLine
from subsidies.enums import OUTSIDE_THE_GRANT, PaymentStatus
from subsidies.letters import payment as letters
from subsidies.models import Payment, Recovery, Repayment
from subsidies.workflow.after.recovery import book_received
from subsidies.workflow.case import lock, tell_applicant
from subsidies.workflow.pay.late import follow_up
from subsidies.workflow.pay.payment import lock_payment, open_payment


@dataclass(frozen=True)
class Booked:
    """What came of one line of a statement."""

    line: StatementLine
    payment: Payment | None
    outcome: str
    claim: Recovery | None = None


@transaction.atomic
def mark_paid(payment: Payment, *, credited_on: date, by: User, version: int | None = None) -> Payment:
    """The account was credited on this day, which is when the municipality has paid (Awb article 4:89(3))."""
    application = lock(payment.application)
    payment = lock_payment(payment, version)
    if credited_on > today():
        raise WorkflowError(_("De dag van bijschrijving kan niet in de toekomst liggen."))
    payment.credited_on = credited_on
    payment.move_to(PaymentStatus.PAID)
    payment.save()
    if payment.purpose not in OUTSIDE_THE_GRANT:
        budget.paid(application, payment.amount, by=by, on=credited_on, note=payment.end_to_end)
    trail.record(
        "subsidies.payment_paid",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=f"{euro_text(payment.amount)} ({payment.end_to_end})",
    )
    tell_applicant(application, letters.payment_sent(payment), f"paid_{payment.pk}")
    follow_up(payment)
    return payment


@transaction.atomic
def mark_returned(payment: Payment, *, returned_on: date, reason: str, by: User, version: int | None = None) -> Payment:
    """The bank sent it back: ask for an account again, and make a new payment in its place. Gives the new one."""
    application = lock(payment.application)
    payment = lock_payment(payment, version)
    was_paid = payment.status == PaymentStatus.PAID
    payment.returned_on, payment.returned_because = returned_on, reason[:300]
    payment.move_to(PaymentStatus.RETURNED)
    payment.save()
    if was_paid and payment.purpose not in OUTSIDE_THE_GRANT:
        budget.returned(application, payment.amount, by=by, on=returned_on, note=payment.end_to_end)
    replacement = open_payment(
        Payment(
            decision=payment.decision,
            application=application,
            purpose=payment.purpose,
            amount=payment.amount,
            due_on=payment.due_on,
            replaces=payment,
        )
    )
    trail.record(
        "subsidies.payment_returned",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=f"{euro_text(payment.amount)} ({payment.end_to_end})",
    )
    tell_applicant(application, letters.payment_returned(payment), f"returned_{payment.pk}")
    return replacement


def book_statement(lines: Iterable[StatementLine], *, by: User) -> list[Booked]:
    """Book each line that carries a number of ours, each in a transaction of its own; twice changes nothing."""
    lines = list(lines)
    known = Payment.objects.select_related("application").in_bulk(
        {line.end_to_end for line in lines}, field_name="end_to_end"
    )
    return [
        _book_repayment(line, by)
        if line.case and line.end_to_end not in known
        else Booked(line, known.get(line.end_to_end), _book(line, known.get(line.end_to_end), by))
        for line in lines
    ]


def _book_repayment(line: StatementLine, by: User) -> Booked:
    """Money from somebody who wrote the number of a case with it."""
    owed = Recovery.objects.open().filter(application__reference=line.case).select_related("application").first()
    if line.bank_reference and Repayment.objects.filter(bank_reference=line.bank_reference).exists():
        return Booked(line, None, _("stond al als terugbetaling"), owed)
    if owed is None:
        return Booked(
            line, None, _("bij %(case)s staat niets open om terug te betalen. Niet geboekt") % {"case": line.case}
        )
    if not line.bank_reference or line.amount is None:
        text = _("terugbetaling voor %(case)s, maar zonder bedrag of kenmerk van de bank. Boek haar met de hand")
        return Booked(line, None, text % {"case": line.case}, owed)
    try:
        book_received(
            owed.application,
            amount=abs(line.amount),
            received_on=line.booked_on,
            by=by,
            claim=owed,
            bank_reference=line.bank_reference,
        )
    except WorkflowError as error:
        return Booked(line, None, _("niet geboekt: %(why)s") % {"why": error}, owed)
    return Booked(line, None, _("terugbetaling geboekt"), owed)


def _book(line: StatementLine, payment: Payment | None, by: User) -> str:
    if payment is None:
        return _("geen betaling van ons")
    if line.amount is not None and abs(line.amount) != payment.amount:
        return _("ander bedrag: wij verwachten %(amount)s. Niet geboekt") % {"amount": euro_text(payment.amount)}
    payment.refresh_from_db()
    try:
        if line.is_return:
            if payment.status == PaymentStatus.RETURNED:
                return _("stond al als teruggekomen")
            mark_returned(payment, returned_on=line.booked_on, reason=line.reason or _("retour van de bank"), by=by)
            return _("teruggekomen: de aanvrager is om een ander rekeningnummer gevraagd")
        if payment.status in (PaymentStatus.PAID, PaymentStatus.RETURNED):
            return _("stond al als betaald")
        mark_paid(payment, credited_on=line.booked_on, by=by)
    except WorkflowError as error:
        return str(error)
    return _("betaald")
