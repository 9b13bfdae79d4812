"""Reviewing applications in a browser: each page accessible, valid and without a CSP report, in each of its states."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from ambassadors import letters
from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.models import Application, CaseFile, CaseNote, Reply
from tests.browser.gates import Gate
from tests.factories.accounts import CoordinatorFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.documents import StoredFileFactory, photo
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    CompletionRequestFactory,
    CriterionFactory,
    HearingFactory,
    SchemeVersionFactory,
)
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "admin:subsidies_application_changelist"
STEPS = (
    "toetsen",
    "score",
    "aanvulling-vragen",
    "zienswijze-vragen",
    "advies-vragen",
    "advies-intrekken",
    "verlengen",
    "later-besluit",
    "opschorten",
    "bericht",
    "contact",
    "toewijzen",
    "niet-genoeg",
)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def coordinator() -> User:
    return CoordinatorFactory(name="Jan de Vries")


@pytest.fixture
def case(coordinator) -> Application:
    return busy_day(coordinator)


@pytest.fixture
def gate(page: Page, checker, live_server, coordinator) -> Gate:
    client = Client()
    sign_in(client, coordinator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return Gate(page, checker)


def busy_day(coordinator: User) -> Application:
    """Applications in every list; gives the one with everything in its file."""
    wijk = coordinator.assignments[0].wijk
    own = {"wijk": wijk, "owner": coordinator}
    rules = SchemeVersionFactory(scheme__name="Buurtbon", score_criteria="Draagvlak\nDuurzaam", lead_time_weeks=4)
    for question in ("Wordt de buurt er leefbaarder van?", "Is iedereen in de buurt welkom?"):
        CriterionFactory(
            scheme_version=rules, question=question, text="Kijk naar wie er meedoen en wie er wat aan heeft."
        )
    CeilingFactory(scheme=rules.scheme)
    ApplicationFactory(
        title="Plantenbakken Kerkstraat", received_on=today() - timedelta(days=80), in_review=True, **own
    )
    ApplicationFactory(title="Zomerbarbecue Volgerlanden", wijk=wijk, scheme_version=rules)
    CompletionRequestFactory(application=ApplicationFactory(title="Buurtmoestuin", incomplete=True, **own))
    HearingFactory(application=ApplicationFactory(title="Feest voor leden", hearing=True, **own))
    ApplicationFactory(title="Lichtjesavond", granted=True, **own)
    case = ApplicationFactory(
        title="Straatfeest en boekenruil in de Kerkstraat",
        in_review=True,
        scheme_version=rules,
        costs=[("Huur van tafels en banken", 500), ("Springkussen", 175), ("Bier", 75)],
        permits="Evenementenmelding gedaan.",
        own_hours=40,
        phone="+31612345678",
        received_on=today() - timedelta(days=20),
        starts_on=today() + timedelta(days=20),
        **own,
    )
    CompletionRequestFactory(
        application=case,
        sent_on=today() - timedelta(days=15),
        due_on=today() - timedelta(days=1),
        completed_on=today() - timedelta(days=8),
    )
    question = CaseMessageFactory(application=case)
    CaseMessageFactory(application=case, text="Mag het ook een week later?")
    Reply.objects.create(
        application=case, message=question, text="Volgende week.", author=coordinator, sent_at=question.received_at
    )
    AdviceRequestFactory(subject=case)
    AdviceRequestFactory(subject=case, by_email=True, answered=True)
    CaseNote.objects.create(application=case, author=coordinator, text="Bellen over het springkussen.")
    CaseFile.objects.create(application=case, file=StoredFileFactory(upload=photo(width=600, height=400)))
    case.refresh_from_db()
    return case


def pages(case: Application) -> dict[str, str]:
    addresses = {
        "vandaag": reverse("admin:index"),
        "lijst": reverse(LIST),
        "lijst-leeg": reverse(LIST) + "?status=onzin",
        "dossier": reverse("admin:subsidies_application_change", args=[case.pk]),
    }
    return addresses | {slug: reverse("admin:subsidies_application_step", args=[case.pk, slug]) for slug in STEPS}


def look(page: Page, name: str) -> None:
    """Keep a picture for who wants to look, when a folder is named."""
    if folder := os.environ.get("PORTAL_LOOK"):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def test_every_page_of_the_review_passes_the_gates(page, gate, live_server, case):
    for name, address in pages(case).items():
        page.goto(live_server.url + address)
        gate.check()
        look(page, name)


def test_errors_previews_and_opened_parts_pass_the_gates_too(page, gate, live_server, case):
    addresses = pages(case)
    page.goto(live_server.url + addresses["dossier"])
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    gate.check()
    look(page, "dossier-open")

    page.goto(live_server.url + addresses["aanvulling-vragen"])
    page.get_by_label("Wat ontbreekt er?").fill("")
    page.get_by_role("button", name="Bekijk het bericht").last.click()
    page.get_by_role("alert").or_(page.locator(".portal-error-summary")).first.wait_for()
    gate.check()
    look(page, "aanvulling-fout")

    page.get_by_label("Wat ontbreekt er?").fill("Een offerte van de tafels\nEen tekening van de plek")
    page.get_by_role("button", name="Bekijk het bericht").last.click()
    page.get_by_role("button", name="Aanvulling vragen en versturen").wait_for()
    gate.check()
    look(page, "aanvulling-brief")


def test_the_page_of_an_adviser_passes_the_gates_in_each_state(page, checker, live_server):
    asked = AdviceRequestFactory(subject=ApplicationFactory(in_review=True), by_email=True)
    gate = Gate(page, checker)
    address = live_server.url + reverse("ambassadors:advice", args=[letters.token(asked)])

    page.goto(address)
    gate.check()
    look(page, "advies")

    page.get_by_label("Liever niet").check()
    page.get_by_role("button", name="Advies versturen").click()
    gate.check()
    look(page, "advies-fout")

    page.get_by_label("Toelichting").fill("Hier ligt een gasleiding.")
    page.get_by_role("button", name="Advies versturen").click()
    page.get_by_text("Dank u wel").wait_for()
    gate.check()
    look(page, "advies-gegeven")
