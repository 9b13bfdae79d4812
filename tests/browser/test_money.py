"""The pages about money, past the gates on a phone and a desk: the account, payments, files, schemes and ceilings."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.enums import PaymentStatus
from subsidies.letters.payment import account_token
from subsidies.management import presets
from subsidies.models import Ceiling, Payment, Scheme, SchemeVersion
from subsidies.workflow import pay
from subsidies.workflow import scheme as schemes
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import FinanceFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, DecisionFactory, PaymentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def prepare():
    decision = DecisionFactory()
    return pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)


@SIZES
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_an_applicant_gives_an_account(visitor, size, javascript):
    payment = prepare()
    anna = visitor(size, javascript=javascript)
    anna.open(reverse("subsidies:account", args=[account_token(payment.application)]))

    anna.press("Rekeningnummer doorgeven")
    assert anna.reads("Vul uw rekeningnummer (IBAN) in")
    anna.page.get_by_label("Rekeningnummer (IBAN)").fill("nl91 abna 0417 1643 00")
    anna.page.get_by_label("Op naam van").fill("A. Bewoner")
    anna.press("Rekeningnummer doorgeven")

    assert anna.reads("•••• 4300")
    assert Payment.objects.get().status == PaymentStatus.READY


@SIZES
def test_finance_pays_with_two_people(visitor, size):
    payment = PaymentFactory(unchecked=True)
    PaymentFactory(status=PaymentStatus.BLOCKED, blocked_because="Wacht op de factuur")
    prepare()
    fien = arrive(visitor, FinanceFactory(name="Fien Financiën"), size)
    fien.open(reverse("admin:subsidies_payment_changelist"))
    fien.open(reverse("admin:subsidies_payment_change", args=[payment.pk]))
    fien.press("Rekeningnummer nagekeken")
    fien.press("Het klopt")
    fien.open(reverse("admin:subsidies_payment_step", args=[payment.pk, "rekening"]))
    fien.open(reverse("admin:subsidies_paymentbatch_changelist"))
    fien.press("Nieuw betaalbestand")
    fien.press("Betaalbestand maken")

    finn = arrive(visitor, FinanceFactory(name="Finn Tweede"), size)
    finn.open(fien.page.url)
    finn.press("Vrijgeven aan de bank")
    assert finn.reads("Bestand ophalen")
    finn.open(reverse("admin:subsidies_paymentbatch_statement"))
    day = f"{today():%d-%m-%Y}"
    statement = f"betalingskenmerk;datum\n{payment.end_to_end};{day}\nONBEKEND-1;{day}\n"
    finn.page.get_by_label("Bankafschrift").set_input_files(
        {"name": "afschrift.csv", "mimeType": "text/csv", "buffer": statement.encode()}
    )
    finn.press("Inlezen en boeken")

    assert finn.reads("geen betaling van ons")
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID


@SIZES
def test_the_manager_looks_after_schemes_and_ceilings(visitor, size):
    for name in presets.NAMES:
        presets.load(name, year=today().year)
    buurtbon, ceiling = Scheme.objects.get(code="buurtbon"), Ceiling.objects.get(scheme__code="buurtbon")
    ApplicationFactory.create_batch(
        2,
        scheme=buurtbon,
        scheme_version=buurtbon.versions.get(),
        in_review=True,
        asked_amount=Decimal(30_000),
    )
    bea = arrive(visitor, ManagerFactory(name="Bea Beheer"), size)
    for name, pk in (
        ("scheme", buurtbon.pk),
        ("schemeversion", SchemeVersion.objects.get(scheme=buurtbon).pk),
        ("ceiling", ceiling.pk),
    ):
        bea.open(reverse(f"admin:subsidies_{name}_changelist"))
        bea.open(reverse(f"admin:subsidies_{name}_change", args=[pk]))
        bea.open(reverse(f"admin:subsidies_{name}_add"))
    draft = schemes.make_version(buurtbon, by=None)
    bea.open(reverse("admin:subsidies_schemeversion_change", args=[draft.pk]))
    bea.open(reverse("admin:subsidies_ceiling_amount", args=[ceiling.pk]))
    bea.press("Plafond wijzigen")
    assert bea.reads("Maak een keuze bij")
    bea.open(reverse("admin:subsidies_ceiling_change", args=[ceiling.pk]))
    bea.press(f"Loten: volledig op {today():%d-%m-%Y}")

    assert bea.reads("Klopt: het startgetal geeft deze volgorde")
