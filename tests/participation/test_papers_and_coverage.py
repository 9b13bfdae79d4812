"""The paragraph for a council paper, the coverage for everybody, and a department's list that is taken over."""

import csv
import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from odfdo import Document as OdfDocument
from openpyxl import Workbook, load_workbook

from participation import workflow
from participation.imports.workflow import Result, take_over
from participation.legal_basis import Paper
from participation.models import Project
from participation.motivation import document
from participation.motivation_files import as_docx, as_odt, as_text
from participation.reports import PROJECTS
from shared.accounts.models import User
from shared.terms.calendar import add_working_days
from tests.factories.accounts import AmbassadorFactory, CouncilStaffFactory, FinanceFactory, ManagerFactory, UserFactory
from tests.factories.participation import AldermanFactory, CheckFactory, ProjectFactory, StakeholderGroupFactory
from tests.participation.checking import NO_PARTICIPATION, confirmed, project_of, team
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_three_files_say_the_same_under_the_same_headings(paper):
    people = team()
    project = project_of(people, published=True)
    confirmed(people, project)
    made = document(project, paper)

    word, odt, text = as_docx(made), as_odt(made), as_text(made).decode()

    in_word = docx.Document(io.BytesIO(word))
    in_odt = OdfDocument(io.BytesIO(odt))
    headings = [each.text for each in in_word.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [each.text_recursive for each in in_odt.body.headers]
    assert headings[0] == made.title
    assert in_word.core_properties.language == "nl-NL"
    assert len(headings) > 4
    for block in made.blocks:
        for sentence in getattr(block, "items", None) or [block.text]:
            assert sentence in text
            assert sentence in words_of(word)


def test_the_motivation_says_how_and_by_whom_it_was_decided_and_on_which_rules_it_rests():
    people = team()
    project = project_of(people)
    confirmed(people, project)

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    for words in (
        "Grondslag: Participatienota Ambachtse Aanpak",
        "Ambachtse Aanpak",
        "vastgesteld door: Managementteam, MT",
        "Niveau: Adviseren. Dat betekent: Wij volgen uw advies, of leggen uit waarom niet.",
        "Ga langs de school.",
        "Er is nog geen terugkoppeling vastgelegd",
    ):
        assert words in text


OWN_RULES = "Participatienota Ambachtse Aanpak (raadsbesluit van 11 januari 2021)"
NOTICE_ACT = "Omgevingswet artikel 5.47, vierde lid, en Omgevingsbesluit artikel 5.3"
MOTIVATION_ACT = "Omgevingsbesluit artikel 10.2"


@pytest.mark.parametrize(
    ("kind", "law", "notice", "motivation"),
    [
        ("policy", {}, OWN_RULES, OWN_RULES),
        ("execution", {"legal_article": "Oud artikel 1"}, OWN_RULES, OWN_RULES),
        ("environment", {}, NOTICE_ACT, MOTIVATION_ACT),
        (
            "environment",
            {"legal_duty": "omgevingswet", "legal_article": "Omgevingsbesluit artikel 10.2 en 10.7"},
            f"{NOTICE_ACT}; Omgevingsbesluit artikel 10.2 en 10.7",
            "Omgevingsbesluit artikel 10.2 en 10.7",
        ),
        (
            "project",
            {"legal_duty": "omgevingswet", "legal_article": "Omgevingswet artikel 5.48"},
            f"{NOTICE_ACT}; Omgevingswet artikel 5.48",
            f"{MOTIVATION_ACT}; Omgevingswet artikel 5.48",
        ),
        (
            "policy",
            {"legal_duty": "other", "legal_article": "Wmo 2015 artikel 2.1.3"},
            "Wmo 2015 artikel 2.1.3",
            "Wmo 2015 artikel 2.1.3",
        ),
        (
            "project",
            {"legal_duty": "omgevingswet", "legal_article": "Wet X artikel 1", "law_excludes": True},
            OWN_RULES,
            OWN_RULES,
        ),
    ],
)
def test_a_paper_claims_the_law_only_where_the_law_asks_for_participation(kind, law, notice, motivation):
    project = ProjectFactory(kind=kind)
    CheckFactory(project=project, signed=True, **law)

    texts = [as_text(document(project, paper)).decode() for paper in (Paper.NOTICE, Paper.MOTIVATION)]

    assert [text.partition("Grondslag: ")[2].partition(".\n")[0] for text in texts] == [notice, motivation]
    assert not any("7.4" in text for text in texts)


def test_the_motivation_lists_the_level_of_each_phase_before():
    project = ProjectFactory(in_decision=True)
    CheckFactory(project=project, signed=True, informs=True)
    design = project.checks.get(phase__kind="design")
    assert (design.level, design.outcome) == ("advise", "participation")

    made = document(project, Paper.MOTIVATION)
    text = as_text(made).decode()

    assert "Startnotitie: participatie, niveau adviseren\n- Ontwerp: participatie, niveau adviseren\n" in text
    assert "Besluit: " not in text.partition("Wat was het niveau in eerdere fasen?")[2].partition("Niveau: ")[0]
    assert "Niveau: Informeren." in text


@pytest.mark.parametrize("asks", [True, False])
def test_the_motivation_asks_for_feedback_only_where_people_were_asked_something(asks):
    project = CheckFactory(project=ProjectFactory(), signed=True, informs=not asks).project

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    assert ("nog geen terugkoppeling" in text) == asks


def test_no_participation_stands_in_the_motivation_with_its_reason():
    people = team()
    project = project_of(people)
    confirmed(people, project, NO_PARTICIPATION)

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    assert "Er was geen participatie. Reden: Er valt niets te kiezen. Er valt niets te kiezen." in text


def test_the_notice_does_not_promise_to_inform_where_nobody_takes_part():
    people = team()
    project = project_of(people, contact_phone="+31612345678")
    confirmed(people, project, NO_PARTICIPATION)

    text = as_text(document(project, Paper.NOTICE)).decode()

    assert "Waarom is er geen participatie?" in text
    assert "Reden: Er valt niets te kiezen. Er valt niets te kiezen." in text
    assert "Wie worden betrokken?" not in text
    assert "06 12345678" in text


def test_a_paper_of_a_project_without_a_signed_check_says_so_and_another_project_is_not_yours(client):
    people = team()
    project = project_of(people)
    sign_in(client, people.lead)
    address = reverse("admin:participation_project_paper", args=[project.pk, "kennisgeving"])

    page = client.get(address)
    elsewhere = client.get(
        reverse("admin:participation_project_paper_file", args=[ProjectFactory().pk, "motivering", "docx"])
    )
    file = client.get(reverse("admin:participation_project_paper_file", args=[project.pk, "motivering", "odt"]))

    assert "nog geen participatiecheck vastgesteld" in page.content.decode()
    assert elsewhere.status_code == 404
    assert file["Content-Disposition"] == f'attachment; filename="motivering-{project.reference.lower()}.odt"'


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
    late.phases.filter(kind="start_note").update(check_due_on=late.started_on)

    pages = {}
    for user in (people.lead, people.ambassador, people.coordinator):
        sign_in(client, user)
        pages[user] = client.get(reverse("admin:index")).content.decode()

    assert "Nog invullen" in pages[people.lead]
    assert "Over tijd" in pages[people.lead]
    assert "Checks om na te kijken" in pages[people.ambassador]
    assert "Ligt bij de ambassadeur" in pages[people.ambassador]
    assert "Wacht op advies" in pages[people.coordinator]
    assert "Checks over tijd (1)" in pages[people.coordinator].replace("</a> (", " (")
