"""What the other browser tests of the small grant do not visit, past the gates: money, schemes, official messages."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from shared.links import sign
from shared.terms.calendar import today
from subsidies.enums import Channel, Distribution, MessageKind
from subsidies.letters.applicant import case_token
from subsidies.letters.payment import account_token
from subsidies.management import presets
from subsidies.models import Ceiling, Mandate, Payment, PaymentBatch, Scheme, SchemeVersion
from subsidies.workflow import complaint, messages, pay
from subsidies.workflow import scheme as schemes
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CompletionRequestFactory,
    DecisionFactory,
    HearingFactory,
    RoundFactory,
    SchemeVersionFactory,
)
from tests.factories.wijken import WijkFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Somebody's number, and another one.
FIRST, OTHER = "NL91ABNA0417164300", "NL20INGB0001234567"
PAYMENT_STEPS = ("nakijken", "rekening", "tegenhouden", "doorgaan", "betaald", "teruggekomen")


def promised(**traits) -> Payment:
    """Money that was granted, and no account yet."""
    decision = DecisionFactory(application=ApplicationFactory(granted=True, **traits))
    return pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)


def with_account(*, by=None, iban: str = FIRST) -> Payment:
    """The account was given, and looked at when `by` says by whom."""
    payment = promised()
    account = pay.give_account(payment.application, iban=iban, holder="A. Bewoner")
    if by:
        pay.check_account(account, by=by)
    payment.refresh_from_db()
    return payment


def released(maker, other) -> PaymentBatch:
    """A file that went to the bank."""
    batch = pay.make_batch([with_account(by=maker)], execute_on=today(), by=maker)
    return pay.release_batch(batch, seen=batch.file_sha256, by=other)


def send_empty(person: Visitor) -> None:
    """Press the button of a form as it stands, and look at what it says."""
    forms = person.page.locator("main form[method=post], #content form[method=post]")
    with person.page.expect_navigation():
        forms.locator("button[type=submit]:visible").last.click()
    person.gate.check()


def test_payments_in_every_state_with_their_steps(visitor):
    finance, colleague = FinanceFactory(), FinanceFactory()
    changed = with_account(by=finance)
    pay.give_account(changed.application, iban=OTHER, holder="A. Bewoner")
    sent = released(finance, colleague).payments.get()
    paid = pay.mark_paid(released(finance, colleague).payments.get(), credited_on=today(), by=finance)
    back = pay.mark_returned(paid, returned_on=today(), reason="rekening opgeheven", by=finance)
    person = arrive(visitor, finance, PHONE)

    person.open(reverse("admin:subsidies_payment_changelist"))
    for stage in ("nakijken", "klaar", "wacht", "geblokkeerd", "bank", "betaald", "onzin"):
        person.open(reverse("admin:subsidies_payment_changelist") + f"?stand={stage}")
    for payment in (promised(), with_account(), changed, sent, paid, back):
        person.open(reverse("admin:subsidies_payment_change", args=[payment.pk]))
        for slug in PAYMENT_STEPS:
            person.page.goto(person.portal + reverse("admin:subsidies_payment_step", args=[payment.pk, slug]))
            if f"/stap/{slug}/" in person.page.url:
                person.gate.check()


def test_files_for_the_bank_made_refused_released_and_booked(visitor, tmp_path: Path):
    finance, colleague = FinanceFactory(), FinanceFactory()
    person, other = arrive(visitor, finance, PHONE), arrive(visitor, colleague, PHONE)
    person.open(reverse("admin:subsidies_paymentbatch_make"))
    payment = with_account(by=finance)

    person.open(reverse("admin:subsidies_paymentbatch_make"))
    person.page.locator("input[name=payments]").uncheck()
    person.press("Betaalbestand maken")
    assert person.reads("Kies ten minste één betaling")
    person.page.locator("input[name=payments]").check()
    person.press("Betaalbestand maken")
    other.open(person.page.url.removeprefix(other.portal))
    other.press("Vrijgeven aan de bank")
    other.open(reverse("admin:subsidies_paymentbatch_changelist"))

    statement = tmp_path / "afschrift.csv"
    statement.write_text("iets;anders\n1;2\n")
    other.open(reverse("admin:subsidies_paymentbatch_statement"))
    other.press("Inlezen en boeken")
    other.page.locator("input[type=file]").set_input_files(statement)
    other.press("Inlezen en boeken")
    statement.write_text(
        f"betalingskenmerk;datum\n{payment.end_to_end};{today():%Y-%m-%d}\nonbekend;{today():%Y-%m-%d}\n"
    )
    other.page.locator("input[type=file]").set_input_files(statement)
    other.press("Inlezen en boeken")
    payment.refresh_from_db()
    assert payment.status == "paid"


def test_a_scheme_its_versions_ceilings_and_mandates(visitor):
    WijkFactory()
    for name in presets.NAMES:
        presets.load(name, year=today().year)
    schemes.make_version(Scheme.objects.get(code="buurtbon"), by=ManagerFactory())
    person = arrive(visitor, ManagerFactory(), PHONE)

    for scheme in Scheme.objects.order_by("pk"):
        person.open(reverse("admin:subsidies_scheme_change", args=[scheme.pk]))
    for version in SchemeVersion.objects.order_by("pk"):
        person.open(reverse("admin:subsidies_schemeversion_change", args=[version.pk]))
    draft = SchemeVersion.objects.get(published_at=None)
    person.page.goto(person.portal + reverse("admin:subsidies_schemeversion_publish", args=[draft.pk]))
    person.gate.check()
    ceiling = Ceiling.objects.order_by("pk")[0]
    person.open(reverse("admin:subsidies_ceiling_change", args=[ceiling.pk]))
    person.open(reverse("admin:subsidies_ceiling_amount", args=[ceiling.pk]))
    send_empty(person)
    person.open(reverse("admin:subsidies_mandate_change", args=[Mandate.objects.order_by("pk")[0].pk]))


def test_the_applicant_gives_an_account_with_errors_and_without(visitor):
    payment = promised()
    anna = visitor(PHONE)
    anna.open(reverse("subsidies:account", args=[account_token(payment.application)]))
    anna.press("Rekeningnummer doorgeven")
    anna.page.get_by_label("Op de rekening van een leverancier").check()
    anna.page.get_by_label("Rekeningnummer (IBAN)").fill("NL00 FOUT 0000 0000 00")
    anna.page.get_by_label("Op naam van").fill("Tenten B.V.")
    anna.press("Rekeningnummer doorgeven")
    assert anna.reads("Dit rekeningnummer klopt niet")
    anna.page.get_by_label("Rekeningnummer (IBAN)").fill(OTHER)
    anna.page.get_by_label("Factuurnummer").fill("2026-7")
    anna.press("Rekeningnummer doorgeven")
    anna.open(reverse("subsidies:account", args=[account_token(payment.application)]))
    anna.page.goto(anna.portal + reverse("subsidies:account", args=[sign("iets.anders", application=1)]))
    anna.gate.check()


def test_every_official_message_of_a_case_empty_and_at_the_wrong_moment(visitor):
    in_review = CompletionRequestFactory().application
    heard = HearingFactory().application
    late = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=90))
    refused = DecisionFactory(application=ApplicationFactory(refused=True), outcome="refuse", amount=None).application
    anna = visitor(PHONE)

    for application, slug in (
        (in_review, "toevoegen"),
        (in_review, "vraag"),
        (in_review, "intrekken"),
        (in_review, "klacht"),
        (heard, "zienswijze"),
        (late, "te-laat"),
        (refused, "bezwaar"),
    ):
        anna.open(reverse("subsidies:case_message_by_link", args=[case_token(application), slug]))
        send_empty(anna)
    anna.open(reverse("subsidies:case_by_link", args=[case_token(refused)]))
    anna.open(reverse("subsidies:case_message_by_link", args=[case_token(refused), "intrekken"]))
    anna.page.goto(anna.portal + reverse("subsidies:case_by_link", args=["onzin"]))
    anna.gate.check()


def test_a_complaint_and_the_votes_of_a_round(visitor):
    rules = SchemeVersionFactory(distribution=Distribution.VOTE)
    spring = RoundFactory(scheme=rules.scheme, closes_on=today() - timedelta(days=1))
    case = ApplicationFactory(in_review=True, scheme_version=rules, round=spring)
    messages.receive_message(
        case, kind=MessageKind.COMPLAINT, text="Niemand belde terug.", by=case.owner, channel=Channel.PAPER
    )
    manager = ManagerFactory()
    complaint.take_up(case.complaints.get(), handler=manager, by=manager)
    person = arrive(visitor, manager, PHONE)

    person.open(reverse("admin:subsidies_complaint_changelist"))
    person.open(reverse("admin:subsidies_application_change", args=[case.pk]))
    for slug in ("klacht-toewijzen", "klacht-beantwoorden", "klacht-verdagen", "stemmen"):
        person.open(reverse("admin:subsidies_application_step", args=[case.pk, slug]))
        send_empty(person)


def test_the_own_data(visitor):
    payment = promised()
    payment.application.applicant = FinanceFactory()
    payment.application.save()
    person = arrive(visitor, payment.application.applicant, PHONE)

    person.open(reverse("own_data"))

    assert person.reads("De Archiefwet verplicht ons")
