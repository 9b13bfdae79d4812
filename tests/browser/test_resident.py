"""The form for an idea and the own file in a real browser, with and without script, in each of their states."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from initiatives.models import Draft, Initiative
from shared.accounts.models import User
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.factories.accounts import UserFactory
from tests.factories.documents import photo
from tests.factories.initiatives import (
    AttachmentFactory,
    DraftFactory,
    InitiativeFactory,
    InvolvementFactory,
    MessageFactory,
)
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

FORM = "/initiatieven/nieuw/"


@pytest.fixture
def neighbourhood() -> None:
    """A theme, two buurten, a postcode, and a plan that looks like ours."""
    ThemeFactory(green=True)
    PostcodeAreaFactory(postcode="3342AC", house_number=12, buurt=BuurtFactory(name="Oostendam"))
    InitiativeFactory(title="Moestuin Oostendam", published=True, joiners_count=12)


def with_session(visitor: Visitor, client, user: User) -> None:
    """Let the visitor be this person."""
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visitor.portal}])


def test_the_script_finds_the_buurt_and_look_alikes_and_keeps_what_is_typed(visitor, neighbourhood):
    anna = visitor(PHONE)
    page = anna.page
    anna.open(FORM)

    expect(page.get_by_label("Hoeveel kost het ongeveer?")).to_be_hidden()
    page.get_by_label("geld").check()
    expect(page.get_by_label("Hoeveel kost het ongeveer?")).to_be_visible()
    page.get_by_label("Hoe heet uw idee?").fill("Moestuin")
    expect(page.get_by_text("Lijkt dit op uw idee?")).to_be_visible()
    page.get_by_label("Postcode").fill("3342 ac")
    page.get_by_label("Huisnummer").fill("12")
    page.get_by_role("button", name="Toon buurt bij mijn postcode").click()
    expect(page.get_by_text("Dit adres ligt in Oostendam")).to_be_visible()
    expect(page.get_by_label("Oostendam", exact=True)).to_be_checked()
    expect(page.get_by_text(re.compile(r"^Bewaard om \d\d:\d\d, nog niet verstuurd\.$"))).to_be_visible()
    anna.gate.check()

    anna.open(FORM)

    expect(page.get_by_label("Hoe heet uw idee?")).to_have_value("Moestuin")
    expect(page.get_by_label("Oostendam", exact=True)).to_be_checked()


def test_without_script_buttons_do_the_same(visitor, neighbourhood):
    anna = visitor(PHONE, javascript=False)
    page = anna.page
    anna.open(FORM)

    page.get_by_label("Hoe heet uw idee?").fill("Moestuin")
    page.get_by_label("Postcode").fill("3342 ac")
    anna.press("Toon buurt bij mijn postcode")
    expect(page.get_by_label("Oostendam", exact=True)).to_be_checked()
    anna.press("Kies op de kaart")
    page.locator(".portal-map__list").get_by_role("link", name="Oostendam").click()
    expect(page.get_by_label("Hoe heet uw idee?")).to_have_value("Moestuin")
    anna.press("Bewaar en ga later verder")

    assert anna.reads("nog niet verstuurd")
    assert anna.reads("deze link naar uw idee")


def test_enter_in_a_field_checks_the_idea_instead_of_searching(visitor, neighbourhood):
    anna = visitor(PHONE)
    anna.open(FORM)

    anna.page.get_by_label("Uw naam").press("Enter")

    expect(anna.page.get_by_text("Er gaat nog iets mis")).to_be_visible()
    anna.gate.check()


def test_back_from_the_check_leads_to_the_form_also_after_errors(visitor, neighbourhood):
    anna = visitor(PHONE)
    anna.open(FORM)
    page = anna.page
    anna.press("Controleer uw idee")
    for label in (
        "Hoe heet uw idee?",
        "Wat wilt u doen?",
        "Voor wie is het en wat wordt er beter?",
        "Wie doet er mee?",
    ):
        page.get_by_label(label).fill("Moestuin")
    page.get_by_label("Uw naam").fill("Anna")
    page.get_by_label("Uw e-mailadres").fill("anna@voorbeeld.example")
    page.get_by_label("Oostendam", exact=True).check()
    page.locator("[name=theme]").first.check()
    anna.press("Controleer uw idee")
    expect(page).to_have_title(re.compile("Controleer uw idee"))

    page.go_back()

    expect(page.get_by_label("Hoe heet uw idee?")).to_have_value("Moestuin")


def test_a_photo_stays_when_something_else_is_wrong(visitor, neighbourhood):
    anna = visitor(PHONE)
    anna.open(FORM)
    upload = {"name": "tuin.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    anna.page.locator("[name=files]").set_input_files(upload)

    anna.press("Controleer uw idee")

    expect(anna.page.get_by_label("Verwijder tuin.jpg")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_overview_and_the_own_file_in_their_fullest_state(visitor, client, size):
    anna = UserFactory(email="anna@voorbeeld.example")
    person = visitor(size)
    with_session(person, client, anna)
    initiative = InitiativeFactory(initiator=anna, email=anna.email, question=True, published=True, joiners_count=1)
    MessageFactory(initiative=initiative, question=True)
    InvolvementFactory(initiative=initiative, shares_contact=True)
    AttachmentFactory(initiative=initiative)
    InitiativeFactory(unconfirmed=True, email=anna.email)
    DraftFactory(email=anna.email)
    mine = f"/initiatieven/mijn/{initiative.reference}/"

    person.open("/mijn/")
    person.open(mine)
    person.press("Antwoord versturen")
    for page in ("intrekken/", "gegevens/", "nieuws/"):
        person.open(mine + page)
    person.press("Nieuws plaatsen")
    person.open(mine + "intrekken/")
    person.press("Idee intrekken")

    assert Initiative.objects.get(pk=initiative.pk).status == "withdrawn"


def test_a_form_that_is_left_alone_asks_first_and_then_leaves_the_screen(visitor, neighbourhood):
    anna = visitor(PHONE)
    page = anna.page
    page.clock.install()
    anna.open(FORM)
    title = page.get_by_label("Hoe heet uw idee?")
    title.fill("Moestuin")

    page.clock.run_for("25:30")
    expect(page.get_by_role("dialog", name="Bent u er nog?")).to_be_visible()
    page.get_by_role("button", name="Ik ben er nog").click()
    page.clock.run_for("10:00")
    expect(title).to_have_value("Moestuin")

    Draft.objects.all().delete()
    with page.expect_navigation():
        page.clock.run_for("21:00")
    expect(title).to_have_value("")
