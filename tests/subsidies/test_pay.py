"""From decision to money on the account: who gives, checks, makes, releases and books."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import budget
from subsidies.bank import statement
from subsidies.bank.statement import StatementLine
from subsidies.enums import AccountFinding, BatchStatus, EntryKind, PaymentStatus
from subsidies.models import Payment, PaymentBatch
from subsidies.workflow import pay
from tests.at_once import at_once
from tests.factories.accounts import FinanceFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    BankAccountFactory,
    CeilingFactory,
    DecisionFactory,
    PaymentFactory,
)

pytestmark = pytest.mark.django_db

ANNA = {"iban": "NL91ABNA0417164300", "holder": "A. Bewoner"}
OTHER = {"iban": "NL20INGB0001234567", "holder": "A. Bewoner"}


@pytest.fixture
def fien():
    return FinanceFactory(name="Fien Financiën")


@pytest.fixture
def finn():
    return FinanceFactory(name="Finn Tweede")


def subjects(application):
    return list(OutboxMessage.objects.about(application).order_by("pk").values_list("subject", flat=True))


def prepare(decision=None, purpose="grant", amount=750):
    decision = decision or DecisionFactory()
    return pay.prepare_payment(decision, purpose=purpose, amount=Decimal(amount), due_on=decision.payment_due)


def batch_of(*payments, by):
    return pay.make_batch(payments, execute_on=today(), by=by)


def released(payment, fien, finn):
    batch = batch_of(payment, by=fien)
    pay.release_batch(batch, seen=batch.file_sha256, by=finn)
    payment.refresh_from_db()
    return payment


# The account


def test_a_payment_asks_for_the_account_which_nobody_gave_before_the_decision():
    payment = prepare()

    assert (payment.status, payment.account) == (PaymentStatus.WAITING_FOR_IBAN, None)
    assert payment.end_to_end == f"{payment.application.reference}-1"
    (letter,) = OutboxMessage.objects.about(payment.application)
    assert "/subsidie/rekening/" in letter.text


def test_a_later_payment_goes_to_the_account_that_is_known_and_asks_nothing():
    account = BankAccountFactory()
    decision = DecisionFactory(application=account.application)

    first, second = prepare(decision, "advance", 300), prepare(decision, "settlement", 450)

    assert [(p.status, p.account) for p in (first, second)] == [(PaymentStatus.READY, account)] * 2
    assert (second.end_to_end[-2:], subjects(account.application)) == ("-2", [])


def test_the_applicant_gives_an_account_and_gets_a_receipt_with_its_last_four_signs():
    payment = prepare()

    account = pay.give_account(payment.application, **ANNA)

    payment.refresh_from_db()
    assert (payment.status, payment.account, account.findings) == (PaymentStatus.READY, account, [])
    receipt = OutboxMessage.objects.about(payment.application).order_by("pk").last()
    assert "eindigt op 4300" in receipt.text
    assert "ABNA" not in receipt.text
    assert "ABNA" not in str(list(Event.objects.values()))


def test_giving_an_account_is_kept_as_a_message_with_its_time(fien):
    payment = prepare()

    with time_machine.travel("2026-12-01 14:32:00+01:00", tick=False):
        pay.give_account(payment.application, **ANNA)

    message = payment.application.messages.get()
    assert (message.kind, message.text, message.channel) == ("bank_account", "•••• 4300, A. Bewoner", "web")
    assert message.answered_at is not None
    receipt = OutboxMessage.objects.about(payment.application).order_by("pk").last()
    assert "Op dinsdag 1 december 2026 om 14:32 uur hebben wij uw rekeningnummer ontvangen." in receipt.text


def test_giving_the_same_account_twice_keeps_one():
    payment = prepare()

    accounts = {pay.give_account(payment.application, **ANNA).pk for _n in range(2)}

    assert len(accounts) == 1


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"holder": "P. Jansen"}, [AccountFinding.NAME_DIFFERS]),
        ({"iban": "BE68539007547034"}, [AccountFinding.FOREIGN]),
        ({"iban": "NL39RABO0300065264"}, [AccountFinding.USED_ELSEWHERE]),
        ({"holder": "Tentenverhuur", "is_supplier": True, "invoice_number": "7"}, [AccountFinding.NO_INVOICE]),
    ],
)
def test_what_finance_should_look_at_is_a_question_and_never_a_refusal(given, found):
    BankAccountFactory(iban="NL39RABO0300065264")
    payment = prepare()

    account = pay.give_account(payment.application, **(ANNA | given))

    assert account.findings == found


def test_another_account_blocks_the_payment_until_finance_has_looked(fien):
    payment = prepare()
    pay.check_account(pay.give_account(payment.application, **ANNA), by=fien)

    changed = pay.give_account(payment.application, **OTHER)

    payment.refresh_from_db()
    assert (payment.status, changed.findings) == (PaymentStatus.BLOCKED, [AccountFinding.CHANGED])
    with pytest.raises(WorkflowError, match="niet klaar"):
        batch_of(payment, by=fien)
    pay.check_account(changed, by=fien)
    payment.refresh_from_db()
    assert (payment.status, payment.account) == (PaymentStatus.READY, changed)


def test_another_account_takes_the_payment_out_of_a_file_that_was_not_released(fien, finn):
    application = ApplicationFactory(granted=True)
    payment = PaymentFactory(decision=DecisionFactory(application=application), ready=True)
    other = PaymentFactory(ready=True, amount=Decimal(100))
    batch = batch_of(payment, other, by=fien)

    pay.give_account(application, **OTHER)

    payment.refresh_from_db()
    seen, batch = batch.file_sha256, PaymentBatch.objects.get()
    assert (payment.status, payment.batch, batch.total) == (PaymentStatus.BLOCKED, None, 100)
    with pytest.raises(WorkflowError, match="intussen veranderd"):
        pay.release_batch(batch, seen=seen, by=finn)


def test_an_account_that_was_replaced_cannot_be_checked_any_more(fien):
    payment = prepare()
    old = pay.give_account(payment.application, **ANNA)
    pay.give_account(payment.application, **OTHER)

    with pytest.raises(WorkflowError, match="ander rekeningnummer"):
        pay.check_account(old, by=fien)


def test_nothing_to_pay_means_nothing_to_give():
    with pytest.raises(WorkflowError, match="geen betaling open"):
        pay.give_account(ApplicationFactory(granted=True), **ANNA)


# The file


def test_one_makes_the_file_another_releases_it_and_who_takes_it_is_written_down(fien, finn):
    payment = PaymentFactory(ready=True)

    batch = batch_of(payment, by=fien)
    with pytest.raises(WorkflowError, match="nog niet vrijgegeven"):
        pay.record_download(batch, by=fien)
    with pytest.raises(WorkflowError, match="Een ander"):
        pay.release_batch(batch, seen=batch.file_sha256, by=fien)
    batch = pay.release_batch(batch, seen=batch.file_sha256, by=finn)
    content = pay.record_download(batch, by=finn)

    payment.refresh_from_db()
    assert (payment.status, batch.status) == (PaymentStatus.RELEASED, BatchStatus.RELEASED)
    assert payment.end_to_end.encode() in content
    event = Event.objects.get(action="subsidies.batch_downloaded")
    assert (event.actor_label, event.new) == ("Finn Tweede", {"sha256": batch.file_sha256})


def test_an_account_that_nobody_checked_is_not_paid(fien):
    with pytest.raises(WorkflowError, match="nog niet nagekeken"):
        batch_of(PaymentFactory(unchecked=True), by=fien)

    assert PaymentBatch.objects.count() == 0


def test_a_file_that_was_dropped_leaves_its_payments_for_another(fien, finn):
    payment = PaymentFactory(ready=True)

    pay.cancel_batch(batch_of(payment, by=fien), by=fien)

    payment.refresh_from_db()
    assert released(payment, fien, finn).status == PaymentStatus.RELEASED


def test_the_same_payment_never_comes_into_a_second_file(fien):
    payment = PaymentFactory(ready=True)
    batch_of(payment, by=fien)

    with pytest.raises(WorkflowError, match="niet klaar"):
        batch_of(payment, by=fien)


@pytest.mark.parametrize("same", [{"end_to_end": "2020-S-1"}, {"purpose": "grant"}])
def test_the_database_itself_refuses_to_pay_a_thing_twice(same):
    first = PaymentFactory(end_to_end="2020-S-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentFactory(**({"decision": first.decision} | {"purpose": "other"} | same))


@pytest.mark.django_db(transaction=True)
def test_many_who_make_a_file_at_once_pay_once():
    makers = [FinanceFactory() for _n in range(8)]
    payment = PaymentFactory(ready=True)

    results = at_once(*[partial(batch_of, payment, by=maker) for maker in makers])

    assert sorted(results) == ["done"] + ["refused"] * 7
    assert PaymentBatch.objects.get().total == payment.amount


@pytest.mark.django_db(transaction=True)
def test_an_account_that_changes_while_the_file_is_released_never_leaves_a_file_that_was_not_seen():
    maker, releaser = FinanceFactory(), FinanceFactory()
    for _round in range(10):
        payment = PaymentFactory(ready=True)
        other = PaymentFactory(ready=True)
        batch = batch_of(payment, other, by=maker)

        results = at_once(
            partial(pay.release_batch, batch, seen=batch.file_sha256, by=releaser),
            partial(pay.give_account, payment.application, **OTHER),
        )

        batch.refresh_from_db()
        payment.refresh_from_db()
        in_file = payment.end_to_end.encode() in bytes(batch.file)
        assert sorted(results) == ["done", "refused"]
        assert (payment.status, in_file) in ((PaymentStatus.RELEASED, True), (PaymentStatus.BLOCKED, False))


# The bank


def test_the_bank_date_makes_it_paid_and_the_ledger_knows(fien, finn):
    payment = released(PaymentFactory(ready=True), fien, finn)
    CeilingFactory(scheme=payment.application.scheme)
    budget.grant(payment.application, Decimal(750), by=fien, on=today())

    pay.mark_paid(payment, credited_on=today(), by=fien)

    entry = payment.application.entries.first()
    assert (entry.kind, entry.amount, entry.note) == (EntryKind.PAID, 750, payment.end_to_end)
    assert subjects(payment.application)[-1].startswith("Wij hebben betaald")
    with pytest.raises(WorkflowError):
        pay.mark_paid(payment, credited_on=today(), by=fien)


def test_a_penalty_is_paid_outside_the_ledger(fien, finn):
    payment = released(PaymentFactory(ready=True, purpose="penalty", amount=Decimal(23)), fien, finn)
    CeilingFactory(scheme=payment.application.scheme)
    budget.grant(payment.application, Decimal(10), by=fien, on=today())

    pay.mark_paid(payment, credited_on=today(), by=fien)

    assert not payment.application.entries.filter(kind=EntryKind.PAID).exists()


def test_money_that_came_back_becomes_a_new_payment_after_a_new_account(fien, finn):
    payment = released(PaymentFactory(ready=True), fien, finn)
    CeilingFactory(scheme=payment.application.scheme)
    budget.grant(payment.application, Decimal(750), by=fien, on=today())
    pay.mark_paid(payment, credited_on=today(), by=fien)
    payment.refresh_from_db()

    again = pay.mark_returned(payment, returned_on=today(), reason="AC01", by=fien)

    assert (again.status, again.replaces, again.account) == (PaymentStatus.WAITING_FOR_IBAN, payment, None)
    assert again.end_to_end != payment.end_to_end
    assert subjects(payment.application)[-1].startswith("Onze betaling kwam terug")
    pay.check_account(pay.give_account(payment.application, **OTHER), by=fien)
    pay.mark_paid(released(Payment.objects.get(pk=again.pk), fien, finn), credited_on=today(), by=fien)
    assert [entry.kind for entry in payment.application.entries.order_by("pk")][1:] == ["paid", "returned", "paid"]


def test_a_statement_books_what_is_ours_once_and_says_of_each_line_what_came_of_it(fien, finn):
    one, two, three = (released(PaymentFactory(ready=True), fien, finn) for _n in range(3))
    lines = [
        StatementLine(one.end_to_end, today(), Decimal(750)),
        StatementLine(two.end_to_end, today(), Decimal(751)),
        StatementLine(three.end_to_end, today(), None, is_return=True, reason="AC04"),
        StatementLine("HUUR-12", today(), Decimal(9)),
    ]

    first, second = ([b.outcome for b in pay.book_statement(lines, by=fien)] for _n in range(2))

    statuses = [Payment.objects.get(pk=p.pk).status for p in (one, two, three)]
    assert statuses == [PaymentStatus.PAID, PaymentStatus.RELEASED, PaymentStatus.RETURNED]
    assert [outcome.split(":")[0] for outcome in first] == [
        "betaald",
        "ander bedrag",
        "teruggekomen",
        "geen betaling van ons",
    ]
    assert (second[0], second[2]) == ("stond al als betaald", "stond al als teruggekomen")


def test_a_file_from_the_bank_goes_all_the_way(fien, finn):
    payment = released(PaymentFactory(ready=True), fien, finn)
    text = f"betalingskenmerk;datum;bedrag\n{payment.end_to_end};{today():%d-%m-%Y};750,00\n"

    pay.book_statement(statement.read(text.encode()), by=fien)

    payment.refresh_from_db()
    assert (payment.status, payment.credited_on) == (PaymentStatus.PAID, today())


# What keeps a payment back


def test_a_payment_is_kept_back_and_let_go(fien):
    payment = PaymentFactory(ready=True)

    pay.block(payment, reason="Naam klopt niet", by=fien, version=1)
    with pytest.raises(StaleVersion):
        pay.unblock(payment, by=fien, version=1)
    pay.unblock(payment, by=fien, version=2)

    payment.refresh_from_db()
    assert (payment.status, payment.blocked_because) == (PaymentStatus.READY, "")


def test_paying_stops_for_thirteen_weeks_at_most_and_goes_on_by_itself(fien):
    payment = PaymentFactory(ready=True)
    application = payment.application
    batch_of(payment, by=fien)
    until = today() + timedelta(weeks=13)

    with pytest.raises(WorkflowError, match="13 weken"):
        pay.stop_payment(application, until=until + timedelta(days=1), reason="Twijfel", by=fien)
    pay.stop_payment(application, until=until, reason="Wij twijfelen of het doorgaat.", by=fien)

    payment.refresh_from_db()
    assert (payment.status, payment.batch) == (PaymentStatus.BLOCKED, None)
    with pytest.raises(WorkflowError, match="stilgelegd"):
        pay.unblock(payment, by=fien)
    with pytest.raises(WorkflowError, match="ligt al stil"):
        pay.stop_payment(application, until=until, reason="Nog langer", by=fien)
    with time_machine.travel(until + timedelta(days=1), tick=False):
        pay.end_stops(today())
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.READY
    assert [subject.split(",")[0] for subject in subjects(application)] == [
        "Wij betalen voorlopig niet",
        "Wij betalen weer",
    ]


def test_a_stop_that_was_lifted_counts_in_the_thirteen_weeks_of_the_next_one(fien):
    application = PaymentFactory(ready=True).application
    start = today()
    pay.stop_payment(application, until=start + timedelta(weeks=13), reason="Wij twijfelen.", by=fien)
    with time_machine.travel(start + timedelta(days=40), tick=False):
        pay.resume_payment(application, by=fien)

    with time_machine.travel(start + timedelta(days=100), tick=False):
        with pytest.raises(WorkflowError, match="13 weken"):
            pay.stop_payment(application, until=today() + timedelta(days=52), reason="Toch weer", by=fien)
        pay.stop_payment(application, until=today() + timedelta(days=51), reason="Toch weer", by=fien)
    with time_machine.travel(start + timedelta(days=152), tick=False):
        pay.end_stops(today())
        with pytest.raises(WorkflowError, match="al 13 weken stil"):
            pay.stop_payment(application, until=today() + timedelta(days=1), reason="Nog eens", by=fien)
