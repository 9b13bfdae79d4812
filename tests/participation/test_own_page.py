"""The start page of an ambassador: every project of the department in one block, and plans of residents near them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.models import Project
from participation.nearby import plans_near
from tests.factories.initiatives import InitiativeFactory
from tests.factories.participation import CheckFactory
from tests.factories.wijken import BuurtFactory
from tests.participation.checking import project_of, team
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def part(page: str, name: str) -> str:
    """The block of this name; empty when it is not on the page."""
    return page.partition(f'aria-labelledby="blok-{name}"')[2].partition("</section>")[0]


def test_every_project_of_the_department_stands_in_exactly_one_block_with_a_check_or_without(client):
    people = team()
    made = {
        "checks": [CheckFactory(project=project_of(people, title="Bij mij"), handed_in=True).project],
        "checks-te-laat": [
            CheckFactory(project=project_of(people, title="Laat concept")).project,
            project_of(people, title="Laat zonder check"),
        ],
        "projecten": [
            project_of(people, title="Nog geen check"),
            project_of(people, title="Net klaar", in_design=True),
            CheckFactory(project=project_of(people, title="Getekend"), published=True).project,
        ],
    }
    for project in made["checks-te-laat"]:
        project.phases.filter(kind=project.phase).update(check_due_on=project.started_on)
    sign_in(client, people.ambassador)

    page = client.get(reverse("admin:index")).content.decode()

    for name, projects in made.items():
        shown = {project.title for project in Project.objects.all() if f">{project.title}</a>" in part(page, name)}
        assert shown == {project.title for project in projects}, name
    assert part(page, "agenda").count("Check te laat: ") == 2
    assert "Er wacht geen check op u." not in page
    # What is the turn of somebody else is not offered as a step.
    assert "Invullen" not in part(page, "checks-te-laat")


def test_plans_near_the_projects_of_the_department_are_shown_and_no_others(client):
    people = team()
    buurt = BuurtFactory()
    project_of(people, title="Herinrichting Kerkstraat")
    project_of(people, title="Riool in de buurt", wijken=[], buurten=[buurt])
    project_of(people, title="Overal", wijken=[])
    for title, wijk, state in (
        ("Bankje bij de kerk", people.wijk, {"in_review": True}),
        ("Geveltuin", buurt.wijk, {"in_review": True}),
        ("Al klaar", people.wijk, {"done": True}),
        ("Ergens anders", BuurtFactory().wijk, {"in_review": True}),
    ):
        InitiativeFactory(public_title=title, wijk=wijk, published=True, **state)
    InitiativeFactory(title="Nog niet op de website", wijk=people.wijk, in_review=True)
    sign_in(client, people.ambassador)

    near = part(client.get(reverse("admin:index")).content.decode(), "initiatieven")

    assert "Bankje bij de kerk" in near
    assert "bij Herinrichting Kerkstraat" in near
    assert "Geveltuin" in near
    assert "bij Riool in de buurt" in near
    assert not any(title in near for title in ("Al klaar", "Ergens anders", "Nog niet op de website", "Overal"))


def test_many_plans_and_projects_ask_as_many_queries_as_few():
    people = team()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert plans_near(Project.objects.active(), at_most=30)
        return len(captured)

    for _number in range(3):
        project_of(people)
        InitiativeFactory(wijk=people.wijk, published=True, in_review=True)
    few = queries()
    for _number in range(12):
        project_of(people)
        InitiativeFactory(wijk=people.wijk, published=True, in_review=True)

    assert queries() == few == 2
