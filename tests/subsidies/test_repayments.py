"""Money that has to come back, for finance: the list of claims, booking in parts, and the statement of the bank."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import budget
from subsidies.bank import statement
from subsidies.enums import EntryKind, Outcome
from subsidies.models import Entry, Recovery, Repayment
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, DecisionFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "/beheer/subsidies/recovery/"


def claim_of(amount: int = 200, **changes) -> Recovery:
    """A grant that was paid and has to come back in part."""
    case = ApplicationFactory(settled=True, **changes)
    CeilingFactory(scheme=case.scheme)
    budget.grant(case, Decimal(750), by=case.owner, on=today())
    budget.paid(case, Decimal(750), by=case.owner, on=today())
    decision = DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(amount))
    return Recovery.objects.create(application=case, decision=decision, amount=Decimal(amount), due_on=today())


@pytest.fixture
def claim():
    return claim_of()


def page(claim: Recovery) -> str:
    return reverse("admin:subsidies_recovery_change", args=[claim.pk])


def book(client, claim: Recovery, amount: str):
    """Look at the letter, and book."""
    address = reverse("admin:subsidies_recovery_book", args=[claim.pk])
    day = {"on_0": str(today().day), "on_1": str(today().month), "on_2": str(today().year)}
    answers = {"version": Recovery.objects.get(pk=claim.pk).version, "amount": amount, **day}
    shown = client.post(address, {**answers, "_preview": "1"})
    seen = shown.context["letters"].fingerprint if shown.context["letters"] else ""
    return client.post(address, {**answers, "_send": "1", "seen": seen})


def test_finance_books_parts_with_a_letter_each_and_the_ledger_follows(client, claim):
    finance = sign_in(client, FinanceFactory())

    assert book(client, claim, "150").status_code == 302
    part = client.get(page(claim)).text
    assert book(client, claim, "50,00").status_code == 302

    assert "€ 50,00 terug te betalen door Anna Bewoner" in part.replace("\xa0", " ")
    claim.refresh_from_db()
    assert (claim.left, claim.received_on) == (Decimal(0), today())
    assert [each.booked_by for each in Repayment.objects.all()] == [finance, finance]
    assert [entry.amount for entry in Entry.objects.filter(kind=EntryKind.RECLAIMED).order_by("pk")] == [150, 50]
    letters = OutboxMessage.objects.filter(key__contains="recovery_received")
    assert ["nog" in letter.text and "NL61 BNGH" in letter.text for letter in letters.order_by("pk")] == [True, False]


def test_more_than_is_owed_is_refused_in_words_and_nothing_is_booked(client, claim):
    sign_in(client, FinanceFactory())

    answer = client.post(
        reverse("admin:subsidies_recovery_book", args=[claim.pk]),
        {"version": claim.version, "amount": "200,01", "on_0": "1", "on_1": "1", "on_2": "2026", "_send": "1"},
        follow=True,
    )

    assert "ten hoogste" in answer.text
    assert not Repayment.objects.exists()


def test_who_sees_the_claims_and_who_books(client, claim):
    book_url = reverse("admin:subsidies_recovery_book", args=[claim.pk])
    seen = {}
    for role, factory in {"finance": FinanceFactory, "manager": ManagerFactory}.items():
        sign_in(client, factory())
        seen[role] = [client.get(address).status_code for address in (LIST, page(claim), book_url)]
    sign_in(client, CoordinatorFactory(wijk=claim.application.wijk))
    seen["coordinator"] = [client.get(address).status_code for address in (LIST, page(claim), book_url)]

    assert seen == {"finance": [200, 200, 200], "manager": [200, 200, 403], "coordinator": [403, 403, 403]}


def test_the_list_shows_what_is_open_first_and_takes_as_many_queries_for_thirty(
    client, claim, django_assert_max_num_queries
):
    done = claim_of(name="Bert Klaar")
    Recovery.objects.filter(pk=done.pk).update(received_amount=200)
    sign_in(client, FinanceFactory())

    assert "Bert Klaar" not in client.get(LIST).text
    assert "Bert Klaar" in client.get(f"{LIST}?stand=alles").text
    for _number in range(5):
        claim_of()
    with django_assert_max_num_queries(14):
        client.get(LIST)


def credit(text: str, amount: str, name: str) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>{today()}</Dt></BookgDt>'
        f"<AcctSvcrRef>{name}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        "</Ntry>"
    )


def camt(*entries: str) -> bytes:
    head = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
    return f"{head}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>".encode()


def test_a_statement_books_what_people_paid_back_once(client):
    claim = claim_of(reference="2026-S-00077")
    sign_in(client, FinanceFactory())
    content = camt(
        credit("terugbetaling buurtbon 2026 s 00077", "80.00", "B1"),
        credit("voor 2026-S-09999", "10.00", "B2"),
        credit("2026-S-00077", "500.00", "B3"),
    )

    def read() -> list[str]:
        upload = SimpleUploadedFile("afschrift.xml", content)
        answer = client.post(reverse("admin:subsidies_paymentbatch_statement"), {"statement": upload})
        return [row.outcome for row in answer.context["booked"]]

    first, second = read(), read()
    assert first[0] == "terugbetaling geboekt"
    assert "staat niets open" in first[1]
    assert "ten hoogste" in first[2]
    assert second[0] == "stond al als terugbetaling"
    claim.refresh_from_db()
    assert claim.received_amount == Decimal(80)


def test_a_csv_can_hold_repayments_too():
    text = (
        "datum;betalingskenmerk;bedrag;ontvangen;omschrijving;bankkenmerk\n6-5-2026;;25,00;ja;Retour 2026-S-00042;X9\n"
    )

    line = statement.read(text.encode())[0]

    assert (line.case, line.amount, line.bank_reference) == ("2026-S-00042", Decimal(25), "X9")
    assert line.booked_on == date(2026, 5, 6)


def test_what_came_back_is_never_changed(claim):
    Repayment.objects.create(recovery=claim, amount=1, received_on=today(), booked_by=FinanceFactory())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE subsidies_repayment SET amount = 2")
