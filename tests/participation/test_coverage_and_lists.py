"""The coverage for everybody, the list of projects as a file, and a department's list that is taken over."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from participation import workflow
from participation.imports.workflow import Result, take_over
from participation.models import Project
from participation.reports import PROJECTS
from shared.accounts.models import User
from shared.terms.calendar import add_working_days, today
from tests.factories.accounts import AmbassadorFactory, CouncilStaffFactory, FinanceFactory, ManagerFactory, UserFactory
from tests.factories.moments import ContributionFactory, MomentFactory
from tests.factories.participation import (
    AldermanFactory,
    CheckFactory,
    ProjectFactory,
    StakeholderGroupFactory,
)
from tests.participation.checking import project_of, team
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def test_everybody_reads_the_coverage_and_nothing_personal(client):
    people = team()
    project_of(people, in_design=True, alderman=AldermanFactory(name="wethouder De Ruiter"))

    page = client.get(reverse("coverage")).content.decode()

    for words in ("Ambachtse Aanpak", "binnen 15 werkdagen", "wethouder De Ruiter", "100%"):
        assert words in page
    assert people.lead.name not in page


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (CouncilStaffFactory, 200),
        (AmbassadorFactory, 200),
        (ManagerFactory, 200),
        (FinanceFactory, 200),
        (UserFactory, 404),
    ],
)
def test_staff_and_council_read_the_report_and_take_it_along(client, made, status):
    ProjectFactory(in_design=True)
    sign_in(client, made())

    page = client.get(reverse("project_reports"))
    taken = client.post(reverse("project_tables", args=["xlsx"]))

    assert page.status_code in (status, 403 if status != 200 else status)
    assert (taken.status_code == 200) == (status == 200)


def test_every_field_of_a_project_is_in_the_export_or_left_out_for_a_reason():
    assert PROJECTS.forgotten_fields() == set()


@pytest.mark.parametrize(("make", "is_led_up"), [(AmbassadorFactory, False), (CouncilStaffFactory, True)])
def test_the_report_leads_up_only_to_pages_that_the_reader_may_open(client, make, is_led_up):
    sign_in(client, make())

    page = client.get(reverse("project_reports")).content.decode()

    assert (f'href="{reverse("reports")}"' in page) == is_led_up


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_list_of_projects_leaves_as_a_file_with_the_wijken_in_words(client, file_format):
    people = team()
    project = project_of(people)
    whole = ProjectFactory(department=people.department)
    sign_in(client, people.ambassador)

    answer = client.post(reverse("reports:export", args=["projecten"]), {"format": file_format})
    content = b"".join(answer.streaming_content)

    if file_format == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]
    wijken = {row[0]: row[rows[0].index("Wijken")] or "" for row in rows[1:]}
    assert wijken == {project.reference: people.wijk.short_name, whole.reference: ""}


HEADINGS = "Nummer;Titel;Samenvatting;Afdeling;Projectleider;Wijk;Fase;Startdatum;Startnotitie tot;Budget"


def written_list(folder: Path, *rows: str) -> Path:
    path = folder / "lijst.csv"
    path.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    return path


def row(people, number: str = "R-1", title: str = "Kerkstraat", phase: str = "ontwerp") -> str:
    where = f"{people.department.name};{people.lead.name};{people.wijk.short_name}"
    return f"{number};{title};Nieuwe riolering.;{where};{phase};2-3-2026;1-5-2026;50000"


def take(path: Path, by: User, **options: bool):
    return take_over(path, list_name="Ruimte", by=by, **options)


def test_a_list_is_looked_at_taken_over_and_taken_over_again_without_change(tmp_path):
    people = team()
    path = written_list(tmp_path, row(people), row(people, "R-2", phase="onzin"), row(people, "R-1", "Dubbel"))

    trial = take(path, people.ambassador)
    assert not Project.objects.exists()
    first = take(path, people.ambassador, dry_run=False)
    again = take(path, people.ambassador, dry_run=False)

    results = [line.result for line in trial.lines]
    assert results == [line.result for line in first.lines] == [Result.NEW, Result.REFUSED, Result.REFUSED]
    assert [line.result for line in again.lines] == [Result.SAME, Result.REFUSED, Result.REFUSED]
    assert "“onzin” begrijpen wij niet" in first.lines[1].remarks[0]
    assert "nummer R-1 staat al op regel 2" in first.lines[2].remarks[0]
    project = Project.objects.get()
    assert (project.title, project.phase, project.budget_band, project.lead) == (
        "Kerkstraat",
        "design",
        "middle",
        people.lead,
    )
    assert list(project.wijken.all()) == [people.wijk]
    assert project.phases.get(kind="design").check_due_on == add_working_days(timezone.localdate(), 15)


def test_a_changed_list_changes_the_project_and_keeps_what_people_added(tmp_path):
    people = team()
    take(written_list(tmp_path, row(people)), people.ambassador, dry_run=False)
    Project.objects.update(contact_name="De projectleider")

    report = take(written_list(tmp_path, row(people, title="Kerkstraat en plein")), people.ambassador, dry_run=False)

    project = Project.objects.get()
    assert [line.result for line in report.lines] == [Result.CHANGED]
    assert (project.title, project.contact_name) == ("Kerkstraat en plein", "De projectleider")


def test_a_project_of_another_department_is_refused_by_name(tmp_path):
    people = team()
    stranger = AmbassadorFactory()

    report = take(written_list(tmp_path, row(people)), stranger, dry_run=False)

    assert report.lines[0].remarks == ["U mag dit project niet aanmelden."]
    assert not Project.objects.exists()


def test_a_workbook_is_taken_over_on_the_screen_after_a_look(client):
    people = team()
    book = Workbook()
    book.active.append(["Nummer", "Titel", "Begonnen op"])
    book.active.append(["7", "Fietsroute", "2026-03-02"])
    kept = io.BytesIO()
    book.save(kept)
    sign_in(client, people.ambassador)
    address = reverse("admin:participation_project_import")

    def sent(**answers: object):
        return client.post(
            address, {"name": "Ruimte", "department": people.department.pk, **answers}, follow=True
        ).content.decode()

    looked = sent(list=SimpleUploadedFile("lijst.xlsx", kept.getvalue()), _look="1")
    assert "Fietsroute" in looked
    assert not Project.objects.exists()
    # The file need not be chosen again, by who chose it.
    token = looked.partition('name="kept" value="')[2].partition('"')[0]
    assert "Kies het bestand met de lijst" in sent(kept="iets anders", _take="1")
    assert "1 nieuw" in sent(kept=token, _take="1")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", b"\x00\x01", "Dit is geen CSV- of XLSX-bestand"),
        ("x.pdf", b"%PDF-1.7 een verslag", "Dit is geen CSV- of XLSX-bestand"),
        ("x.xlsx", b"geen werkmap", "Dit is geen Excel-werkmap"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(client, name, content, told):
    sign_in(client, team().ambassador)

    page = client.post(
        reverse("admin:participation_project_import"), {"list": SimpleUploadedFile(name, content), "name": "Ruimte"}
    ).content.decode()

    assert told in page


def test_a_wijk_that_is_unknown_is_named_with_what_it_should_be(tmp_path):
    people = team()
    path = written_list(tmp_path, row(people).replace(people.wijk.short_name, "Atlantis"))

    report = take(path, people.ambassador)

    assert report.lines[0].remarks == ["deze wijk kennen wij niet: Atlantis"]


def test_the_command_tells_what_it_would_do(tmp_path, capsys):
    people = team()
    path = written_list(tmp_path, row(people))

    call_command("import_projects", str(path), list="Ruimte", by=people.ambassador.email)

    assert "1 nieuw" in capsys.readouterr().out
    assert not Project.objects.exists()


def test_the_start_page_of_a_lead_an_ambassador_and_a_coordinator_shows_what_waits(client):
    people = team()
    check = CheckFactory(project=project_of(people, title="Ligt bij de ambassadeur"), handed_in=True)
    StakeholderGroupFactory(check_of=check)
    CheckFactory(project=project_of(people, title="Wacht op advies"), in_advice=True)
    workflow.start_check(project_of(people, title="Nog invullen"), by=people.lead)
    late = project_of(people, title="Over tijd")
    held = MomentFactory(project=late, held=True, title="Wijktafel", feedback_due_on=today())
    ContributionFactory.create_batch(2, moment=held)
    late.phases.filter(kind="start_note").update(check_due_on=late.started_on)

    pages = {}
    for user in (people.lead, people.ambassador, people.coordinator):
        sign_in(client, user)
        pages[user] = client.get(reverse("admin:index")).content.decode()

    assert "Nog invullen" in pages[people.lead]
    assert "Over tijd" in pages[people.lead]
    assert "2 bijdragen te bekijken, vertellen wat u ermee doet" in pages[people.lead]
    assert "Momenten: wacht op mij" not in pages[people.ambassador] + pages[people.coordinator]
    assert "Checks om na te kijken" in pages[people.ambassador]
    assert "Ligt bij de ambassadeur" in pages[people.ambassador]
    assert "Wacht op advies" in pages[people.coordinator]
    assert "Checks over tijd (1)" in pages[people.coordinator].replace("</a> (", " (")
