"""On which days something that comes back takes place: the same weekday, the same time on the clock.

A meeting at half past seven stays at half past seven when the clock changes: the days are counted in the time of the
Netherlands and never in hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from shared.terms.calendar import AMSTERDAM

WEEKLY = "weekly"
MONTHLY = "monthly"
WEEK = timedelta(days=7)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# A month has four of each weekday, and of some a fifth: who meets on a fifth Friday means the last one.
LAST = 5
# Nothing is planned further ahead than this: a year of repeating is enough, then somebody looks at it again.
LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Window:
    """The days that are looked at, both included."""

    first: date
    last: date

    def holds(self, starts: date, ends: date) -> bool:
        """Whether something from `starts` up to and including `ends` falls in it."""
        return starts <= self.last and ends >= self.first


def local_day(moment: datetime | date) -> date:
    """The day in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date() if isinstance(moment, datetime) else moment


def days(first: date, repeats: str, until: date | None) -> Iterator[date]:
    """Every day of something that begins on `first`, that day included; without `until` just that day."""
    yield first
    if until is None or repeats not in (WEEKLY, MONTHLY):
        return
    for number in count(1):
        day = first + number * WEEK if repeats == WEEKLY else _same_weekday(first, number)
        if day > until:
            return
        yield day


def at(day: date, moment: datetime) -> datetime:
    """The same time on the clock on another day."""
    clock: time = moment.astimezone(AMSTERDAM).time()
    return datetime.combine(day, clock, AMSTERDAM)


def moved(starts: datetime, ends: datetime | None, day: date) -> tuple[datetime, datetime | None]:
    """From when until when it is on another day."""
    if ends is None:
        return at(day, starts), None
    return at(day, starts), at(day + (local_day(ends) - local_day(starts)), ends)


def recurrence_rule(starts: datetime, repeats: str, until: date | None) -> dict[str, Any]:
    """The same as a rule of RFC 5545 (3.3.10); empty for what is once. UNTIL is in UTC, as the RFC wants it."""
    if until is None or repeats not in (WEEKLY, MONTHLY):
        return {}
    first = local_day(starts)
    last_moment = datetime.combine(until, time(23, 59, 59), AMSTERDAM).astimezone(UTC)
    if repeats == WEEKLY:
        return {"freq": "WEEKLY", "until": last_moment}
    position = _position(first)
    which = -1 if position == LAST else position
    return {"freq": "MONTHLY", "byday": f"{which}{WEEKDAYS[first.weekday()]}", "until": last_moment}


def _position(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _same_weekday(first: date, months: int) -> date:
    """The second Tuesday of the month so many months later; the last one when it was the fifth."""
    years, month = divmod(first.month - 1 + months, 12)
    start = date(first.year + years, month + 1, 1)
    day = start + timedelta(days=(first.weekday() - start.weekday()) % 7)
    position = _position(first)
    if position < LAST:
        return day + (position - 1) * WEEK
    while (day + WEEK).month == day.month:
        day += WEEK
    return day
