"""Working days of a Dutch municipality: weekends, the Algemene termijnenwet's holidays and the equated days."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SATURDAY = 5

# Days that a royal decree equates with holidays (Algemene termijnenwet, article 3.3); add each new decree here.
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


def today() -> date:
    """The date in the Netherlands, whatever time zone the server or the visitor has."""
    return timezone.localdate(timezone=AMSTERDAM)


def is_working_day(day: date) -> bool:
    """Whether the municipality works on this day."""
    return day.weekday() < SATURDAY and day not in EQUATED_DAYS and day not in _holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The date `days` working days after `start`; the day itself does not count, zero gives the day itself."""
    day = start
    for _counted in range(days):
        day = next(filter(is_working_day, _days_after(day)))
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


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


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day
