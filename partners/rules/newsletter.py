"""Which week or month a letter belongs to, when the clock sends it, and how far back and ahead it looks."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from partners.enums.newsletter import AUTOMATIC_MONTHDAY, AUTOMATIC_WEEKDAY, Rhythm
from partners.rules.agenda import Window

# News that is older is no news; what a reader was told before is left out anyway.
BACK = {Rhythm.WEEKLY: timedelta(days=14), Rhythm.MONTHLY: timedelta(days=45)}
# Until the next letter has arrived, and a few days more.
AHEAD = {Rhythm.WEEKLY: timedelta(days=10), Rhythm.MONTHLY: timedelta(days=38)}


@dataclass(frozen=True)
class NewsItem:
    """One line: nobody reads `key` twice, `path` is its page, `detail` comes after the title.

    It waits for a next letter when the line with the key `unless` is in this one: they are about the same thing.
    Of lines with the same `about` only the first stands in a letter. The others are told on it, with `more` (else with
    their detail); their keys are `also`.
    """

    key: str
    title: str
    path: str
    detail: str = ""
    unless: str = ""
    about: str = ""
    more: str = ""
    also: tuple[str, ...] = ()

    def with_more(self, other: "NewsItem") -> "NewsItem":
        """The same line, which also tells what the other one has to tell."""
        detail = " · ".join(filter(None, [self.detail.removesuffix("."), other.more or other.detail]))
        return replace(self, detail=detail, also=(*self.also, other.key))


@dataclass(frozen=True)
class Group:
    """A section that has something to tell."""

    heading: str
    items: list[NewsItem]


def period_of(day: date, rhythm: str) -> str:
    """2026-W48, or 2026-11: each has one letter."""
    return f"{day:%G-W%V}" if rhythm == Rhythm.WEEKLY else f"{day:%Y-%m}"


def sent_by_clock_on(day: date, rhythm: str) -> date:
    """The day in the period of `day` on which the clock sends what nobody sent."""
    if rhythm == Rhythm.WEEKLY:
        return day + timedelta(days=AUTOMATIC_WEEKDAY - day.weekday())
    return day.replace(day=AUTOMATIC_MONTHDAY)


def next_sent_by_clock(day: date, rhythm: str, *, sent_this_period: bool) -> date:
    """The same, in this period or else in the next one."""
    if not sent_this_period:
        return max(day, sent_by_clock_on(day, rhythm))
    next_period = day + timedelta(days=7) if rhythm == Rhythm.WEEKLY else (day.replace(day=1) + timedelta(days=32))
    return sent_by_clock_on(next_period, rhythm)


def looks_at(day: date, rhythm: str) -> Window:
    """The days whose news and moments a letter of this day can hold."""
    which = Rhythm(rhythm)
    return Window(day - BACK[which], day + AHEAD[which])
