"""Five hundred projects over three years, day by day: no letter missing, double or to another; coverage by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest

from participation import workflow
from participation.coverage import coverage
from participation.models import SentReminder
from shared.notifications.models import OutboxMessage
from tests.participation.simulated import (
    DAYS,
    FIRST_DAY,
    Life,
    Meeting,
    World,
    build,
    diary,
    happen,
    let_the_planner_know,
)

pytestmark = pytest.mark.django_db
LAST_DAY = FIRST_DAY + timedelta(days=DAYS)
# The settings of the demonstration, written out: the test counts on its own.
RUNGS = [-10, -3, 1, *range(8, 2000, 7)]
MANAGEMENT = 10
KINDS = ("check:", "evaluation:", "feedback:")
MANAGEMENT_ADDRESS = "managementteam@h-i-ambacht.example"


@pytest.fixture
def world(db) -> World:
    """The rows before the first day."""
    return build()


def expected(world: World) -> Counter[tuple[str, date, int]]:
    """Each reminder that has to go out: what it is about, on which day, and how many days after the last day."""
    found: Counter[tuple[str, date, int]] = Counter()
    for life, project in zip(world.lives, world.projects, strict=True):
        for place, stage in enumerate(life.stages):
            following = life.stages[place + 1].started_on if place + 1 < len(life.stages) else None
            until = min(filter(None, [stage.signed_on, following, LAST_DAY]))
            name = "first" if stage.kind == "start_note" else stage.kind
            found += ladder(f"check:{project.pk}:{name}", stage.started_on, stage.due_on, until)
        if life.decided_on and life.outcome == "participation" and evaluates(life):
            until = min(filter(None, [life.evaluated_on, LAST_DAY]))
            due = life.decided_on + timedelta(days=60)
            begins = max(life.decided_on, life.stages[0].signed_on or life.decided_on)
            found += ladder(f"evaluation:{project.pk}", begins, due, until)
        for meeting in life.meetings:
            until = min(filter(None, [meeting.told_on, LAST_DAY]))
            found += ladder(f"feedback:{meeting.number}", meeting.held_on, meeting.due_on, until)
    return found


def evaluates(life: Life) -> bool:
    return any(stage.signed_on for stage in life.stages)


def ladder(subject: str, begins: date, due: date, until: date) -> Counter[tuple[str, date, int]]:
    """The rungs whose day comes while it is awaited; of those that were there at the start only the last one."""
    found: Counter[tuple[str, date, int]] = Counter()
    passed = [rung for rung in RUNGS if due + timedelta(days=rung) <= begins]
    for rung in RUNGS:
        day = due + timedelta(days=rung)
        if passed and rung == passed[-1] and begins < until and begins < LAST_DAY:
            found[subject, begins, rung] += 1
        elif begins < day < until and day < LAST_DAY:
            found[subject, day, rung] += 1
    day = max(due + timedelta(days=MANAGEMENT), begins)
    if day < until and day < LAST_DAY:
        found[f"{subject}:management", day, MANAGEMENT] += 1
    return found


def expected_letters(world: World, reminders: Counter[tuple[str, date, int]]) -> Counter[tuple[str, str]]:
    """How many letters about each project go to each address.

    Before the last day to ambassador and coordinators; the first time that it is too late to the lead as well; after
    that to the ambassador; and once to the management.
    """
    lives = {str(project.pk): life for life, project in zip(world.lives, world.projects, strict=True)}
    projects = {str(meeting.number): project for project, life in lives.items() for meeting in life.meetings}
    found: Counter[tuple[str, str]] = Counter()
    told: set[str] = set()
    for subject, _day, rung in sorted(reminders, key=lambda each: each[1]):
        what, number, *rest = subject.split(":")
        project = projects[number] if what == "feedback" else number
        if "management" in rest:
            found[project, MANAGEMENT_ADDRESS] += 1
            continue
        life = lives[project]
        to = {world.addresses["ambassadors"][life.department]}
        if rung < 0 or subject not in told:
            places = life.wijken or range(len(world.addresses["coordinators"]))
            to |= {world.addresses["coordinators"][place] for place in places}
        if rung > 0 and subject not in told:
            to.add(world.addresses["leads"][life.department])
            told.add(subject)
        found.update((project, address) for address in to)
    return found


def test_no_reminder_is_missing_or_double_and_the_coverage_is_right(world):
    happening = diary(world)
    for number in range(DAYS):
        today = FIRST_DAY + timedelta(days=number)
        if today in happening:
            happen(world, happening[today])
        if number % 60 == 0:
            let_the_planner_know()
        workflow.remind(today)

    sent = Counter(SentReminder.objects.values_list("subject", "sent_on", "rung"))
    wanted = expected(world)
    assert sent - wanted == Counter()
    assert wanted - sent == Counter()
    assert all(sum(n for (what, *_day), n in wanted.items() if what.startswith(kind)) for kind in KINDS)
    assert sum(wanted.values()) > 100
    letters = Counter(OutboxMessage.objects.values_list("about_id", "recipient_email"))
    assert letters == expected_letters(world, wanted)
    check_the_coverage(world, LAST_DAY - timedelta(days=1))


def check_the_coverage(world: World, today: date) -> None:
    counted = coverage(today)
    by_hand = {name: [by(world, today, name, key) for key in range(len(world.people[name]))] for name in world.people}

    assert tally(counted.whole) == by(world, today, "", None)
    assert [tally(counted.by_department[name]) for name in world.people["departments"]] == by_hand["departments"]
    assert [tally(counted.by_alderman[name]) for name in world.people["aldermen"]] == by_hand["aldermen"]
    assert [tally(counted.by_wijk[name]) for name in world.people["wijken"]] == by_hand["wijken"]
    assert tally(counted.by_wijk[""]) == by(world, today, "wijken", None)
    quarters = sorted({quarter(life, today) for life in world.lives} - {""})
    assert len(quarters) > 10
    assert list(counted.by_quarter) == quarters
    assert [tally(sums) for sums in counted.by_quarter.values()] == [
        by(world, today, "quarters", each) for each in quarters
    ]
    assert counted.whole.without > 0
    passed, in_time = tally(counted.whole)[1:3]
    assert counted.whole.percentage == 100 * in_time // passed
    told, late, missing = tally(counted.whole)[-4:-1]
    assert min(told, late, missing) > 0
    assert counted.whole.feedback_percentage == 100 * told // (told + late + missing)


def tally(sums) -> tuple[int, ...]:
    standing, feedback = sums.evaluations, sums.feedback
    return (
        sums.projects,
        sums.passed,
        sums.in_time,
        sums.too_late,
        sums.without,
        sums.overdue,
        sums.outcomes["participation"],
        sums.outcomes["inform"],
        sums.outcomes["none"],
        sums.none_reasons["minor"],
        sums.levels["advise"],
        sums.levels["inform"],
        standing["in_time"],
        standing["too_late"],
        standing["missing"],
        standing["waiting"],
        feedback["in_time"],
        feedback["too_late"],
        feedback["missing"],
        feedback["waiting"],
    )


def by(world: World, today: date, group: str, key: int | str | None) -> tuple[int, ...]:
    """Count the lives of one group, without a database."""
    rows = [judge(life, today) for life in world.lives if belongs(life, today, group, key)]
    return (len(rows), *(sum(column) for column in zip(*rows, strict=True)))


def belongs(life: Life, today: date, group: str, key: int | str | None) -> bool:
    if group == "departments":
        return life.department == key
    if group == "aldermen":
        return life.alderman == key
    if group == "wijken":
        return not life.wijken if key is None else key in life.wijken
    if group == "quarters":
        return quarter(life, today) == key
    return True


def passed_on(life: Life, today: date) -> date | None:
    later = [stage.started_on for stage in life.stages if stage.kind != "start_note" and stage.started_on <= today]
    return later[0] if later else None


def quarter(life: Life, today: date) -> str:
    day = passed_on(life, today)
    if day is None:
        return ""
    return f"{day.year}-K{1 + (day.month - 1) // 3}"


def heard(meetings: list[Meeting], today: date) -> list[int]:
    """Of how many moments people heard in time, too late, not while they should, and not yet."""
    taken_place = [each for each in meetings if each.held_on <= today]
    told = [each for each in taken_place if each.told_on and each.told_on <= today]
    silent = [each for each in taken_place if each not in told]
    in_time = sum(each.told_on <= each.due_on for each in told)
    missing = sum(each.due_on < today for each in silent)
    return [in_time, len(told) - in_time, missing, len(silent) - missing]


def judge(life: Life, today: date) -> list[int]:
    signed = [stage for stage in life.stages if stage.signed_on and stage.signed_on <= today]
    first = None if life.taken_over else life.stages[0]
    checked_on = first.signed_on if first and first in signed else None
    passed = passed_on(life, today) is not None
    known = life.outcome if signed else ""
    due = life.decided_on + timedelta(days=60) if life.decided_on and life.decided_on <= today else None
    done = life.evaluated_on if life.evaluated_on and life.evaluated_on <= today else None
    asked = due is not None and known == "participation"
    return [
        passed,
        passed and checked_on is not None and checked_on <= first.due_on,
        passed and checked_on is not None and checked_on > first.due_on,
        passed and checked_on is None,
        not passed and first is not None and first.started_on <= today and not checked_on and first.due_on < today,
        known == "participation",
        known == "inform",
        known == "none",
        known == "none",
        known == "participation",
        known in ("inform", "none"),
        asked and done is not None and done <= due,
        asked and done is not None and done > due,
        asked and done is None and due < today,
        asked and done is None and due >= today,
        *heard(life.meetings, today),
    ]
