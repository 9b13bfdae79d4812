"""The signed link after the decision: the applicant says where the money may go."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.links import sign
from shared.notifications.models import OutboxMessage
from shared.notifications.rehearsal import NO_LETTERS
from subsidies.enums import AccountFinding
from subsidies.letters.payment import account_token
from subsidies.models import BankAccount, Payment
from subsidies.workflow import pay
from tests.factories.accounts import CoordinatorFactory, FinanceFactory
from tests.factories.documents import StoredFileFactory, photo
from tests.factories.subsidies import ApplicationFactory, DecisionFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

OWN = {"whose": "own", "iban": "nl91 abna 0417 1643 00", "holder": "A. Bewoner", "invoice_number": "99"}
SUPPLIER = {"whose": "supplier", "iban": "NL20INGB0001234567", "holder": "Tenten B.V.", "invoice_number": "2026-7"}


@pytest.fixture
def application():
    decision = DecisionFactory()
    pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)
    return decision.application


def page(application):
    return reverse("subsidies:account", args=[account_token(application)])


def test_the_page_says_how_much_and_when_and_asks_for_the_account(client, application):
    answer = client.get(page(application))

    assert answer.status_code == 200
    assert "750,00" in answer.text
    assert "IBAN" in answer.text


@pytest.mark.parametrize("pays", [True, False])
def test_the_letter_that_asks_for_it_names_a_supplier_only_where_the_scheme_pays_one(pays):
    decision = DecisionFactory()
    rules = decision.application.scheme_version
    rules.pays_supplier = pays
    rules.save()

    pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)

    letter = OutboxMessage.objects.get(text__contains="pas nu naar uw rekeningnummer")
    assert ("leverancier" in letter.text) is pays


def test_the_account_is_kept_and_only_its_last_four_signs_are_shown(client, application):
    answer = client.post(page(application), OWN, follow=True)

    account = BankAccount.objects.get()
    assert (account.iban, account.holder, account.is_supplier) == ("NL91ABNA0417164300", "A. Bewoner", False)
    assert account.invoice_number == ""
    assert "•••• 4300" in answer.text
    assert "ABNA" not in answer.text


def test_the_supplier_can_be_paid_for_an_invoice_that_finance_sees_and_nobody_else(client, application):
    client.post(page(application), SUPPLIER | {"invoice": photo(name="factuur.jpg")})

    account = BankAccount.objects.get()
    assert (account.is_supplier, account.invoice_number) == (True, "2026-7")
    assert account.invoice.file.original_name == "factuur.jpg"
    assert account.findings == [AccountFinding.SUPPLIER]
    payment = Payment.objects.get()
    invoice = reverse("admin:subsidies_payment_invoice", args=[payment.pk])
    sign_in(client, FinanceFactory())
    assert "factuur.jpg" in client.get(reverse("admin:subsidies_payment_change", args=[payment.pk])).text
    assert client.get(invoice).getvalue()
    # The coordinator of the wijk sees neither the account number nor the paper that it stands on.
    sign_in(client, CoordinatorFactory(wijk=application.wijk))
    by_file = reverse("admin:subsidies_application_file", args=[application.pk, account.invoice_id])
    assert [client.get(address).status_code for address in (invoice, by_file)] == [403, 404]
    assert by_file not in client.get(reverse("admin:subsidies_application_change", args=[application.pk])).text


def test_finance_checks_the_invoice_and_never_passes_an_account_without_one(client, application):
    account = pay.give_account(
        application, iban="NL20INGB0001234567", holder="Tenten B.V.", is_supplier=True, invoice_number="2026-7"
    )
    by = FinanceFactory()
    with pytest.raises(WorkflowError, match="factuur"):
        pay.check_account(account, by=by)
    pay.give_account(
        application,
        iban="NL20INGB0001234567",
        holder="Tenten B.V.",
        is_supplier=True,
        invoice_number="2026-7",
        invoice=StoredFileFactory(document=True),
    )
    payment = Payment.objects.get()
    step = reverse("admin:subsidies_payment_step", args=[payment.pk, "factuur"])
    sign_in(client, by)

    refused = client.post(step, {"version": payment.version, "_send": "1", "seen": "geen"})
    taken = client.post(step, {"version": payment.version, "_send": "1", "seen": NO_LETTERS, "matches": "on"})

    assert "zet een vinkje als alles klopt" in refused.text
    assert taken.status_code == 302
    assert Payment.objects.get().account.checked_by == by


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"iban": "NL92ABNA0417164300"}, "klopt niet"),
        ({"iban": ""}, "Vul uw rekeningnummer"),
        ({"holder": ""}, "Vul in op wiens naam"),
        ({"whose": "supplier", "invoice_number": ""}, "Vul het factuurnummer in"),
        ({"whose": "supplier"}, "Kies een foto of pdf van de factuur"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_kept(client, application, wrong, said):
    answer = client.post(page(application), OWN | wrong)

    assert said in answer.text
    assert BankAccount.objects.count() == 0


def test_a_second_press_keeps_one_account_and_sends_one_receipt(client, application):
    token = "6d1f7c1e-2a53-4c55-9a3b-64d54d3b7f11"

    for _n in range(2):
        client.post(page(application), OWN | {"once": token})

    assert BankAccount.objects.count() == 1


@pytest.mark.parametrize("changed", ["token", "address"])
def test_a_link_that_is_not_the_applicants_opens_nothing(client, application, changed):
    url = page(application)
    if changed == "token":
        url = reverse("subsidies:account", args=[sign("subsidies.case", application=application.pk, email="x@y.nl")])
    else:
        application.email = "nieuw@voorbeeld.example"
        application.save()

    assert client.get(url).status_code == 404


def test_when_nothing_is_to_be_paid_nothing_is_asked(client):
    answer = client.get(page(ApplicationFactory(granted=True)))

    assert "geen betaling open" in answer.text
    assert "IBAN" not in answer.text
