"""A department's list that is read again writes what it says and nothing else, on whatever day that is."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from openpyxl import Workbook

from participation import workflow
from participation.enums import BudgetBand, DecidingBody, PhaseKind, ProjectKind
from participation.imports.workflow import Report, Result, take_over
from participation.models import Project
from participation.workflow import Planned
from shared.terms.calendar import add_working_days
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.participation.checking import Team, team

pytestmark = pytest.mark.django_db
FIRST_DAY, LATER = "2026-03-02 11:00+01:00", "2026-06-02 11:00+02:00"


def take(folder: Path, people: Team, **cells: object) -> Report:
    """One row, with a number, a title and the department, and these cells."""
    row = {"Nummer": "R-1", "Titel": "Kerkstraat", "Afdeling": people.department.name, **cells}
    book, path = Workbook(), folder / "lijst.xlsx"
    for each in (list(row), list(row.values())):
        book.active.append(each)
    book.save(path)
    return take_over(path, list_name="Ruimte", by=people.ambassador, dry_run=False)


def check_due_on(project: Project) -> date:
    return project.phases.get(kind=project.phase).check_due_on


def test_the_same_list_without_a_start_date_changes_nothing_on_another_day(tmp_path):
    with time_machine.travel(FIRST_DAY):
        people = team()
        first = take(tmp_path, people)
    due_on = check_due_on(Project.objects.get())

    with time_machine.travel(LATER):
        again = take(tmp_path, people)

    project = Project.objects.get()
    assert first.lines[0].remarks == ["geen begindatum: vandaag is gebruikt"]
    assert [(line.result, line.remarks) for line in again.lines] == [(Result.SAME, [])]
    assert project.started_on == date(2026, 3, 2)
    assert check_due_on(project) == due_on == add_working_days(date(2026, 3, 2), 15)


def test_a_list_that_changes_a_title_or_names_another_start_leaves_a_late_project_late(tmp_path):
    with time_machine.travel(FIRST_DAY):
        people = team()
        take(tmp_path, people, Startdatum="1-1-2026")
    due_on = check_due_on(Project.objects.get())

    with time_machine.travel(LATER):
        again = take(tmp_path, people, Titel="Kerkstraat en plein", Startdatum="1-6-2026")

    project = Project.objects.get()
    assert (project.title, project.started_on) == ("Kerkstraat en plein", date(2026, 1, 1))
    assert check_due_on(project) == due_on == add_working_days(date(2026, 3, 2), 15)
    assert "verandert alleen in het portaal" in again.lines[0].remarks[0]


def test_what_the_list_does_not_say_stays_as_people_filled_it_in(tmp_path):
    people = team()
    take(tmp_path, people)
    buurt, theme = BuurtFactory(wijk=people.wijk), ThemeFactory()
    Project.objects.update(
        summary="Nieuw riool en meer groen.",
        kind=ProjectKind.POLICY,
        deciding_body=DecidingBody.COUNCIL,
        budget_band=BudgetBand.LARGE,
        place="Bij de kerk",
    )
    project = Project.objects.get()
    project.wijken.add(people.wijk)
    project.buurten.add(buurt)
    project.themes.add(theme)

    # The columns are there this time, and empty.
    again = take(tmp_path, people, Soort="", Samenvatting="", Plek="", Wijk="", Buurt="", Thema="", Budget="")
    changed = take(tmp_path, people, Titel="Kerkstraat en plein")

    project.refresh_from_db()
    assert [again.lines[0].result, changed.lines[0].result] == [Result.SAME, Result.CHANGED]
    assert (project.title, project.summary) == ("Kerkstraat en plein", "Nieuw riool en meer groen.")
    assert (project.kind, project.deciding_body, project.budget_band, project.place) == (
        ProjectKind.POLICY,
        DecidingBody.COUNCIL,
        BudgetBand.LARGE,
        "Bij de kerk",
    )
    assert [*project.wijken.all(), *project.buurten.all(), *project.themes.all()] == [people.wijk, buurt, theme]


def test_a_buurt_of_the_list_brings_its_wijk_and_a_wijk_of_the_list_drops_the_buurten_elsewhere(tmp_path):
    people = team()
    take(tmp_path, people, Wijk=people.wijk.name)
    buurt, elsewhere = BuurtFactory(), WijkFactory()

    take(tmp_path, people, Buurt=buurt.name)
    project = Project.objects.get()
    assert set(project.wijken.all()) == {people.wijk, buurt.wijk}
    assert list(project.buurten.all()) == [buurt]
    take(tmp_path, people, Wijk=elsewhere.name)

    assert list(project.wijken.all()) == [elsewhere]
    assert not project.buurten.exists()


def test_phases_and_days_that_people_planned_stay(tmp_path):
    people = team()
    take(tmp_path, people, **{"Ontwerp tot": "1-9-2026"})
    project = Project.objects.get()
    mine = [
        Planned(PhaseKind.DESIGN, date(2026, 6, 1), date(2026, 9, 1)),
        Planned(PhaseKind.EXECUTION, date(2027, 5, 1), date(2027, 9, 1)),
    ]
    workflow.plan(project, mine, by=people.ambassador)

    same = take(tmp_path, people, **{"Ontwerp tot": "1-9-2026"})
    moved = take(tmp_path, people, **{"Ontwerp tot": "1-10-2026"})
    refused = take(tmp_path, people, **{"Ontwerp tot": "1-5-2026"})

    days = {phase.kind: (phase.planned_from, phase.planned_to) for phase in project.phases.all()}
    assert [each.lines[0].result for each in (same, moved, refused)] == [Result.SAME, Result.CHANGED, Result.REFUSED]
    assert refused.lines[0].remarks == ["de fase ontwerp eindigt voordat zij begint"]
    assert days[PhaseKind.DESIGN] == (date(2026, 6, 1), date(2026, 10, 1))
    assert days[PhaseKind.EXECUTION] == (date(2027, 5, 1), date(2027, 9, 1))


def test_another_phase_in_the_list_is_told_and_not_taken_over(tmp_path):
    people = team()
    take(tmp_path, people, Fase="startnotitie")

    again = take(tmp_path, people, Fase="ontwerp")

    told = "fase in de lijst: “Ontwerp”, hier: “Startnotitie”. De fase verandert alleen in het portaal"
    assert [(line.result, line.remarks) for line in again.lines] == [(Result.SAME, [told])]
    assert Project.objects.get().phase == PhaseKind.START_NOTE
