"""The pages of finance: who sees what, the steps with their letters, files and statements."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shared.audit.models import Event
from shared.terms.calendar import today
from subsidies.enums import BatchStatus, PaymentStatus
from subsidies.models import BankAccount, Payment, PaymentBatch
from subsidies.workflow import pay
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.subsidies import DecisionFactory, PaymentFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

WHOLE, MASKED = "NL91 ABNA 0417 1643 00", "•••• 4300"


def payment_url(payment):
    return reverse("admin:subsidies_payment_change", args=[payment.pk])


def step_url(payment, slug):
    return reverse("admin:subsidies_payment_step", args=[payment.pk, slug])


def batch_url(batch, name="change"):
    return reverse(f"admin:subsidies_paymentbatch_{name}", args=[batch.pk])


@pytest.fixture
def finance(client):
    return sign_in(client, FinanceFactory(name="Fien Financiën"))


def every_page(payment, batch):
    return [
        reverse("admin:subsidies_payment_changelist"),
        payment_url(payment),
        step_url(payment, "tegenhouden"),
        reverse("admin:subsidies_paymentbatch_changelist"),
        reverse("admin:subsidies_paymentbatch_make"),
        reverse("admin:subsidies_paymentbatch_statement"),
        batch_url(batch),
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (FinanceFactory, 200),
        (CoordinatorFactory, 403),
        (CouncilStaffFactory, 302),
        (AmbassadorFactory, 403),
        (PartnerFactory, 302),
        (UserFactory, 302),
        (None, 302),
    ],
)
def test_only_finance_opens_the_pages_about_paying(client, role, status):
    payment, other = PaymentFactory(ready=True), PaymentFactory(ready=True)
    batch = pay.make_batch([other], execute_on=today(), by=FinanceFactory())
    if role:
        sign_in(client, role())

    answers = {url: client.get(url).status_code for url in every_page(payment, batch)}

    expected = {status} if status != 302 else {302, 403}
    assert set(answers.values()) <= expected, answers


def test_the_manager_looks_and_changes_nothing(client):
    payment, other = PaymentFactory(ready=True), PaymentFactory(ready=True)
    batch = pay.make_batch([other], execute_on=today(), by=FinanceFactory())
    sign_in(client, ManagerFactory())

    answers = [client.get(url) for url in every_page(payment, batch)]

    assert [answer.status_code for answer in answers] == [200, 200, 403, 200, 403, 403, 200]
    assert WHOLE not in "".join(answer.text for answer in answers)
    assert client.post(batch_url(batch, "release"), {"seen": batch.file_sha256}).status_code == 403
    assert client.get(batch_url(batch, "file")).status_code == 403


def test_finance_reads_the_whole_account_and_that_is_written_down(client, finance):
    payment = PaymentFactory(unchecked=True)

    listed, page = client.get(reverse("admin:subsidies_payment_changelist")), client.get(payment_url(payment))

    assert (MASKED in listed.text, WHOLE in listed.text, WHOLE in page.text) == (True, False, True)
    event = Event.objects.get(action="audit.read", text="Rekeningnummer")
    assert (event.actor_label, event.subject_id) == ("Fien Financiën", str(payment.application.pk))


def test_reviewers_see_the_last_four_signs_on_the_file_page(client):
    payment = PaymentFactory(ready=True)
    sign_in(client, CoordinatorFactory(wijk=payment.application.wijk))

    page = client.get(reverse("admin:subsidies_application_change", args=[payment.application.pk]))

    assert MASKED in page.text
    assert "ABNA" not in page.text


def test_the_list_shows_what_is_not_paid_yet_and_filters_by_what_there_is_to_do(client, finance):
    decision = DecisionFactory()
    waits = pay.prepare_payment(decision, purpose="grant", amount=Decimal(1), due_on=decision.payment_due)
    shown = {
        "wacht": waits,
        "nakijken": PaymentFactory(unchecked=True),
        "klaar": PaymentFactory(ready=True),
        "betaald": PaymentFactory(status=PaymentStatus.PAID, credited_on=today()),
    }

    def listed(query):
        page = client.get(reverse("admin:subsidies_payment_changelist") + query)
        return {payment.pk for payment in page.context["cl"].result_list}

    assert listed("") == {payment.pk for name, payment in shown.items() if name != "betaald"}
    assert {name: listed(f"?stand={name}") for name in shown} == {name: {p.pk} for name, p in shown.items()}


def test_lists_ask_the_same_number_of_questions_for_three_rows_and_thirty(
    client, finance, django_assert_max_num_queries
):
    for address in ("admin:subsidies_payment_changelist", "admin:subsidies_paymentbatch_make"):
        PaymentFactory.create_batch(3, ready=True)
        client.get(reverse(address))
        with django_assert_max_num_queries(40) as few:
            client.get(reverse(address))
        PaymentFactory.create_batch(27, ready=True)
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get(reverse(address))


def send(client, payment, slug, answers=None):
    """Look at the letter, then take the step with what the page gave."""
    url = step_url(payment, slug)
    data = {"version": payment.version, **(answers or {})}
    preview = client.post(url, data | {"_preview": "1"})
    seen = preview.context["letters"].fingerprint
    return client.post(url, data | {"_send": "1", "seen": seen}, follow=True)


def test_finance_checks_an_account(client, finance):
    payment = PaymentFactory(unchecked=True)

    send(client, payment, "nakijken")

    account = BankAccount.objects.get()
    assert account.checked_by == finance


def test_finance_writes_down_an_account_for_who_calls_and_sees_the_receipt_beforehand(client, finance):
    decision = DecisionFactory()
    payment = pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)
    answers = {"whose": "own", "iban": WHOLE, "holder": "A. Bewoner"}

    preview = client.post(step_url(payment, "rekening"), {"version": 1, "_preview": "1", **answers})
    assert "eindigt op 4300" in preview.text
    assert BankAccount.objects.count() == 0
    send(client, payment, "rekening", answers)

    assert BankAccount.objects.get().iban == "NL91ABNA0417164300"
    assert Event.objects.get(action="subsidies.account_given").actor_label == "Fien Financiën"


def test_a_supplier_is_no_choice_where_the_scheme_pays_none(client, finance):
    payment = PaymentFactory()
    rules = payment.application.scheme_version
    rules.pays_supplier = False
    rules.save()

    page = client.get(step_url(payment, "rekening")).text
    answers = {"iban": "NL91ABNA0417164300", "holder": "A. Bewoner"}
    send(client, payment, "rekening", answers)

    assert ('name="iban"' in page, 'name="whose"' in page) == (True, False)
    assert BankAccount.objects.get().is_supplier is False


@pytest.mark.parametrize(("typed", "words"), [("", "Vul het rekeningnummer"), ("NL00ABNA", "Vraag het na")])
def test_who_writes_an_account_down_reads_words_about_the_applicant(client, finance, typed, words):
    decision = DecisionFactory()
    payment = pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)
    answers = {"whose": "own", "iban": typed, "holder": "A. Bewoner"}

    page = client.post(step_url(payment, "rekening"), {"version": 1, "_preview": "1", **answers}).text

    assert words in page
    assert "Op de rekening van de aanvrager" in page
    assert "A. Bewoner" in page


def test_finance_keeps_a_payment_back_and_lets_it_go(client, finance):
    payment = PaymentFactory(ready=True)

    send(client, payment, "tegenhouden", {"reason": "Factuur klopt niet"})
    payment.refresh_from_db()
    assert (payment.status, payment.blocked_because) == (PaymentStatus.BLOCKED, "Factuur klopt niet")
    send(client, payment, "doorgaan")

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.READY


def test_a_step_with_a_stale_page_or_the_wrong_status_is_refused(client, finance):
    payment = PaymentFactory(ready=True)

    stale = client.post(
        step_url(payment, "tegenhouden"), {"version": 9, "reason": "x", "_send": "1", "seen": ""}, follow=True
    )
    closed = client.get(step_url(payment, "betaald"), follow=True)

    assert "intussen gewijzigd" in stale.text
    assert "Dit kan nu niet" in closed.text
    assert client.get(step_url(payment, "bestaat-niet")).status_code == 404


def test_from_ready_to_paid_by_two_people(client, finance):
    payment = PaymentFactory(ready=True)

    made = client.post(
        reverse("admin:subsidies_paymentbatch_make"),
        {
            "payments": [payment.pk],
            "execute_on_0": today().day,
            "execute_on_1": today().month,
            "execute_on_2": today().year,
        },
        follow=True,
    )
    batch = PaymentBatch.objects.get()
    assert "Een collega van financiën geeft het vrij" in made.text
    client.post(batch_url(batch, "release"), {"seen": batch.file_sha256})
    batch.refresh_from_db()
    assert batch.status == BatchStatus.OPEN

    sign_in(client, FinanceFactory(name="Finn Tweede"))
    client.post(batch_url(batch, "release"), {"seen": batch.file_sha256})
    file = client.get(batch_url(batch, "file"))
    assert file.content.startswith(b"<?xml")
    assert "attachment" in file["Content-Disposition"]

    text = f"betalingskenmerk;datum\n{payment.end_to_end};{today():%d-%m-%Y}\nONBEKEND;{today():%d-%m-%Y}\n"
    upload = SimpleUploadedFile("afschrift.csv", text.encode())
    page = client.post(reverse("admin:subsidies_paymentbatch_statement"), {"statement": upload})

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID
    assert ("geen betaling van ons" in page.text, "betaald" in page.text) == (True, True)
    assert "betaald op" in client.get(reverse("admin:subsidies_payment_changelist") + "?stand=betaald").text


def test_finance_books_by_hand_that_money_came_back(client, finance):
    payment = PaymentFactory(ready=True, status=PaymentStatus.RELEASED)
    day = {"on_0": today().day, "on_1": today().month, "on_2": today().year}

    send(client, payment, "teruggekomen", {**day, "reason": "Rekening opgeheven"})

    again = Payment.objects.get(replaces=payment)
    assert again.status == PaymentStatus.WAITING_FOR_IBAN
    assert payment.end_to_end in client.get(payment_url(again)).text


@pytest.mark.parametrize("name", ["release", "cancel"])
def test_what_changes_something_is_a_button(client, finance, name):
    batch = pay.make_batch([PaymentFactory(ready=True)], execute_on=today(), by=FinanceFactory())

    assert client.get(batch_url(batch, name)).status_code == 405


def test_a_file_that_is_dropped_frees_its_payments(client, finance):
    payment = PaymentFactory(ready=True)
    batch = pay.make_batch([payment], execute_on=today(), by=finance)

    page = client.post(batch_url(batch, "cancel"), follow=True)
    taken = client.get(batch_url(batch, "file"), follow=True)

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.READY
    assert "vervallen" in page.text
    assert "nog niet vrijgegeven" in taken.text


def test_a_file_that_is_no_statement_is_refused_in_words(client, finance):
    upload = SimpleUploadedFile("afschrift.csv", b"naam;bedrag\nAnna;3\n")

    page = client.post(reverse("admin:subsidies_paymentbatch_statement"), {"statement": upload})

    assert "Wij vinden de kolommen niet" in page.text


def test_reviewers_stop_a_payment_and_resume_it(client):
    payment = PaymentFactory(ready=True)
    case = payment.application
    sign_in(client, CoordinatorFactory(wijk=case.wijk))
    until = today().replace(day=28)
    if until <= today():
        until = today().replace(year=today().year + 1, month=1, day=5)
    answers = {
        "until_0": until.day,
        "until_1": until.month,
        "until_2": until.year,
        "reason": "Wij twijfelen of het feest doorgaat.",
        "version": case.version,
    }
    url = reverse("admin:subsidies_application_step", args=[case.pk, "betaling-stilleggen"])

    seen = client.post(url, answers | {"_preview": "1"}).context["letters"].fingerprint
    client.post(url, answers | {"_send": "1", "seen": seen})

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.BLOCKED
    page = client.get(reverse("admin:subsidies_application_change", args=[case.pk]))
    assert ("Betaling hervatten" in page.text, "De betaling ligt stil tot en met" in page.text) == (True, True)
