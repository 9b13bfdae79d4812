"""What a decision does besides being one: the case, the ledger, payments, the report, the initiative."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from initiatives.workflow import mark_funded
from shared.accounts.models import User
from subsidies import budget
from subsidies.enums import Outcome, PaymentStatus, Status
from subsidies.letters.decision import Money
from subsidies.models import Application, Decision, Payment
from subsidies.rules import advance
from subsidies.workflow import debts, pay
from subsidies.workflow.after.expect import expect_report
from subsidies.workflow.decision_checks import GRANTS
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import paid_out, promised, waivable

NOTHING = Decimal(0)
# Money that waits with us; what is in a file that nobody released yet can still be taken out of it.
WAITING = (PaymentStatus.WAITING_FOR_IBAN, PaymentStatus.READY, PaymentStatus.BLOCKED)
HELD = (*WAITING, PaymentStatus.IN_BATCH)


def is_direct(application: Application, outcome: str, amount: Decimal | None, budget_year: int | None = None) -> bool:
    """Whether the grant is settled at once (Awb article 4:42); what was settled stays so after an objection.

    A grant under the proviso of a budget is never: only what is not final can be taken back on it (Awb article 4:34).
    """
    if budget_year:
        return False
    small = (amount or NOTHING) <= application.scheme_version.direct_settlement_until
    return outcome in GRANTS and (small or application.status == Status.SETTLED)


def money_of(application: Application, terms: DecisionTerms, *, replaces: Decision | None = None) -> Money:
    """The sums, before anything has changed; `replaces` is the decision that an objection is against."""
    before = promised(application)
    gone = paid_out(application)
    if terms.outcome in GRANTS:
        return _of_a_grant(application, terms, before, gone)
    if terms.outcome in (Outcome.SETTLE, Outcome.SETTLE_LOWER):
        amount = terms.amount or NOTHING
        return Money(before, amount, max(amount - gone, NOTHING), max(gone - amount, NOTHING), "settlement")
    if terms.outcome == Outcome.CHANGE:
        amount = before if terms.amount is None else terms.amount
        pays = _changed_payment(application, before, amount, gone)
        return Money(before, amount, pays, max(gone - amount, NOTHING), "change")
    if terms.outcome == Outcome.REVOKE or (terms.outcome == Outcome.REFUSE and before):
        # What was granted is refused after all, when somebody else objected (Awb article 7:11).
        return Money(before, NOTHING, NOTHING, gone)
    if terms.outcome == Outcome.PENALTY:
        # Each late decision has a penalty of its own; only one that was set too low is topped up.
        earlier = (replaces.amount if replaces else None) or NOTHING
        amount = terms.amount or NOTHING
        return Money(earlier, amount, max(amount - earlier, NOTHING), NOTHING, "penalty")
    return _of_a_debt(application, terms, before)


def _of_a_debt(application: Application, terms: DecisionTerms, before: Decimal) -> Money:
    """What is owed to us, or by us for being late; a decision about anything else moves no money."""
    amount = terms.amount or NOTHING
    if terms.outcome == Outcome.RECOVER:
        return Money(before, terms.amount)
    if terms.outcome in (Outcome.WAIVE, Outcome.DEFER):
        owed = waivable(application)
        return Money(owed, amount, NOTHING, owed - amount)
    if terms.outcome == Outcome.INTEREST:
        return Money(NOTHING, amount, amount, NOTHING, "interest")
    return Money(before)


def carry_out(
    application: Application, decision: Decision, money: Money, *, outcome: str, status: str, by: User, on: date
) -> None:
    """Change the case in memory and book what follows; the decision has been saved, the caller saves the case.

    `status` is where the case stood before it waited for a second pair of eyes; `outcome` is what is decided on the
    application, also when the decision itself is one on an objection.
    """
    match outcome:
        case Outcome.GRANT | Outcome.GRANT_PARTLY:
            _grant(application, decision, money, outcome=outcome, by=by, on=on)
        case Outcome.REFUSE if money.before:
            _take_back(application, money, by=by, on=on)
        case Outcome.REFUSE | Outcome.NOT_PROCESSED:
            budget.release(application, by=by, on=on)
            application.move_to(Status.REFUSED if outcome == Outcome.REFUSE else Status.NOT_PROCESSED)
        case Outcome.SETTLE | Outcome.SETTLE_LOWER:
            application.settled_amount = decision.amount
            application.move_to(Status.SETTLED)
            _rebook(application, money, by=by, on=on)
        case Outcome.CHANGE:
            _change(application, decision, money, status=status, by=by, on=on)
        case Outcome.REVOKE:
            _take_back(application, money, by=by, on=on)
        case _:
            _stay(application, status)
            debts.carry_out(application, decision, outcome, by=by, on=on)
    if money.pays and decision.payment_due:
        pay.prepare_payment(decision, purpose=money.purpose, amount=money.pays, due_on=decision.payment_due)


def _of_a_grant(application: Application, terms: DecisionTerms, before: Decimal, gone: Decimal) -> Money:
    amount = terms.amount or NOTHING
    if is_direct(application, terms.outcome, amount, terms.budget_year):
        return Money(before, amount, max(amount - gone, NOTHING), max(gone - amount, NOTHING), "grant")
    rules = application.scheme_version
    usual = advance(amount, rules.advance_percent, rules.advance_above)
    ahead = usual if terms.advance is None else terms.advance
    return Money(before, amount, max(ahead - gone, NOTHING), max(gone - amount, NOTHING), "advance")


def _changed_payment(application: Application, before: Decimal, amount: Decimal, gone: Decimal) -> Decimal:
    """What is still to be paid after a change: never more than was about to be paid.

    Another day changes nothing about what is on its way to the bank; on objection a part can be given back.
    """
    if amount > before:
        return max(amount - gone, NOTHING)
    statuses = HELD if amount < before else WAITING
    held = Payment.objects.of_the_grant().filter(application=application, status__in=statuses)
    waiting: Decimal = held.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    return min(waiting, max(amount - gone, NOTHING))


def _grant(application: Application, decision: Decision, money: Money, *, outcome: str, by: User, on: date) -> None:
    amount = money.amount or NOTHING
    direct = is_direct(application, outcome, amount, decision.budget_year)
    _rebook(application, money, by=by, on=on)
    application.granted_amount = amount
    application.settled_amount = amount if direct else None
    application.move_to(Status.SETTLED if direct else Status.GRANTED)
    expect_report(application, decision)
    if application.initiative is not None:
        mark_funded(application.initiative, amount=amount, scheme=application.scheme.name, by=by)


def _change(application: Application, decision: Decision, money: Money, *, status: str, by: User, on: date) -> None:
    application.granted_amount = money.amount
    if status == Status.SETTLED:
        application.settled_amount = money.amount
    _stay(application, status)
    expect_report(application, decision)
    if money.amount is not None and money.amount != money.before:
        _rebook(application, money, by=by, on=on)
    elif money.pays:
        _drop_held_payments(application, WAITING)


def _take_back(application: Application, money: Money, *, by: User, on: date) -> None:
    application.settled_amount = NOTHING
    application.move_to(Status.REVOKED)
    _rebook(application, money, by=by, on=on)


def _stay(application: Application, status: str) -> None:
    """Back to where the case stood; the version says that something happened."""
    if application.status == status:
        application.version += 1
    else:
        application.move_to(status)


def _rebook(application: Application, money: Money, *, by: User, on: date) -> None:
    """Give back to the ceiling what is no longer promised, or book what comes on top after an objection.

    Payments that wait are made anew for what is left.
    """
    _drop_held_payments(application)
    difference = money.before - (money.amount or NOTHING)
    if difference > 0:
        budget.lower(application, difference, by=by, on=on)
    elif difference < 0:
        budget.grant(application, -difference, by=by, on=on)


def _drop_held_payments(application: Application, statuses: Collection[str] = HELD) -> None:
    held = Payment.objects.locked().of_the_grant().filter(application=application, status__in=statuses)
    for payment in held.order_by("pk"):
        if payment.status == PaymentStatus.IN_BATCH:
            pay.take_out(payment)
        payment.move_to(PaymentStatus.CANCELLED)
        payment.save()
