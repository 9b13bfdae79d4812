"""After the activity in a real browser: the report on a phone, its judgement, the figures and the register."""

import os
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import AccountabilityMode, Outcome
from subsidies.letters.after import evaluation_token
from subsidies.letters.applicant import case_token
from subsidies.models import Application, Recovery, Report
from subsidies.workflow.after import evaluation
from subsidies.workflow.after.sending import ReportAnswers, receive_report
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.factories.accounts import CouncilStaffFactory
from tests.factories.documents import StoredFileFactory, photo
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, DecisionFactory, ReportFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOK = os.environ.get("PORTAL_LOOK")
TOLD = ReportAnswers(
    took_place=True,
    what_happened="Wij aten met de hele straat aan één lange tafel. Iedereen nam iets mee.",
    people_count=42,
    what_changed="Buren die elkaar nooit spraken, groeten elkaar nu.",
    spent=Decimal(600),
    shows_result=True,
)


def look(visitor: Visitor, name: str) -> None:
    """Keep a picture, when somebody wants to see the pages."""
    if LOOK:
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=Path(LOOK) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def case() -> Application:
    """A grant of € 750 that was paid, with a plan on the website; the activity is over."""
    made = ApplicationFactory(
        granted=True,
        title="Lange tafel in de Kerkstraat",
        initiative=InitiativeFactory(accepted=True, published=True),
        starts_on=today() - timedelta(days=3),
    )
    CeilingFactory(scheme=made.scheme)
    budget.grant(made, Decimal(750), by=made.owner, on=today())
    budget.paid(made, Decimal(750), by=made.owner, on=today())
    DecisionFactory(application=made)
    ReportFactory(application=made, mode=AccountabilityMode.ACCOUNT)
    return made


def arrive(visitor, user, size: dict[str, int]) -> Visitor:
    """Somebody who has signed in, with the second factor."""
    person = visitor(size)
    client = Client()
    sign_in(client, user)
    cookie = client.cookies["sessionid"]
    person.page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": person.portal}])
    return person


@pytest.mark.parametrize(("size", "javascript"), [(PHONE, False), (PHONE, True), (DESK, True)])
def test_the_recipient_tells_how_it_went(visitor, case, tmp_path, size, javascript):
    picture = tmp_path / "tafel.jpg"
    picture.write_bytes(photo(width=640, height=480).read())
    person = visitor(size, javascript=javascript)
    person.open(reverse("subsidies:case_by_link", args=[case_token(case)]))
    look(person, "zaak-verslag")
    person.press("Vertel hoe het ging")
    look(person, "verslag-leeg")

    person.page.get_by_label("Ja", exact=True).check()
    person.press("Versturen")
    look(person, "verslag-fouten")
    person.page.get_by_label("Wat heeft u gedaan?").fill(TOLD.what_happened)
    person.page.get_by_label("Hoeveel mensen").fill("42")
    person.page.get_by_label("Wat is er beter").fill(TOLD.what_changed)
    person.page.locator("input[name=photo_1]").set_input_files(picture)
    person.page.get_by_label("Wat is er te zien op foto 1?").fill("Een lange tafel vol buren")
    person.page.get_by_label("Hoeveel geld").fill("600")
    person.page.get_by_label("Waaraan gaf u").fill("Tafels 400\nEten 200")
    person.page.locator("input[name=receipts]").set_input_files(picture)
    person.press("Versturen")

    assert person.reads("Wij hebben uw verslag ontvangen")
    assert Report.objects.get().spent == Decimal(600)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_mark_for_how_we_did(visitor, case, size):
    evaluation.ask(case)
    person = visitor(size)
    person.open(reverse("subsidies:evaluate", args=[evaluation_token(case)]))
    look(person, "cijfer")

    person.press("Cijfer versturen")
    person.page.get_by_label("8", exact=True).check()
    person.press("Cijfer versturen")

    assert person.reads("U gaf ons een 8")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_report_is_judged_and_money_comes_back(visitor, case, size):
    receive_report(case, replace(TOLD, photos=((StoredFileFactory(), "Een lange tafel"),)), by=None)
    owed = DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(150))
    Recovery.objects.create(application=case, decision=owed, amount=Decimal(150), due_on=today() + timedelta(weeks=6))
    evaluation.ask(case)
    evaluation.answer(case, mark=9, text="Snel geholpen.")
    person = arrive(visitor, case.owner, size)

    person.open(reverse("admin:subsidies_application_change", args=[case.pk]))
    look(person, "dossier-verslag")
    for slug in ("verslag-goedkeuren", "verslag-terugsturen", "terugbetaling-boeken"):
        person.open(reverse("admin:subsidies_application_step", args=[case.pk, slug]))
        look(person, slug)
    person.open(reverse("admin:subsidies_application_changelist") + "?verslag=beoordelen")
    person.open(reverse("admin:index"))
    look(person, "vandaag-verslag")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_figures_and_the_register(visitor, case, size):
    ApplicationFactory.create_batch(6, in_review=True, scheme_version=case.scheme_version, buurt=case.buurt)
    person = arrive(visitor, CouncilStaffFactory(), size)

    person.open(reverse("subsidy_reports"))
    look(person, "rapportages-subsidies")
    person.open(reverse("subsidy_reports") + "?wijk=nergens&periode=2026")
    person.open(reverse("reports"))
    person.open(reverse("subsidies:register"))
    look(person, "register")
