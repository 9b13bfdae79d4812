"""Applying for a small grant in a real browser, with and without script: every page in each of its states."""

import os
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.letters.applicant import case_token
from subsidies.models import AccountabilityBand, Application, CategoryCap, EligibilityQuestion, SchemeVersion
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.documents import photo
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    CaseMessageFactory,
    CeilingFactory,
    CompletionRequestFactory,
    DecisionFactory,
    SchemeVersionFactory,
)
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LOOK = os.environ.get("PORTAL_LOOK")


def look(visitor: Visitor, name: str) -> None:
    """Keep a picture, when somebody wants to see the pages."""
    if LOOK:
        width = visitor.page.viewport_size["width"]
        visitor.page.screenshot(path=Path(LOOK) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def version() -> SchemeVersion:
    """The Buurtbon with its questions, a lower maximum, a ceiling and a buurt."""
    ThemeFactory(green=True)
    PostcodeAreaFactory(postcode="3342AC", house_number=12, buurt=BuurtFactory(name="Oostendam"))
    made = SchemeVersionFactory(
        scheme__name="Buurtbon",
        scheme__code="buurtbon",
        not_for="Eten en drinken alleen, en feesten voor één familie.",
        eligible_costs="Huur, materiaal en drukwerk.",
        ineligible_costs="Uw eigen uren.",
        own_share_kinds=["money", "hours", "goods"],
    )
    CeilingFactory(scheme=made.scheme, amount=Decimal(14_350))
    CategoryCap.objects.create(scheme_version=made, name="Buurtbarbecue", maximum_amount=Decimal(500))
    AccountabilityBand.objects.create(scheme_version=made, from_amount=0, mode="photo")
    for position, (question, right) in enumerate(
        [("Woont u in Hendrik-Ido-Ambacht?", True), ("Verdient u eraan?", False)], start=1
    ):
        EligibilityQuestion.objects.create(
            scheme_version=made,
            position=position,
            question=question,
            yes_is_right=right,
            why_not="De Buurtbon is voor inwoners die er niets aan verdienen.",
            instead="Uw idee indienen kan altijd. Wij denken met u mee.",
        )
    return made


def with_session(visitor: Visitor, client, user: User) -> None:
    """Let the visitor be this person."""
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visitor.portal}])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_home_page_by_the_check_to_the_scheme(visitor, version, size):
    anna = visitor(size, javascript=False)
    anna.open("/")
    look(anna, "home")

    anna.press("Kom ik in aanmerking? Buurtbon")
    look(anna, "check")
    anna.press("Bekijk de uitkomst")
    assert anna.reads("Kies een antwoord bij vraag 1")
    for group, answer in (("Woont u in", "Nee"), ("Verdient u", "Nee")):
        anna.page.get_by_role("radiogroup", name=re.compile(group)).get_by_label(answer, exact=True).check()
    anna.press("Bekijk de uitkomst")

    look(anna, "check-no")
    assert anna.reads("Deze regeling past niet bij uw plan")
    anna.open("/subsidie/")
    look(anna, "list")
    anna.open("/subsidie/buurtbon/")
    look(anna, "scheme")
    anna.open("/subsidie/berichten/")
    look(anna, "channels")
    anna.open("/subsidie/buurtbon/?taal=en")
    look(anna, "scheme-en")


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_a_whole_application_on_a_phone(visitor, version, tmp_path, scripts):
    picture = tmp_path / "offerte.jpg"
    picture.write_bytes(photo().read())
    anna = visitor(PHONE, javascript=scripts)
    page = anna.page
    anna.open("/subsidie/buurtbon/aanvragen/")
    look(anna, "apply")

    anna.press("Controleer uw aanvraag")
    look(anna, "apply-errors")
    assert anna.reads("Geef uw plan een naam")
    page.get_by_label("Hoe heet uw plan?").fill("Straatfeest Kerkstraat")
    page.get_by_label("Wat gaat u doen?").fill("Een feest voor de hele straat.")
    page.get_by_label("Voor wie is het en wat wordt er beter?").fill("Buren leren elkaar kennen.")
    page.get_by_label("iets anders").check()
    when = today() + timedelta(weeks=9)
    starts = page.get_by_role("group", name="Wanneer doet u het?")
    for label, value in (("Dag", when.day), ("Maand", when.month), ("Jaar", when.year)):
        starts.get_by_label(label).fill(str(value))
    page.get_by_label("Waarvoor").nth(0).fill("Tafels")
    page.get_by_label("Bedrag in €").nth(0).fill("500")
    page.get_by_label("Waarvoor").nth(1).fill("Muziek")
    page.get_by_label("Bedrag in €").nth(1).fill("249,50")
    if scripts:
        expect(page.locator("[data-total]")).to_have_text("€\u00a0749,50")
    anna.press("Voeg een regel toe")
    expect(page.locator("[data-total]")).to_have_text("€\u00a0749,50")
    page.get_by_label("Welk bedrag vraagt u van ons?").fill("700")
    page.get_by_label("Offerte, foto of andere bijlage").set_input_files(picture)
    page.get_by_label("Uw naam").fill("Anna Bewoner")
    page.get_by_label("Postcode").fill("3342 ac")
    page.get_by_label("Huisnummer").fill("12")
    page.get_by_label("Uw e-mailadres").fill("anna@voorbeeld.example")
    page.get_by_label("Per e-mail").check()
    anna.press("Controleer uw aanvraag")
    look(anna, "apply-check")
    assert anna.reads("Samen: €\u00a0749,50")
    anna.press("Onderteken en verstuur")
    assert anna.reads("Zet een vinkje als alles klopt")
    page.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    anna.press("Onderteken en verstuur")

    look(anna, "sent")
    application = Application.objects.get()
    assert anna.reads(application.reference)
    assert application.buurt.name == "Oostendam"
    assert application.files.count() == 1


def test_half_an_application_is_sent_as_it_is(visitor, version):
    anna = visitor(DESK, javascript=False)
    page = anna.page
    anna.open("/subsidie/buurtbon/aanvragen/")
    look(anna, "apply")
    page.get_by_label("Wat gaat u doen?").fill("Een bankje in het park.")
    page.get_by_label("Uw naam").fill("Anna Bewoner")
    page.get_by_label("Postcode").fill("3342 ac")
    page.get_by_label("Huisnummer").fill("12")
    anna.press("Verstuur zoals het is")

    look(anna, "apply-check-missing")
    assert anna.reads("Dit ontbreekt nog")
    page.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    anna.press("Onderteken en verstuur")

    look(anna, "sent-missing")
    assert Application.objects.get().complete_on is None


def test_a_draft_is_kept_and_continued(visitor, version):
    anna = visitor(PHONE, javascript=False)
    anna.open("/subsidie/buurtbon/aanvragen/")
    anna.page.get_by_label("Hoe heet uw plan?").fill("Straatfeest")
    anna.press("Bewaar en ga later verder")

    look(anna, "saved")
    anna.press("Ga nu verder")

    expect(anna.page.get_by_label("Hoe heet uw plan?")).to_have_value("Straatfeest")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_of_the_case_by_the_link_of_a_letter(visitor, version, size):
    application = CompletionRequestFactory(application__scheme_version=version).application
    CaseMessageFactory(application=application)
    anna = visitor(size, javascript=False)
    anna.open(f"/subsidie/inzien/{case_token(application)}/")
    look(anna, "case")

    anna.press("Aanvullen")
    look(anna, "case-message")
    anna.press("Aanvulling versturen")
    assert anna.reads("Schrijf op wat u toevoegt")
    anna.page.get_by_label("Wat wilt u toevoegen?").fill("De offerte volgt.")
    anna.press("Aanvulling versturen")

    assert anna.reads("Wij hebben uw bericht ontvangen.")
    look(anna, "case-after")


def test_the_page_of_a_decided_case_and_the_overview(visitor, client, version):
    anna_user = UserFactory(email="anna@voorbeeld.example")
    decision = DecisionFactory(application__scheme_version=version, application__applicant=anna_user)
    CompletionRequestFactory(application__applicant=anna_user, application__scheme_version=version)
    InitiativeFactory(accepted=True, initiator=anna_user)
    anna = visitor(DESK, javascript=False)
    with_session(anna, client, anna_user)
    anna.open("/mijn/")
    look(anna, "overview")
    anna.open(f"/subsidie/zaak/{decision.application.reference}/")
    look(anna, "case-decided")
    anna.open(f"/subsidie/zaak/{decision.application.reference}/bericht/bezwaar/")
    look(anna, "objection")


def test_a_colleague_writes_an_application_down(visitor, client, version):
    colleague = CoordinatorFactory()
    carla = visitor(DESK, javascript=False)
    sign_in(client, colleague)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    carla.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": carla.portal}])
    carla.open("/beheer/subsidies/application/nieuw/")
    look(carla, "entry")

    carla.press("Aanvraag vastleggen en ontvangst bevestigen")

    assert carla.reads("Kies hoe de aanvraag binnenkwam")
