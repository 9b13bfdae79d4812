"""A moment: something on the calendar, whichever programme it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from partners.enums.agenda import Repeats, Visibility
from partners.moments.words import day_in_words, hours_in_words
from partners.rules.agenda import Window, days, local_day, moved, recurrence_rule
from shared.calendar_file import CalendarEvent


@dataclass(frozen=True, slots=True)
class Moment:
    """One date, or the first of several that come back.

    `uid` never changes and is unique within the portal; `wijken` is empty for the whole municipality. A moment without
    an hour has dates; `ends` is then the last day itself. `cancelled` says why it does not go on.
    """

    uid: str
    title: str
    starts: datetime | date
    path: str
    kind: str
    changed_at: datetime
    ends: datetime | date | None = None
    place: str = ""
    text: str = ""
    organiser: str = ""
    wijken: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    visibility: str = Visibility.PUBLIC
    repeats: str = Repeats.ONCE
    until: date | None = None
    cancelled: str = ""
    sequence: int = 0

    @property
    def day(self) -> date:
        """The day in the Netherlands on which it begins."""
        return local_day(self.starts)

    @property
    def last_day(self) -> date:
        """The day in the Netherlands on which it ends."""
        return local_day(self.ends) if self.ends else self.day

    @property
    def key(self) -> str:
        """This one date of it."""
        return f"{self.uid}:{self.day:%Y-%m-%d}"

    @property
    def order(self) -> tuple[date, str, str, str]:
        """By day; on a day what has no hour first, then by the clock."""
        hour = self.starts.isoformat() if isinstance(self.starts, datetime) else ""
        return self.day, hour, self.title, self.uid

    @property
    def hours(self) -> str:
        """19:30 tot 21:00 uur."""
        return hours_in_words(self.starts, self.ends)

    @property
    def in_words(self) -> str:
        """dinsdag 7 april 2026, 19:30 tot 21:00 uur, buurthuis."""
        return ", ".join(filter(None, [day_in_words(self.day), self.hours, self.place]))

    def on_each_day(self, window: Window) -> Iterator["Moment"]:
        """Itself on each day of the window that it takes place on."""
        if not isinstance(self.starts, datetime):
            if window.holds(self.day, self.last_day):
                yield self
            return
        length = self.last_day - self.day
        ends = self.ends if isinstance(self.ends, datetime) else None
        for day in days(self.day, self.repeats, self.until):
            if day > window.last:
                return
            if window.holds(day, day + length):
                begins, until = moved(self.starts, ends, day)
                yield replace(self, starts=begins, ends=until)

    def as_event(self) -> CalendarEvent:
        """The same for a calendar file."""
        rule = recurrence_rule(self.starts, self.repeats, self.until) if isinstance(self.starts, datetime) else {}
        return CalendarEvent(
            uid=self.uid,
            title=self.title,
            starts=self.starts,
            ends=self.ends,
            path=self.path,
            changed_at=self.changed_at,
            place=self.place,
            text="\n\n".join(filter(None, [self.cancelled, self.text, self.organiser])),
            sequence=self.sequence,
            cancelled=bool(self.cancelled),
            rule=rule,
        )
