"""A check in the browser: registered, returned once, advised on, signed, published; and a project that is held."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from participation.admin.registry import DESK
from participation.enums import CheckStatus
from participation.models import Project
from shared.accounts.models import User
from tests.browser.gates import Gate, HtmlChecker, html_checker
from tests.factories.accounts import ManagerFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.participation.checking import Team, team
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def checker() -> HtmlChecker:
    with html_checker() as running:
        yield running


class Desk:
    """One browser in which one colleague after another sits down."""

    def __init__(self, page: Page, address: str, checker: HtmlChecker) -> None:
        self.page, self.address, self.gate = page, address, Gate(page, checker)

    def sit_down(self, user: User) -> None:
        """Sign in as this colleague, with the second factor."""
        client = Client()
        sign_in(client, user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}])

    def open(self, path: str) -> None:
        """Open a page and look at it."""
        self.page.goto(self.address + path)
        self.gate.check()

    def step(self, project: Project, words: str, **typed: str) -> None:
        """Choose a step on the file, fill in its questions and send it."""
        self.open(reverse("admin:participation_project_change", args=[project.pk]))
        self.page.get_by_role("link", name=words, exact=True).click()
        self.gate.check()
        for label, text in typed.items():
            self.page.get_by_label(label.replace("_", " ")).fill(text)
        if self.page.locator("[name=_send]").count() == 0:
            self.page.locator("[data-preview-button]").click()
        self.page.locator("[name=_send]").click()
        self.page.wait_for_load_state()


def test_a_check_goes_from_the_lead_to_the_website_and_a_project_without_one_is_held(
    page, live_server, checker, transactional_db
):
    people: Team = team()
    desk = Desk(page, live_server.url, checker)
    page.set_viewport_size({"width": 360, "height": 800})

    desk.sit_down(people.lead)
    desk.open(reverse("admin:participation_project_entry"))
    page.get_by_label("Hoe heet het project?").fill("Kerkstraat")
    page.get_by_label("Wat gaat er gebeuren?").fill("De straat wordt opnieuw ingericht.")
    page.get_by_label(people.wijk.short_name).check()
    page.locator("[name=phase][value=start_note]").check()
    page.get_by_role("button", name="Project aanmelden").click()
    page.wait_for_load_state()
    desk.gate.check()
    project = Project.objects.get()
    desk.open(reverse("admin:participation_project_change", args=[project.pk]))
    assert "kan niet verder dan de startnotitie" in page.content()

    desk.step(project, "Check beginnen")
    fill_in_the_check(desk, project)
    desk.step(project, "Naar de ambassadeur")
    desk.sit_down(people.ambassador)
    desk.step(project, "Terugsturen", Wat_moet_er_nog_in="Wie zijn de ondernemers?")
    desk.sit_down(people.lead)
    desk.step(project, "Naar de ambassadeur")
    desk.sit_down(people.ambassador)
    desk.step(project, "Compleet: vraag advies")
    desk.sit_down(people.coordinator)
    desk.step(project, "Advies geven", Uw_advies="Ga ook langs de school.")
    desk.sit_down(people.lead)
    desk.step(project, "Vaststellen", Naam_of_vergadering="Vergadering van 3 maart", Kenmerk_van_het_besluit="B-26-31")
    desk.step(project, "Project op de website")
    desk.step(project, "Check publiceren")
    desk.gate.check()

    check = project.checks.get()
    assert (check.status, check.signer_name) == (CheckStatus.PUBLISHED, "Vergadering van 3 maart")
    desk.open(reverse("admin:participation_project_paper", args=[project.pk, "motivering"]))
    page.context.clear_cookies()
    desk.open(reverse("coverage"))
    desk.open(reverse("participation:project", args=[project.reference]))
    assert "Het groen en de bankjes." in page.content()


def test_the_steps_of_a_project_its_list_and_its_reports_pass_the_gates(page, live_server, checker, transactional_db):
    manager = ManagerFactory()
    signed = CheckFactory(project=ProjectFactory(in_decision=True), published=True).project
    held = ProjectFactory(published=True)
    stopped = ProjectFactory(stopped=True)
    desk = Desk(page, live_server.url, checker)
    desk.sit_down(manager)

    opened = []
    for project in (signed, held, stopped):
        for step in DESK.step_pages():
            address = reverse("admin:participation_project_step", args=[project.pk, step.slug])
            if step.concerns(project, manager) and not step.why_not(project, manager):
                desk.open(address)
                assert page.url.endswith(address)
                opened.append(step.slug)
    assert {"besluit", "wijzigen", "planning", "stoppen", "hervatten", "van-website", "check-beginnen"} <= set(opened)
    for address in ("admin:participation_project_import", "project_reports", "ambassador_reports", "coverage"):
        desk.open(reverse(address))


def fill_in_the_check(desk: Desk, project: Project) -> None:
    """All questions, with a look at the advice first."""
    page = desk.page
    desk.open(reverse("admin:participation_project_step", args=[project.pk, "check-invullen"]))
    for name, value in {
        "legal_duty": "none",
        "choice_left": "much",
        "impact": "3",
        "needs_knowledge": "True",
        "enough_means": "True",
        "urgent": "False",
        "outcome": "participation",
    }.items():
        page.locator(f"[name='{name}'][value='{value}']").check()
    for name, text in {
        "fixed": "Het riool.",
        "open": "Het groen en de bankjes.",
        "noticed_by": "Bewoners van de straat.",
        "knowledge": "Waar het water blijft staan.",
        "decision_text": "Het college besluit in juni.",
        "public_text": "Praat mee over het groen.",
        "groep0_name": "Bewoners",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=level]").select_option("advise")
    page.locator("[name=_look]").click()
    page.wait_for_load_state()
    desk.gate.check()
    assert "Met 8 punten is participatie zinvol" in page.content()
    page.locator("[name=_send]").click()
    page.wait_for_load_state()
