"""The story of one advice, and every page of ambassadors past the gates: ask, remind, answer by link, quote; board."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors import tasks
from ambassadors.models import AdviceRequest
from shared.terms.calendar import today
from subsidies.models import Application
from tests.browser.conftest import DESK, PHONE, Visitor, letter_to, link_in
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory, ContactNoteFactory, ThemeDutyFactory
from tests.factories.subsidies import ApplicationFactory, MandateFactory
from tests.factories.themes import ThemeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BAS = "bas@gemeente.example"
WORDS = "Houd twee meter van de sloot."


def test_an_advice_from_the_question_to_the_motivation(visitor, worker, mail):
    department = DepartmentFactory(name="Groen en spelen")
    AmbassadorFactory(name="Bas Verhulst", email=BAS, department=department)
    theme = ThemeFactory(green=True)
    ThemeDutyFactory(theme=theme, department=department)
    coordinator = CoordinatorFactory(name="Carla Coördinator", email="carla@gemeente.example")
    MandateFactory(role="coordinator", maximum_amount=2000)
    case = ApplicationFactory(in_review=True, owner=coordinator, theme=theme, title="Moestuin aan de dijk")
    carla = arrive(visitor, coordinator, PHONE)

    ask(carla, case)
    assert "Anna" not in letter_to(mail, BAS, "Uw advies gevraagd")
    remind(mail)
    answer(visitor(PHONE, javascript=False), link_in(letter_to(mail, BAS, "Herinnering")))
    assert WORDS in letter_to(mail, coordinator.email, "Advies van Bas Verhulst")

    carla.open(reverse("admin:subsidies_application_change", args=[case.pk]))
    assert carla.reads(WORDS)
    carla.press("Besluit nemen")
    assert WORDS in carla.page.content()


def ask(carla: Visitor, case: Application) -> None:
    """The department that answers for the theme is proposed, with who does the work there."""
    carla.open(reverse("admin:subsidies_application_step", args=[case.pk, "advies-vragen"]))
    assert carla.page.get_by_label("Groen en spelen: Bas Verhulst, gaat over Groen").is_checked()
    carla.page.locator("[name=question]").fill("Kan het op deze plek?")
    carla.press("Bekijk het bericht")
    carla.press("Advies vragen en versturen")
    assert carla.reads("wacht op antwoord")


def remind(mail) -> None:
    """Days later the clock reminds, once."""
    AdviceRequest.objects.update(asked_at=timezone.now() - timedelta(days=9), due_on=today() + timedelta(days=1))
    tasks.watch_advice()
    tasks.watch_advice()
    letter_to(mail, BAS, "Herinnering")


def answer(bas: Visitor, link: str) -> None:
    """On a phone, without an account and without scripts; once is once."""
    bas.open(link)
    bas.page.get_by_label("Aandachtspunt").check()
    bas.press("Advies versturen")
    assert bas.reads("Leg uit waar de behandelaar op moet letten")
    bas.page.get_by_label("Toelichting").fill(WORDS)
    bas.press("Advies versturen")
    assert bas.reads("Dank u wel")
    bas.open(link)
    assert bas.reads("U heeft dit advies al gegeven")


def test_the_pages_of_the_coordinator_and_the_ambassador_pass_the_gates(visitor):
    coordinator = CoordinatorFactory()
    asked = AdviceRequestFactory(asked_by=coordinator, unanswered=True)
    busy = AdviceRequestFactory.create_batch(5, department=asked.department, owner=asked.owner, asked_by=coordinator)
    ThemeDutyFactory(department=asked.department)
    DepartmentFactory(name="Vergunningen")
    AmbassadorFactory(ends_on=today() + timedelta(days=9))
    AbsenceFactory(user=asked.owner, deputy=AmbassadorFactory())
    for note in ({"follow_up": "Lijst sturen", "follow_up_on": today()}, {"held_on": today(), "planned": True}):
        ContactNoteFactory(department=asked.department, author=coordinator, **note)
    department = reverse("admin:ambassadors_department", args=[asked.department_id])

    carla = arrive(visitor, coordinator, PHONE)
    for address in (reverse("admin:index"), reverse("admin:ambassadors_board"), department):
        carla.open(address)
    carla.press("Benoemen en bericht sturen")
    assert carla.reads("Vul het e-mailadres in")
    carla.open(reverse("admin:ambassadors_contacts"))
    carla.press("Bewaren")
    carla.open(reverse("admin:ambassadors_advicerequest_changelist") + "?status=open")
    for slug in ("", "overdragen", "herinneren", "intrekken"):
        carla.open(address_of(asked, slug))

    bas = arrive(visitor, busy[0].owner, DESK)
    for address in (reverse("admin:index"), address_of(busy[0]), address_of(busy[0], "antwoorden")):
        bas.open(address)

    hugo = arrive(visitor, CouncilStaffFactory(), PHONE)
    hugo.open(reverse("ambassador_reports"))


def address_of(request: AdviceRequest, slug: str = "") -> str:
    """The page of a request, or of one of its steps."""
    if slug:
        return reverse("admin:ambassadors_advicerequest_step", args=[request.pk, slug])
    return reverse("admin:ambassadors_advicerequest_change", args=[request.pk])
