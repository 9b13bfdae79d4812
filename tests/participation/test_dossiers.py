"""The file of a project as the council reads it: everything that was signed, nothing to press."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.enums import AdviceVerdict
from ambassadors.workflow import advice
from participation import workflow
from participation.enums import CheckStatus
from participation.models import ParticipationCheck
from shared.audit import trail
from shared.audit.history import SHOWN_AT_ONCE
from shared.audit.models import Event
from tests.factories.accounts import CouncilStaffFactory, DepartmentFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.moments import FeedbackFactory, MomentFactory
from tests.factories.participation import CheckFactory, ProjectFactory, StakeholderGroupFactory
from tests.participation.checking import confirmed, project_of, team
from tests.participation.desk import desk
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
LIST = "/projecten/dossiers/"


def dossier(project) -> str:
    return reverse("participation:dossier", args=[project.reference])


def test_the_council_reads_each_version_with_who_signed_it_and_finds_nothing_to_change(client):
    people = team()
    project = project_of(people, title="Kerkstraat")
    confirmed(people, project)
    workflow.move_on(project, by=people.lead)
    FeedbackFactory(moment=MomentFactory(project=project, held=True, title="Wijktafel"))
    for _change in range(SHOWN_AT_ONCE):
        trail.record("participation.project_changed", subject=project)
    sign_in(client, CouncilStaffFactory())

    page = client.get(dossier(project))
    words = page.content.decode()

    for expected in (
        "Versie 1, fase Startnotitie",
        "Versie 2, fase Ontwerp",
        "Managementteam: MT",
        "Het groen en de bankjes.",
        "Ga langs de school.",
        "Check vastgesteld",
        str(people.ambassador),
        "Wijktafel",
        "Teruggekoppeld op",
        "eerdere stap",
    ):
        assert expected in words
    assert 'method="post"' not in words.split("<main")[1].split("</main>")[0]
    assert client.post(dossier(project)).status_code == 405


def test_what_advisers_say_and_who_was_reminded_stay_inside(client):
    people = team()
    project = CheckFactory(project=project_of(people)).project
    request = AdviceRequestFactory(subject=project, asked_by=people.lead, wijk=people.wijk, theme=None)
    advice.answer(
        request,
        verdict=AdviceVerdict.CONCERN,
        text="Let op het kruispunt.",
        by=request.owner,
    )
    assert Event.objects.about(project).filter(action="ambassadors.advice_given").exists()
    sign_in(client, CouncilStaffFactory())

    words = client.get(dossier(project)).content.decode()

    assert "kruispunt" not in words
    assert "Advies gekregen" not in words


def test_a_project_that_is_held_says_so(client):
    project = ProjectFactory()
    sign_in(client, CouncilStaffFactory())

    words = client.get(dossier(project)).content.decode()

    assert "kan niet verder dan de startnotitie" in words
    assert "Er is nog geen check." in words


def test_the_list_is_narrowed_by_words_department_and_check(client):
    department = DepartmentFactory()
    plain, checked = ProjectFactory(title="Het plein"), ProjectFactory(title="De haven", department=department)
    CheckFactory(project=checked, signed=True)
    sign_in(client, CouncilStaffFactory())

    def listed(**query: object) -> set[str]:
        return {project.title for project, _state, _due in client.get(LIST, query).context["rows"]}

    assert listed() == {"Het plein", "De haven"}
    assert listed(zoek="haven") == listed(afdeling=department.pk) == listed(check="klaar") == {"De haven"}
    assert listed(check="geen") == listed(zoek=plain.reference) == {"Het plein"}
    assert listed(afdeling="x", check="onzin") == {"Het plein", "De haven"}
    assert "Niets gevonden" in client.get(LIST, {"zoek": "bestaat niet"}).content.decode()


def test_the_list_and_the_file_ask_as_many_questions_for_three_as_for_thirty():
    client = desk(CouncilStaffFactory())
    project = ProjectFactory()
    counts: dict[str, list[int]] = {LIST: [], dossier(project): []}
    for more in (3, 27):
        for _number in range(more):
            CheckFactory(project=ProjectFactory(department=project.department))
            group = StakeholderGroupFactory(check_of=CheckFactory(project=project))
            ParticipationCheck.objects.filter(pk=group.check_of_id).update(status=CheckStatus.LAPSED)
            MomentFactory(project=project)
        for address, asked_before in counts.items():
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            asked_before.append(len(asked))

    assert all(few == many for few, many in counts.values())


def test_the_report_leads_the_council_to_the_file_of_a_late_project(client):
    project = CheckFactory(project=ProjectFactory()).project
    project.phases.filter(kind=project.phase).update(check_due_on=project.started_on)
    sign_in(client, CouncilStaffFactory())

    page = client.get(reverse("project_reports"))

    assert [row.url for row in page.context["late"].rows] == [dossier(project)]
    assert LIST in page.content.decode()
    assert client.get(dossier(project)).status_code == 200
