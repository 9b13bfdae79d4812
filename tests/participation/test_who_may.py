"""Who may open which page of a project and take which step: role by object, on the server."""

import pytest
from django.test import Client
from django.urls import reverse

from participation import workflow
from participation.models import Project
from shared.accounts.models import User
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    ProjectLeadFactory,
    UserFactory,
)
from tests.factories.participation import ProjectFactory
from tests.participation.checking import project_of, team, written
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def desk(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def file_url(project: Project) -> str:
    return reverse("admin:participation_project_change", args=[project.pk])


def who(people, role: str) -> User:
    own = {"lead": people.lead, "ambassador": people.ambassador, "coordinator": people.coordinator}
    others = {
        "other lead": lambda: ProjectLeadFactory(department=people.department),
        "other ambassador": AmbassadorFactory,
        "other coordinator": CoordinatorFactory,
        "manager": ManagerFactory,
        "council staff": CouncilStaffFactory,
        "finance": FinanceFactory,
        "partner": lambda: PartnerFactory(wijk=people.wijk),
        "resident": UserFactory,
    }
    return own.get(role) or others[role]()


# role -> (sees the file of the project, sees one for the whole municipality of another department)
MATRIX = {
    "lead": (200, 404),
    "ambassador": (200, 404),
    "coordinator": (200, 200),
    "other lead": (404, 404),
    "other ambassador": (404, 404),
    "other coordinator": (404, 200),
    "manager": (200, 200),
    "council staff": (302, 302),
    "finance": (403, 403),
    "partner": (302, 302),
    "resident": (302, 302),
}


@pytest.mark.parametrize("role", MATRIX)
def test_who_opens_which_file(role):
    people = team()
    own, elsewhere = project_of(people), ProjectFactory()
    client = desk(who(people, role))

    answers = tuple(client.get(file_url(project)).status_code for project in (own, elsewhere))

    assert answers == MATRIX[role]


# role -> the steps of a check that waits for the ambassador, that this role can take
STEPS = {
    "lead": {"check-beginnen": False, "check-compleet": False, "check-adviseren": False, "volgende-fase": False},
    "ambassador": {"check-compleet": True, "check-terugsturen": True, "check-adviseren": False},
    "coordinator": {"check-compleet": False, "check-terugsturen": False},
    "manager": {"check-compleet": True, "check-terugsturen": True},
}


@pytest.mark.parametrize("role", STEPS)
def test_who_takes_which_step_with_a_check_that_is_at_the_ambassador(role):
    people = team()
    project = project_of(people)
    workflow.hand_in(written(people, project), by=people.lead)
    page = desk(who(people, role)).get(file_url(project))
    offered = {offer.page.slug for kind in ("main", "other") for offer, _url in page.context["steps"][kind]}

    assert {step: step in offered for step in STEPS[role]} == STEPS[role]
