"""Five hundred invented projects with phases and moments over three years, as rows and as plain values."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from participation.enums import PHASE_ORDER, PhaseKind
from participation.models import ParticipationCheck, Project, ProjectPhase
from participation.moments.models import Feedback, Moment
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
WHEN_TOLD = (*(-14,) * 200, *(-8, -2, 0, 1, 4, 12, 25) * 2, *(None,) * 4)


@dataclass
class Stage:
    """One phase that asks for a check: when it starts, until when, and when it is signed (None: never)."""

    kind: str
    started_on: date
    due_on: date
    signed_on: date | None
    left_on: date | None = None


@dataclass
class Meeting:
    """One moment: when it takes place, the last day for its feedback, and when people heard (None: never).

    The moment gets its number when it takes place.
    """

    held_on: date
    due_on: date
    told_on: date | None
    number: int | None = None


@dataclass
class Life:
    """What happens to one project; nobody moves past a gate without a signature."""

    number: int
    department: int
    alderman: int | None
    wijken: list[int]
    stages: list[Stage]
    meetings: list[Meeting]
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
        meetings=list(_meetings(number, stages[0].started_on)),
        outcome=chance.choice(("participation", "participation", "inform", "none")),
    )
    if stages[-1].kind == "execution":
        life.decided_on = stages[-1].started_on
        late = chance.choice(WHEN_EVALUATED)
        life.evaluated_on = None if late is None else life.decided_on + timedelta(days=60 + late)
    return life


def _meetings(number: int, start: date) -> Iterator[Meeting]:
    """None, one or two moments of a project."""
    chance = random.Random(SEED + number)
    for _turn in range(chance.choice((0, 0, 1, 2))):
        held_on = start + timedelta(days=chance.randrange(20, 400))
        due_on = held_on + timedelta(days=chance.choice((28, 29, 31)))
        late = chance.choice(WHEN_TOLD)
        yield Meeting(held_on, due_on, None if late is None else due_on + timedelta(days=late))


@dataclass
class World:
    """The rows behind the lives."""

    lives: list[Life]
    projects: list[Project]
    # The rows of the phases, by project and kind.
    phases: dict[tuple[int, str], int]
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
    made_at = _clock(FIRST_DAY)
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
    phases = ProjectPhase.objects.bulk_create(
        ProjectPhase(project=project, kind=kind, position=PHASE_ORDER.index(PhaseKind(kind)))
        for project in projects
        for kind in PHASE_ORDER
    )
    let_the_planner_know()
    names = {
        "departments": [each.name for each in departments],
        "aldermen": [each.name for each in aldermen],
        "wijken": [each.short_name for each in wijken],
    }
    people = {"leads": leads, "ambassadors": ambassadors, "coordinators": coordinators}
    addresses = {name: [user.email for user in users] for name, users in people.items()}
    places_in = {(phase.project_id, phase.kind): phase.pk for phase in phases}
    return World(found, projects, places_in, names, addresses)


def let_the_planner_know() -> None:
    """Rows of this transaction are unknown to the planner, which would read the tables whole every day."""
    tables = [model._meta.db_table for model in (Project, ProjectPhase, ParticipationCheck, Moment, Feedback)]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


@dataclass
class Day:
    """What happens on one day; a project goes on before anything else happens to it."""

    starts: list[tuple[Project, Stage]] = field(default_factory=list)
    signed: list[tuple[Project, Life, Stage]] = field(default_factory=list)
    decided: list[tuple[Project, Life]] = field(default_factory=list)
    evaluated: list[tuple[Project, Life]] = field(default_factory=list)
    held: list[tuple[Project, Meeting]] = field(default_factory=list)
    told: list[tuple[Project, Meeting]] = field(default_factory=list)


def diary(world: World) -> dict[date, Day]:
    """What happens on which day."""
    days: dict[date, Day] = defaultdict(Day)
    for life, project in zip(world.lives, world.projects, strict=True):
        for stage in life.stages:
            days[stage.started_on].starts.append((project, stage))
            if stage.signed_on:
                days[stage.signed_on].signed.append((project, life, stage))
        if life.decided_on:
            days[life.decided_on].decided.append((project, life))
        if life.evaluated_on:
            days[life.evaluated_on].evaluated.append((project, life))
        for meeting in life.meetings:
            days[meeting.held_on].held.append((project, meeting))
            if meeting.told_on:
                days[meeting.told_on].told.append((project, meeting))
    return dict(days)


def happen(world: World, day: Day) -> None:
    """Let it all happen, with the rows that the workflow would write: one statement for each kind of event."""
    begin = "UPDATE participation_projectphase SET started_on = %s, check_due_on = %s WHERE id = %s"
    _each(begin, [(stage.started_on, stage.due_on, world.phases[each.pk, stage.kind]) for each, stage in day.starts])
    _each("UPDATE participation_project SET phase = %s WHERE id = %s", [(to.kind, each.pk) for each, to in day.starts])
    ParticipationCheck.objects.bulk_create(_signed(world, *signed) for signed in day.signed)
    decide = "UPDATE participation_project SET decided_on = %s, evaluation_due_on = %s + 60 WHERE id = %s"
    _each(decide, [(life.decided_on, life.decided_on, each.pk) for each, life in day.decided])
    evaluate = "UPDATE participation_project SET evaluated_on = %s WHERE id = %s"
    _each(evaluate, [(life.evaluated_on, each.pk) for each, life in day.evaluated])
    moments = Moment.objects.bulk_create(_held(*held) for held in day.held)
    for moment, (_project, meeting) in zip(moments, day.held, strict=True):
        meeting.number = moment.pk
    Feedback.objects.bulk_create(_told(*told) for told in day.told)


def _each(statement: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _signed(world: World, project: Project, life: Life, stage: Stage) -> ParticipationCheck:
    return ParticipationCheck(
        project=project,
        phase_id=world.phases[project.pk, stage.kind],
        number=life.stages.index(stage) + 1,
        status="confirmed",
        outcome=life.outcome,
        advice=life.outcome,
        level="advise" if life.outcome == "participation" else "inform",
        none_reason="minor" if life.outcome == "none" else "",
        none_text="Klein." if life.outcome == "none" else "",
        drafted_at=_clock(FIRST_DAY),
        advised_at=_clock(FIRST_DAY),
        signer="management",
        signer_name="MT",
        signed_on=stage.signed_on,
    )


def _held(project: Project, meeting: Meeting) -> Moment:
    return Moment(
        project=project,
        status="held",
        title="Wijktafel",
        text="Wij praten over het groen.",
        starts_at=_clock(meeting.held_on),
        ends_at=_clock(meeting.held_on) + timedelta(hours=2),
        held_at=_clock(meeting.held_on),
        feedback_due_on=meeting.due_on,
        made_by=project.lead,
    )


def _told(project: Project, meeting: Meeting) -> Feedback:
    return Feedback(
        moment_id=meeting.number,
        heard="U wilt bomen.",
        doing="Wij planten er tien.",
        not_doing="Geen fontein: te duur.",
        written_by=project.lead,
        sent_at=_clock(meeting.told_on),
    )


def _clock(day: date | None) -> datetime:
    """Nine in the morning of this day."""
    return datetime.combine(day or FIRST_DAY, time(9), AMSTERDAM)
