"""Five hundred invented projects with phases over three years, as rows and as plain values to count by hand."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from participation.enums import PHASE_ORDER, PhaseKind
from participation.models import ParticipationCheck, Project, ProjectPhase
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, DepartmentFactory, ProjectLeadFactory
from tests.factories.participation import AldermanFactory
from tests.factories.wijken import WijkFactory

FIRST_DAY = date(2023, 1, 2)
DAYS = 3 * 365
NUMBER = 500
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Seeded, so that each run is the same. Most checks are there before the first reminder, some late, a few never.
SEED = 20260302
NEVER = 0.002
# One in so many was under way when a department's list was taken over: it begins beyond its start note.
TAKEN_OVER = 20
WHEN_SIGNED = (*(-15,) * 200, *(-12,) * 100, -6, -2, 0, 1, 2, 12, 30)
WHEN_EVALUATED = (*(-55,) * 150, -20, -3, 0, 5, 40, None)


@dataclass
class Stage:
    """One phase that asks for a check: when it starts, until when, and when it is signed (None: never)."""

    kind: str
    started_on: date
    due_on: date
    signed_on: date | None
    left_on: date | None = None


@dataclass
class Life:
    """What happens to one project; nobody moves past a gate without a signature."""

    number: int
    department: int
    alderman: int | None
    wijken: list[int]
    stages: list[Stage]
    outcome: str
    decided_on: date | None = None
    evaluated_on: date | None = None

    @property
    def taken_over(self) -> bool:
        """It came from a list, beyond its start note."""
        return self.stages[0].kind != "start_note"


def lives(*, departments: int, aldermen: int, wijken: int) -> list[Life]:
    """All projects."""
    chance = random.Random(SEED)
    return [_life(number, chance, departments, aldermen, wijken) for number in range(NUMBER)]


def _life(number: int, chance: random.Random, departments: int, aldermen: int, wijken: int) -> Life:
    start = FIRST_DAY + timedelta(days=chance.randrange(DAYS - 60))
    stages: list[Stage] = []
    kinds = ("start_note", "design", "decision", "execution")
    for kind in kinds[1:] if number % TAKEN_OVER == 0 else kinds:
        due = start + timedelta(days=chance.choice((9, *(21,) * 39, 24)))
        signed = None if chance.random() < NEVER else due + timedelta(days=chance.choice(WHEN_SIGNED))
        signed = signed and max(signed, start)
        stages.append(Stage(kind, start, due, signed))
        if signed is None or chance.random() < 0.15:
            break
        start = stages[-1].left_on = signed + timedelta(days=chance.randrange(1, 120))
    life = Life(
        number=number,
        department=chance.randrange(departments),
        alderman=chance.choice((None, *range(aldermen))),
        wijken=sorted(chance.sample(range(wijken), chance.randrange(3))),
        stages=stages,
        outcome=chance.choice(("participation", "participation", "inform", "none")),
    )
    if stages[-1].kind == "execution":
        life.decided_on = stages[-1].started_on
        late = chance.choice(WHEN_EVALUATED)
        life.evaluated_on = None if late is None else life.decided_on + timedelta(days=60 + late)
    return life


@dataclass
class World:
    """The rows behind the lives."""

    lives: list[Life]
    projects: list[Project]
    people: dict[str, list[str]]
    # Where letters go: of the lead and the ambassador of each department, and of the coordinator of each wijk.
    addresses: dict[str, list[str]]


def build() -> World:
    """Make the rows as they stand before the first day: nothing has happened yet."""
    departments = DepartmentFactory.create_batch(5)
    aldermen = AldermanFactory.create_batch(3)
    wijken = WijkFactory.create_batch(4)
    leads = [ProjectLeadFactory(department=each, starts_on=FIRST_DAY) for each in departments]
    ambassadors = [AmbassadorFactory(department=each, starts_on=FIRST_DAY) for each in departments]
    coordinators = [CoordinatorFactory(wijk=each, starts_on=FIRST_DAY) for each in wijken]
    found = lives(departments=len(departments), aldermen=len(aldermen), wijken=len(wijken))
    made_at = datetime(2023, 1, 2, 9, tzinfo=AMSTERDAM)
    projects = Project.objects.bulk_create(
        Project(
            reference=f"2019-P-{life.number:05d}",
            title=f"Project {life.number}",
            summary="Een project.",
            department=departments[life.department],
            lead=leads[life.department],
            alderman=None if life.alderman is None else aldermen[life.alderman],
            started_on=life.stages[0].started_on,
            # A project that has not begun waits in the idea, of which nothing is due.
            phase=life.stages[0].kind if life.taken_over else PhaseKind.IDEA,
            source_id=f"R-{life.number}" if life.taken_over else "",
            registered_at=made_at,
        )
        for life in found
    )
    places = Project.wijken.through
    places.objects.bulk_create(
        places(project=project, wijk=wijken[place])
        for life, project in zip(found, projects, strict=True)
        for place in life.wijken
    )
    ProjectPhase.objects.bulk_create(
        ProjectPhase(project=project, kind=kind, position=PHASE_ORDER.index(PhaseKind(kind)))
        for project in projects
        for kind in PHASE_ORDER
    )
    with connection.cursor() as cursor:
        # Rows of this transaction are unknown to the planner otherwise, and it would read the tables whole every day.
        cursor.execute("ANALYZE participation_project, participation_projectphase, participation_project_wijken")
    names = {
        "departments": [each.name for each in departments],
        "aldermen": [each.name for each in aldermen],
        "wijken": [each.short_name for each in wijken],
    }
    people = {"leads": leads, "ambassadors": ambassadors, "coordinators": coordinators}
    addresses = {name: [user.email for user in users] for name, users in people.items()}
    return World(found, projects, names, addresses)


def events(world: World) -> dict[date, list[tuple[str, Project, Life, Stage | None]]]:
    """What happens on which day, in the order in which it happens."""
    found: dict[date, list[tuple[str, Project, Life, Stage | None]]] = {}
    for life, project in zip(world.lives, world.projects, strict=True):
        for stage in life.stages:
            found.setdefault(stage.started_on, []).append(("start", project, life, stage))
            if stage.signed_on:
                found.setdefault(stage.signed_on, []).append(("sign", project, life, stage))
        if life.decided_on:
            found.setdefault(life.decided_on, []).append(("decide", project, life, None))
        if life.evaluated_on:
            found.setdefault(life.evaluated_on, []).append(("evaluate", project, life, None))
    return found


def happen(kind: str, project: Project, life: Life, stage: Stage | None) -> None:
    """Let it happen, with the rows that the workflow would write."""
    if kind == "start" and stage:
        ProjectPhase.objects.filter(project=project, kind=stage.kind).update(
            started_on=stage.started_on, check_due_on=stage.due_on
        )
        Project.objects.filter(pk=project.pk).update(phase=stage.kind)
    elif kind == "sign" and stage:
        ParticipationCheck.objects.create(
            project=project,
            phase=ProjectPhase.objects.get(project=project, kind=stage.kind),
            number=life.stages.index(stage) + 1,
            status="confirmed",
            outcome=life.outcome,
            advice=life.outcome,
            level="advise" if life.outcome == "participation" else "inform",
            none_reason="minor" if life.outcome == "none" else "",
            none_text="Klein." if life.outcome == "none" else "",
            drafted_at=datetime(2023, 1, 2, 9, tzinfo=AMSTERDAM),
            advised_at=datetime(2023, 1, 2, 9, tzinfo=AMSTERDAM),
            signer="management",
            signer_name="MT",
            signed_on=stage.signed_on,
        )
    elif kind == "decide" and life.decided_on:
        due = life.decided_on + timedelta(days=60)
        Project.objects.filter(pk=project.pk).update(decided_on=life.decided_on, evaluation_due_on=due)
    elif kind == "evaluate":
        Project.objects.filter(pk=project.pk).update(evaluated_on=life.evaluated_on)
