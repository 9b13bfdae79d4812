"""The coordinator's pages in a browser: accessible, valid, without a CSP report, in each state; by keyboard alone."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from initiatives.enums import AnswerKind
from initiatives.models import Initiative
from shared.accounts.models import User
from tests.browser.gates import Gate
from tests.factories.accounts import AbsenceFactory, CoordinatorFactory, DepartmentFactory, ManagerFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.documents import photo
from tests.factories.initiatives import (
    AgreementFactory,
    AttachmentFactory,
    ContactMomentFactory,
    InitiativeFactory,
    InvolvementFactory,
    MessageFactory,
    NoteFactory,
    StandardTextFactory,
)
from tests.factories.notifications import OutboxMessageFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "admin:initiatives_initiative_changelist"


@pytest.fixture
def coordinator() -> User:
    return CoordinatorFactory(name="Jan de Vries")


@pytest.fixture
def case(coordinator) -> Initiative:
    return busy_day(coordinator)


@pytest.fixture
def gate(page: Page, checker, live_server, coordinator) -> Gate:
    enter(page, live_server.url, coordinator)
    return Gate(page, checker)


def enter(page: Page, address: str, user: User) -> None:
    client = Client()
    sign_in(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def busy_day(coordinator: User) -> Initiative:
    """Cases in every list of the start page; gives the one with everything in its file."""
    wijk = coordinator.assignments[0].wijk
    today = timezone.localdate()
    StandardTextFactory(
        kind=AnswerKind.DECLINE, name="Leidingen in de grond", text="Beste {naam}, onder {titel} ligt gas."
    )
    StandardTextFactory(kind=AnswerKind.ACCEPT, name="Wij helpen mee", text="Goed plan, {naam}.")
    DepartmentFactory(name="Groenbeheer")
    away = AbsenceFactory(user=CoordinatorFactory(wijk=wijk, name="Els Bakker"), deputy=coordinator).user
    InitiativeFactory(wijk=wijk, title="Speeltuin Kruiswiel", respond_by=today - timedelta(days=3))
    InitiativeFactory(wijk=wijk, title="Bankje bij de vijver", respond_by=today, owner=away, status="in_review")
    InitiativeFactory(wijk=wijk, screening=True, title="Kijk op www.voorbeeld.example")
    InitiativeFactory(wijk=wijk, unconfirmed=True, title="Straatfeest")
    InitiativeFactory(wijk=wijk, question=True, owner=coordinator, title="Geveltuintjes")
    InitiativeFactory(wijk=wijk, accepted=True, owner=coordinator, title="Boekenkast", unread_since=timezone.now())
    InitiativeFactory(wijk=wijk, published=True, accepted=True, title="Moestuin Volgerlanden zuid")
    case = InitiativeFactory(
        wijk=wijk,
        title="Moestuin Volgerlanden",
        in_review=True,
        owner=coordinator,
        answered_at=None,
        published=True,
        phone="+31612345678",
        amount=1250,
        help_wanted=["money", "place"],
        place="Het veldje achter de school",
    )
    AttachmentFactory(initiative=case, file__upload=photo(width=600, height=400))
    AgreementFactory(initiative=case)
    ContactMomentFactory(initiative=case, author=coordinator)
    InvolvementFactory(initiative=case)
    MessageFactory(initiative=case)
    MessageFactory(initiative=case, question=True, author=coordinator)
    NoteFactory(initiative=case, author=coordinator)
    OutboxMessageFactory(failed=True, about_type="initiatives.initiative", about_id=str(case.pk))
    return case


def step_of(case: Initiative, slug: str) -> str:
    return reverse("admin:initiatives_initiative_step", args=[case.pk, slug])


def file_of(case: Initiative) -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk])


def test_every_page_of_the_review_passes_the_gates(page, gate, live_server, case):
    for address in [
        reverse("admin:index"),
        reverse(LIST),
        reverse(LIST) + "?status=onzin",
        file_of(case),
        reverse("admin:initiatives_initiative_entry"),
        reverse("admin:initiatives_standardtext_add"),
        *[step_of(case, slug) for slug in ("meehelpen", "afwijzen", "doorverwijzen", "publiceren", "samenvoegen")],
        *[step_of(case, slug) for slug in ("vraag-stellen", "toewijzen", "bericht", "intrekken")],
    ]:
        page.goto(live_server.url + address)
        gate.check()


def test_errors_and_opened_parts_pass_the_gates_too(page, gate, live_server, case):
    page.goto(live_server.url + step_of(case, "doorverwijzen"))
    page.get_by_role("button", name="Bekijk het bericht").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een afdeling")
    gate.check()

    page.goto(live_server.url + reverse("admin:initiatives_initiative_entry"))
    page.get_by_role("button", name="Idee vastleggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef uw idee een naam")
    gate.check()

    page.goto(live_server.url + file_of(case))
    for summary in page.locator("main summary").all():
        if summary.is_visible():
            summary.click()
    gate.check()


def test_an_advice_comes_behind_the_text_that_is_there_and_only_once(page, live_server, case, gate):
    StandardTextFactory(kind=AnswerKind.DECLINE, name="Kabels", text="Er liggen kabels.")
    AdviceRequestFactory(subject=case, answered=True, text="Laat de brandweg vrij.")
    page.goto(live_server.url + step_of(case, "afwijzen"))

    for name in ("Kabels", "Advies van", "Advies van"):
        found = page.locator("[name=standard_text] option", has_text=name).first
        page.locator("[name=standard_text]").select_option(found.get_attribute("value"))
        page.get_by_role("button", name="Gebruik deze tekst").click()

    expect(page.locator("[name=text]")).to_have_value("Er liggen kabels.\n\nLaat de brandweg vrij.")
    expect(page.locator("[name=text]")).to_be_focused()


def test_a_no_is_sent_by_keyboard_alone(page, gate, live_server, case):
    page.goto(live_server.url + file_of(case))
    press_until(page, "Afwijzen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stap/afwijzen/")

    press_until(page, "Gebruik deze tekst")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Waarom kan het niet?")).to_have_value(
        "Beste Anna Bewoner, onder Moestuin Volgerlanden ligt gas."
    )
    expect(page.get_by_label("Waarom kan het niet?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Op het plein kan het wel.")
    expect(page.locator(".letter-preview__body")).to_contain_text("Op het plein kan het wel.")
    gate.check()

    press_until(page, "Afwijzen en versturen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    expect(page.locator("ul.messagelist")).to_contain_text("Het bericht wordt verstuurd")
    case.refresh_from_db()
    assert case.status == "declined"


def test_enter_in_a_text_box_decides_nothing(page, gate, live_server, case):
    page.goto(live_server.url + step_of(case, "samenvoegen"))
    page.get_by_label("Nummer van het andere initiatief").fill("2020")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    case.refresh_from_db()
    assert case.status == "in_review"


def test_a_note_is_saved_while_typing(page, gate, live_server, case):
    page.goto(live_server.url + file_of(case))
    page.get_by_role("textbox", name="Interne notitie").fill("Bellen over de grond en het water.")

    expect(page.get_by_text("Bewaard om")).to_be_visible()
    page.get_by_role("textbox", name="Interne notitie").press_sequentially(" Vrijdag.")
    deadline = time.monotonic() + 10
    while not case.notes.filter(text__endswith="Vrijdag.").exists():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)
    assert case.notes.filter(text__startswith="Bellen over de grond en").count() == 1
    gate.check()


def test_the_managers_pages_pass_the_gates(page, checker, live_server, case):
    enter(page, live_server.url, ManagerFactory())
    gate = Gate(page, checker)

    for address in [reverse("admin:index"), reverse(LIST), reverse("admin:themes_theme_changelist")]:
        page.goto(live_server.url + address)
        gate.check()


def press_until(page: Page, name: str) -> None:
    """Tab on until the link or button with exactly this name has the focus."""
    for _press in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
        if focused.strip() == name:
            return
    raise AssertionError(f"“{name}” was not reached with Tab.")
