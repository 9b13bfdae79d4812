"""Three years of work in seconds: no legal term passes without its warnings, and every date is counted twice.

The dates that the portal counts are compared with a count of this file's own: a calendar of free days that was typed
in from the decrees, and a finger that goes from day to day. It shares no line with `shared.terms`.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from shared import municipality
from shared.terms import awb
from shared.terms.changes import Extension, Suspension
from shared.terms.clock import Deadline
from shared.terms.lengths import weeks
from subsidies.workflow.clock import PASSED, share_reached

APPLICATIONS = 10_000
FIRST, LAST = date(2025, 1, 2), date(2027, 12, 31)
DAY = timedelta(days=1)
WARNINGS = municipality.current().periods.term_warning_percents

# Art. 3 of the Algemene termijnenwet and the decrees on it, for 2025 up to 2028, as printed in the calendars.
FREE_DAYS = """
    2025-01-01 2025-04-18 2025-04-21 2025-04-26 2025-05-05 2025-05-29 2025-05-30 2025-06-09 2025-12-25 2025-12-26
    2026-01-01 2026-01-02 2026-04-03 2026-04-06 2026-04-27 2026-05-05 2026-05-14 2026-05-15 2026-05-25 2026-12-25
    2026-12-26 2027-01-01 2027-03-26 2027-03-29 2027-04-27 2027-05-05 2027-05-06 2027-05-07 2027-05-17 2027-12-25
    2027-12-26 2028-01-01 2028-04-14 2028-04-17 2028-04-27 2028-04-28 2028-05-05 2028-05-25 2028-05-26 2028-06-05
    2028-12-25 2028-12-26
"""
FREE = {date.fromisoformat(text) for text in FREE_DAYS.split()}


@dataclass
class Life:
    """What happens to one application: the term of its scheme, and every wait and message."""

    received_on: date
    local_weeks: int | None
    # Each: asked on, last day, completed on (or not at all).
    requests: list[tuple[date, date, date | None]] = field(default_factory=list)
    # Each: first day, last day.
    pauses: list[tuple[date, date]] = field(default_factory=list)
    extended_on: date | None = None
    extended_weeks: int = 0

    def known_on(self, day: date) -> "Life":
        """What the file holds on this day: nothing that happens later."""
        asked = [(a, due, done if done and done <= day else None) for a, due, done in self.requests if a <= day]
        return Life(
            self.received_on,
            self.local_weeks,
            asked,
            [pause for pause in self.pauses if pause[0] <= day],
            self.extended_on if self.extended_on and self.extended_on <= day else None,
            self.extended_weeks,
        )

    def counted_by_the_portal(self) -> Deadline:
        """The deadline as the clock of the portal has it."""
        waits = [
            Suspension.for_completion(invited_on=asked, due_on=due, completed_on=done)
            for asked, due, done in self.requests
        ]
        stops = [Suspension(first, last, last, "uitstel") for first, last in self.pauses]
        later = (
            [Extension(self.extended_on, weeks(self.extended_weeks), from_start=self.local_weeks is None)]
            if self.extended_on
            else []
        )
        return awb.decision_due(
            self.received_on,
            local_term=weeks(self.local_weeks) if self.local_weeks else None,
            suspensions=[*waits, *stops],
            extensions=later,
        )

    def counted_by_hand(self) -> date:
        """Day by day: every day that the clock does not stand still uses one day of the term."""
        still = self.days_still()
        length = 7 * (self.local_weeks or 8)
        if self.extended_on:
            length = 7 * self.extended_weeks if self.local_weeks is None else length + 7 * self.extended_weeks
        day, used = self.received_on, 0
        while used < length:
            day += DAY
            used += day not in still
        # A local term stays where it falls; an extension to more than twelve weeks does so too (Atw article 4).
        moves = self.local_weeks is None and not self.extended_on
        while moves and is_free(day):
            day += DAY
        return day

    def days_still(self) -> set[date]:
        """The days after the invitation up to the day of completion, or all days that were given; and the pauses."""
        still: set[date] = set()
        for asked, due, done in self.requests:
            until = done - DAY if done and done <= due else due
            still |= days(asked + DAY, until)
        for first, last in self.pauses:
            still |= days(first, last)
        return still


def is_free(day: date) -> bool:
    return day.weekday() in (5, 6) or day in FREE


def days(first: date, last: date) -> set[date]:
    return {first + DAY * n for n in range((last - first).days + 1)}


def working_day(day: date) -> date:
    while is_free(day):
        day += DAY
    return day


def live(chance: random.Random) -> Life:
    """An application with at most three things that happen to it, each while its term runs."""
    received_on = FIRST + DAY * chance.randrange((LAST - FIRST).days)
    life = Life(received_on, chance.choice([None, None, None, 4, 6, 10, 13]))
    for _number in range(chance.choice([0, 0, 0, 1, 1, 2, 3])):
        still = life.days_still()
        running = [
            day
            for day in sorted(days(received_on, life.counted_by_hand() - DAY * 3))
            if {day, day + DAY}.isdisjoint(still)
        ]
        if not running:
            break
        # What starts later comes later: nobody asks for something in the past.
        later = [day for day in running if not still or day > max(still)]
        if later:
            happens(life, chance.choice(later), chance)
    return life


def happens(life: Life, day: date, chance: random.Random) -> None:
    what = chance.choice(["request", "request", "pause", "extension"])
    if what == "request":
        due = working_day(day + DAY * chance.choice([7, 14, 14, 21]))
        done = chance.choice([None, day + DAY * chance.randint(1, (due - day).days), due + DAY * 2])
        life.requests.append((day, due, done))
    elif what == "pause":
        life.pauses.append((day, day + DAY * chance.randint(0, 20)))
    elif life.extended_on is None:
        life.extended_on = day
        life.extended_weeks = chance.choice([12, 13, 16]) if life.local_weeks is None else chance.choice([2, 4, 6])


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    chance = random.Random("stimuleringsregeling")
    return [live(chance) for _number in range(APPLICATIONS)]


def test_every_deadline_equals_an_independent_count(lives):
    counted = [(life, life.counted_by_the_portal().due_legal, life.counted_by_hand()) for life in lives]

    assert [row for row in counted if row[1] != row[2]][:3] == []


def test_the_careful_date_is_never_later_than_the_legal_one(lives):
    assert [life for life in lives if (due := life.counted_by_the_portal()).due_safe > due.due_legal] == []


def test_the_lives_are_as_varied_as_those_of_an_office(lives):
    """The simulation says nothing when nothing happens in it."""
    free_ends = [life for life in lives if life.local_weeks is None and is_free(life.received_on + DAY * 56)]

    assert sum(bool(life.requests) for life in lives) > APPLICATIONS / 4
    assert sum(bool(life.pauses) for life in lives) > APPLICATIONS / 10
    assert sum(life.extended_on is not None for life in lives) > APPLICATIONS / 10
    assert sum(len(life.requests) > 1 for life in lives) > APPLICATIONS / 50
    assert len(free_ends) > APPLICATIONS / 10


def test_no_legal_term_passes_without_its_warnings_first(lives):
    """Each morning the watch looks at what it knows that day; nobody ever decides, so each term runs out."""
    wrong = [(life, told) for life in lives if not in_order(told := warnings(life), life)]

    assert wrong[:3] == []


def in_order(told: dict[int, date], life: Life) -> bool:
    due = life.counted_by_the_portal().due_legal
    shares = [*WARNINGS, PASSED]
    days_told = [told.get(share) for share in shares]
    if None in days_told:
        return False
    return days_told == sorted(days_told) and told[WARNINGS[-1]] <= due and told[PASSED] == due + DAY


def warnings(life: Life) -> dict[int, date]:
    """On which day each warning came for the last time, as the hourly task sends them."""
    changes = sorted(
        {asked for asked, _due, _done in life.requests}
        | {done for _asked, _due, done in life.requests if done}
        | {first for first, _last in life.pauses}
        | ({life.extended_on} if life.extended_on else set())
    )
    told: dict[int, date] = {}
    warned = 0
    for first, last in zip([life.received_on, *changes], [*changes, life.counted_by_hand() + DAY * 2], strict=True):
        deadline = life.known_on(first).counted_by_the_portal()
        for day in mornings(deadline, first, last):
            reached = share_reached(deadline, day)
            told |= {share: day for share in (*WARNINGS, PASSED) if warned < share <= reached}
            warned = reached
    return told


def mornings(deadline: Deadline, first: date, last: date) -> list[date]:
    """The days before the last on which the watch can find something else than the day before."""
    turns = [*(deadline.share_used_on(share / 100) for share in WARNINGS), deadline.due_legal + DAY]
    seen = {first, *turns, *(turn - DAY for turn in turns)}
    return sorted(day for day in seen if first <= day < last)
