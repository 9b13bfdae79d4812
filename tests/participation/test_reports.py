"""The reports about projects, checks and moments: per group, narrowed, by name, and nobody can be recognised."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.models import AdviceRequest
from participation import late_projects
from participation.coverage import coverage
from participation.coverage_tables import tables
from participation.models import Project
from participation.moments import reports
from participation.moments.models import Moment
from participation.report_filters import period, projects
from shared.reports.tables import HIDDEN, Table
from shared.terms.calendar import today
from shared.ui import page_cache
from tests.factories.accounts import (
    AmbassadorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    ManagerFactory,
    PartnerFactory,
    ProjectLeadFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.moments import ContributionFactory, FeedbackFactory, MomentFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def found(made: list[Table], name: str) -> dict[str, dict[str, object]]:
    """A table as row -> heading -> cell."""
    table = next(each for each in made if each.name == name)
    return {str(row[0]): dict(zip(table.headings[1:], row[1:], strict=True)) for row in table.rows}


def late(**fields) -> Project:
    """A project whose last day for its first check was last Friday."""
    project = ProjectFactory(**fields)
    project.phases.filter(kind="start_note").update(check_due_on=date(2026, 9, 4))
    return project


def test_outcomes_reasons_levels_feedback_and_evaluations_are_counted_in_each_group():
    green, roads = DepartmentFactory(name="Groen"), DepartmentFactory(name="Verkeer")
    wijk = WijkFactory(short_name="Centrum")
    told = ProjectFactory(department=green, wijken=[wijk], in_design=True, evaluation_due_on=today())
    Project.objects.filter(pk=told.pk).update(evaluated_on=today())
    FeedbackFactory(moment__project=told)
    FeedbackFactory(moment__project=told, moment__feedback_due_on=today() - timedelta(days=1))
    CheckFactory(project=ProjectFactory(department=roads), published=True, none=True)

    made = tables(coverage(today()))

    for name, key in (("afdelingen", "Groen"), ("wijken", "Centrum"), ("kwartalen", "3e kwartaal 2026")):
        row = found(made, f"uitkomsten-{name}")[key]
        assert (row["Participatie"], row["Geen participatie"]) == (1, 0)
        assert (row["Terugkoppeling op tijd (%)"], row["Evaluatie op tijd (%)"]) == (50, 100)
    assert found(made, "uitkomsten-afdelingen")["Verkeer"]["Geen participatie"] == 1
    # Who is over time before its gate has no quarter yet.
    over_time = {name: "Nu over tijd" in next(iter(found(made, name).values())) for name in ("wijken", "kwartalen")}
    assert over_time == {"wijken": True, "kwartalen": False}
    assert found(made, "redenen-afdelingen")["Verkeer"]["Er valt niets te kiezen"] == 1
    assert found(made, "niveaus-afdelingen")["Groen"]["Adviseren"] == 1
    assert found(made, "niveaus-portefeuillehouders")[told.alderman.name]["Adviseren"] == 1
    # Wider, a table scrolls sideways; and its title names a sheet of its own.
    assert max(len(table.headings) for table in made) == 7
    assert len({table.title[:31] for table in made}) == len({table.name for table in made}) == len(made)


def test_the_coverage_is_narrowed_to_a_wijk_a_department_and_a_quarter():
    department, wijk = DepartmentFactory(), WijkFactory()
    ProjectFactory(department=department, wijken=[wijk], in_design=True)
    ProjectFactory(department=department)
    ProjectFactory(in_design=True)

    def registered(**filters: str) -> int:
        return coverage(today(), projects(filters), period(filters)).whole.projects

    assert registered() == 3
    assert registered(afdeling=str(department.pk)) == 2
    assert registered(wijk=wijk.slug) == 1
    assert registered(periode="2026-K3") == 2
    assert registered(afdeling=str(department.pk), periode="2026") == 1
    for nonsense in ({"periode": "ooit"}, {"afdeling": "x"}, {"afdeling": "9" * 40}, {"wijk": "nergens"}):
        assert registered(**nonsense) == 0


def test_a_late_project_is_named_with_its_file_for_who_may_read_it_and_else_with_its_public_page(client):
    department = DepartmentFactory()
    own = late(department=department, title="Kerkstraat")
    public = late(title="Het plein", published=True)
    hidden = late(title="Stille weg")
    ProjectFactory(title="Nog in de tijd")
    sign_in(client, AmbassadorFactory(department=department))

    page = client.get(reverse("project_reports"))

    urls = {row.title: row.url for row in page.context["late"].rows}
    assert urls == {
        own.title: reverse("admin:participation_project_change", args=[own.pk]),
        public.title: public.get_absolute_url(),
        hidden.title: "",
    }
    assert client.get(urls["Kerkstraat"]).status_code == client.get(urls["Het plein"]).status_code == 200
    assert "nog geen check, die moest er zijn op 4 september 2026" in page.content.decode()
    taken = client.post(reverse("project_tables", args=["csv"])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(taken), delimiter=";"))
    assert ["Projecten met een late check", str(hidden), "Check uiterlijk", "4 september 2026"] in rows


def test_a_wide_table_says_beside_each_number_what_it_counts_for_who_reads_it_on_a_phone(client):
    ProjectFactory(in_design=True)

    page = client.get(reverse("coverage")).content.decode()

    assert 'data-label="Check op tijd">1</td>' in page
    assert 'portal-table__zero" data-label="Check te laat">0</td>' in page
    assert "Op een klein scherm laten wij nullen weg." in page


def test_everybody_reads_which_public_projects_are_late_and_only_how_many_others(client):
    late(title="Het plein", published=True)
    late(title="Stille weg")

    page = client.get(reverse("coverage")).content.decode()

    assert "Het plein" in page
    assert "Stille weg" not in page
    assert "En 1 project dat nog niet op de website staat." in page


def test_a_check_that_came_late_and_a_gate_without_a_check_are_in_the_list():
    came_late = late(title="Kwam laat", in_design=True)

    listed = late_projects.for_everybody(coverage(today()).late)
    assert listed.unpublished == 1
    rows = late_projects.for_staff(coverage(today()).late, ManagerFactory()).rows

    assert [(row.title, row.words) for row in rows] == [("Kwam laat", f"{came_late.department}, check 3 dagen te laat")]


def test_moments_are_counted_by_form_department_wijk_and_source_and_few_people_are_hidden():
    green, roads = DepartmentFactory(name="Groen"), DepartmentFactory(name="Verkeer")
    wijk = WijkFactory(short_name="Centrum")
    ours, theirs = ProjectFactory(department=green, wijken=[wijk]), ProjectFactory(department=roads)
    walk = FeedbackFactory(moment__project=ours, moment__form="walk", moment__places_taken=12).moment
    Moment.objects.filter(pk=walk.pk).update(attended=9)
    MomentFactory(project=theirs, held=True, places_taken=3, feedback_due_on=today() - timedelta(days=1))
    MomentFactory(project=theirs, announced=True)
    MomentFactory(project=theirs, cancelled=True)
    MomentFactory(project=theirs)
    ContributionFactory(moment=walk, count=7, source="paper")
    ContributionFactory(moment=walk)

    made = reports.tables({}, today())

    departments = found(made, "momenten-afdelingen")
    assert departments["Groen"] | {"Aanmeldingen": 0} == {
        "Momenten": 1,
        "Gehouden": 1,
        "Aangekondigd": 0,
        "Aanmeldingen": 0,
        "Aanwezigen": 9,
        "Bijdragen": 8,
    }
    told = found(made, "terugkoppeling-afdelingen")
    assert told["Groen"] == {"Op tijd": 1, "Te laat": 0, "Over tijd, nog niet gedaan": 0, "Op tijd (%)": 100}
    # Three people is too few to show, and twelve beside it would tell them.
    assert departments["Verkeer"]["Aanmeldingen"] is departments["Groen"]["Aanmeldingen"] is HIDDEN
    assert told["Verkeer"]["Over tijd, nog niet gedaan"] == 1
    assert found(made, "momenten-wijken")["Centrum"]["Aanwezigen"] == 9
    assert found(made, "momenten-wijken")["De hele gemeente"]["Gehouden"] == 1
    assert found(made, "momenten-vormen") == {
        "Wijktafel": {"Momenten": 2, "Gehouden": 1, "Aangekondigd": 1, "Gaat niet door": 1},
        "Wandeling door de wijk": {"Momenten": 1, "Gehouden": 1, "Aangekondigd": 0, "Gaat niet door": 0},
    }
    assert found(made, "bijdragen")["Papier"]["Bijdragen"] is HIDDEN
    assert found(made, "terugkoppeling")["Op tijd"] == {"Aantal": 1}


def test_the_moments_are_narrowed_to_a_wijk_a_department_and_a_period():
    wijk, elsewhere = WijkFactory(), WijkFactory(short_name="Elders")
    project = ProjectFactory(wijken=[wijk, elsewhere])
    MomentFactory(project=project, held=True)
    MomentFactory(held=True)

    def held(**filters: str) -> int:
        return sum(row["Gehouden"] for row in found(reports.tables(filters, today()), "momenten-vormen").values())

    assert held() == held(periode="2026-K3") == 2
    assert held(wijk=wijk.slug) == held(afdeling=str(project.department_id)) == 1
    assert held(periode="2025") == held(periode="ooit") == held(wijk="nergens") == held(afdeling="x") == 0
    assert "Elders" not in found(reports.tables({"wijk": wijk.slug}, today()), "momenten-wijken")


@pytest.mark.parametrize("reader", [CouncilStaffFactory, ManagerFactory, AmbassadorFactory, ProjectLeadFactory])
def test_who_reads_about_projects_reads_about_moments_and_takes_it_along(client, reader):
    MomentFactory(held=True)
    sign_in(client, reader())

    page = client.get(reverse("moment_reports"), {"periode": "2026"}).content.decode()
    taken = client.post(reverse("moment_tables", args=["csv"]) + "?periode=2026").content.decode("utf-8-sig")

    assert "Momenten per afdeling" in page
    assert "<svg" in page
    assert "Momenten per vorm;Wijktafel;Gehouden;1" in taken
    assert client.post(reverse("moment_tables", args=["xlsx"])).content[:2] == b"PK"
    assert client.post(reverse("project_tables", args=["xlsx"])).content[:2] == b"PK"
    assert client.post(reverse("moment_tables", args=["exe"])).status_code == 404


def test_nobody_else_reads_about_moments(client):
    sign_in(client, PartnerFactory())

    assert client.get(reverse("moment_reports")).status_code == 403
    assert client.post(reverse("moment_tables", args=["csv"])).status_code == 403


def test_the_council_finds_the_way_to_each_report(client):
    sign_in(client, CouncilStaffFactory())

    page = client.get(reverse("reports")).content.decode()

    for name in ("project_reports", "moment_reports"):
        assert f'href="{reverse(name)}"' in page
        assert f'href="{reverse("reports")}"' in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["coverage", "project_reports", "moment_reports", "ambassador_reports"])
def test_a_report_asks_as_many_questions_for_three_rows_as_for_thirty(client, name):
    sign_in(client, ManagerFactory())
    department, wijk = DepartmentFactory(), WijkFactory()
    lead, asker = ProjectLeadFactory(department=department), AmbassadorFactory(department=department)
    counts = []
    for more in (3, 27):
        for _number in range(more):
            fields = {"department": department, "lead": lead, "wijken": [wijk], "published": True}
            project = late(**fields, in_design=True)
            moment = MomentFactory(project=project, held=True)
            ContributionFactory(moment=moment)
            AdviceRequestFactory(subject=project, wijk=wijk, theme=None, department=department, owner=asker)
        client.get(reverse(name))
        page_cache.touch()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(asked))

    assert AdviceRequest.objects.count() == 30
    assert counts[0] == counts[1]
