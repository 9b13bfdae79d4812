"""Working days of a Dutch municipality: weekends, the Algemene termijnenwet's holidays and the equated days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5

# Days that a royal decree equates with holidays (Algemene termijnenwet, article 3.3). Later decrees are entered in
# the portal itself (`EquatedDay`); `legal_days.calendar()` knows both.
EQUATED_DAYS = frozenset(
    {
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)


@dataclass(frozen=True)
class Calendar:
    """The days on which a municipality works; `equated` are the days that a decree makes free."""

    equated: frozenset[date] = EQUATED_DAYS

    def is_working_day(self, day: date) -> bool:
        """Whether the municipality works on this day."""
        return day.weekday() < SATURDAY and day not in self.equated and day not in _holidays(day.year)

    def working_day_from(self, day: date) -> date:
        """The day itself, or else the first working day after it (Algemene termijnenwet, article 1)."""
        return day if self.is_working_day(day) else next(filter(self.is_working_day, _days_after(day)))

    def working_day_until(self, day: date) -> date:
        """The day itself, or else the last working day before it: when the work for that day has to be done."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def add_working_days(self, start: date, days: int) -> date:
        """The date `days` working days after `start`; the day itself does not count, zero gives the day itself."""
        day = start
        for _counted in range(days):
            day = next(filter(self.is_working_day, _days_after(day)))
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def why_free(self, day: date) -> str:
        """Why nobody works on this day ("Goede Vrijdag", "zaterdag"), in the reader's language; empty if they do."""
        if name := _names(day.year, get_language() or "nl").get(day):
            return name
        if day in self.equated:
            return _("een dag die gelijk is gesteld aan een feestdag")
        if day.weekday() == SATURDAY:
            return _("zaterdag")
        return _("zondag") if day.weekday() > SATURDAY else ""


KNOWN = Calendar()


def today() -> date:
    """The date in the Netherlands, whatever time zone the server or the visitor has."""
    return timezone.localdate(timezone=AMSTERDAM)


def is_working_day(day: date) -> bool:
    """Whether the municipality works on this day, by the decrees known when this was written."""
    return KNOWN.is_working_day(day)


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start`; the day itself does not count, zero gives the day itself."""
    return KNOWN.add_working_days(start, days)


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and including `end`; negative when `end` is earlier."""
    return KNOWN.working_days_between(start, end)


def days_left_in_words(due: date, today: date) -> str:
    """How much time is left until a date, in calendar days, as staff read it on a work list."""
    days = (due - today).days
    if days == 0:
        return _("vandaag")
    if days > 0:
        return ngettext("nog %(days)d dag", "nog %(days)d dagen", days) % {"days": days}
    return ngettext("%(days)d dag te laat", "%(days)d dagen te laat", -days) % {"days": -days}


@cache
def _holidays(year: int) -> frozenset[date]:
    # "optional" adds 5 May of every year, which article 3 of the Act names.
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


@cache
def _names(year: int, language: str) -> dict[date, str]:
    spoken = "en_US" if language.startswith("en") else "nl"
    return dict(holidays.country_holidays("NL", years=year, categories=("public", "optional"), language=spoken))


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day
