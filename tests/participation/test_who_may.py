"""Who may open which page of a project and take which step: role by object, on the server."""

import pytest
from django.urls import reverse
from django.utils import timezone

from participation import workflow
from participation.enums import CheckStatus
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
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.participation.checking import advised, project_of, team, written
from tests.participation.desk import day, desk, file_url, send

pytestmark = pytest.mark.django_db


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


# role -> (works on the project, works on one for the whole municipality of another department, reads the file of the
# project, takes its paper along, registers a project, takes over a list)
MATRIX = {
    "lead": (200, 404, 200, 200, 200, 403),
    "ambassador": (200, 404, 200, 200, 200, 200),
    "coordinator": (200, 200, 200, 200, 200, 200),
    "other lead": (404, 404, 404, 404, 200, 403),
    "other ambassador": (404, 404, 404, 404, 200, 200),
    "other coordinator": (404, 200, 404, 404, 200, 200),
    "manager": (200, 200, 200, 200, 200, 200),
    "council staff": (302, 302, 200, 200, 302, 302),
    "finance": (403, 403, 403, 403, 403, 403),
    "partner": (302, 302, 403, 403, 302, 302),
    "resident": (302, 302, 403, 403, 302, 302),
}


@pytest.mark.parametrize("role", MATRIX)
def test_who_opens_which_page(role):
    people = team()
    own, elsewhere = CheckFactory(project=project_of(people)).project, ProjectFactory()
    client = desk(who(people, role))

    pages = [
        file_url(own),
        file_url(elsewhere),
        reverse("participation:dossier", args=[own.reference]),
        reverse("participation:dossier_paper", args=[own.reference, "motivering", "odt"]),
        reverse("admin:participation_project_entry"),
        reverse("admin:participation_project_import"),
    ]

    assert tuple(client.get(page).status_code for page in pages) == MATRIX[role]


# role -> (puts the project on the website, writes down that its check was signed, puts the check on the website)
SENDS = {
    "lead": (True, True, True),
    "ambassador": (True, True, True),
    "coordinator": (True, False, True),
    "other lead": (False, False, False),
    "other ambassador": (False, False, False),
    "other coordinator": (False, False, False),
    "manager": (True, True, True),
    "council staff": (False, False, False),
    "finance": (False, False, False),
    "partner": (False, False, False),
    "resident": (False, False, False),
}


@pytest.mark.parametrize("role", SENDS)
def test_who_publishes_and_who_confirms(role):
    people = team()
    project, ready = project_of(people), project_of(people, published=True)
    check, signed = advised(people, project), CheckFactory(project=ready, signed=True)
    client = desk(who(people, role))
    signature = {"signer": "management", "signer_name": "MT", **day("signed_on", timezone.localdate())}

    send(client, project, "project-publiceren")
    send(client, project, "check-vaststellen", **signature)
    send(client, ready, "check-publiceren")

    for row in (project, check, signed):
        row.refresh_from_db()
    assert (project.is_published, check.is_signed, signed.status == CheckStatus.PUBLISHED) == SENDS[role]


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
