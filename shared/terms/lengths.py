"""How long a term is: a number of days, weeks, months or years, counted from a day or back from one."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.translation import ngettext


class Unit(Enum):
    """What a term is counted in; the value is the longest that the Atw moves (article 4), zero for never."""

    DAYS = 90
    WEEKS = 12
    MONTHS = 3
    YEARS = 0


@dataclass(frozen=True)
class Length:
    """How long a term is, such as 8 weeks."""

    number: int
    unit: Unit

    def after(self, day: date) -> date:
        """The last day of a term that this event starts."""
        return self._from(day, self.number)

    def before(self, day: date) -> date:
        """The last day that lies this long before the event."""
        return self._from(day, -self.number)

    @property
    def moves_by_act(self) -> bool:
        """Whether a statutory term of this length moves off a free day (Atw article 4)."""
        return self.number <= self.unit.value

    def __str__(self) -> str:
        words = {
            Unit.DAYS: ngettext("%(n)d dag", "%(n)d dagen", self.number),
            Unit.WEEKS: ngettext("%(n)d week", "%(n)d weken", self.number),
            Unit.MONTHS: ngettext("%(n)d maand", "%(n)d maanden", self.number),
            Unit.YEARS: ngettext("%(n)d jaar", "%(n)d jaar", self.number),
        }
        return words[self.unit] % {"n": self.number}

    def _from(self, day: date, number: int) -> date:
        if self.unit is Unit.DAYS:
            return day + timedelta(days=number)
        if self.unit is Unit.WEEKS:
            return day + timedelta(weeks=number)
        month = day.month - 1 + (number if self.unit is Unit.MONTHS else 12 * number)
        year, month = day.year + month // 12, month % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days(number: int) -> Length:
    """A length in days."""
    return Length(number, Unit.DAYS)


def weeks(number: int) -> Length:
    """A length in weeks."""
    return Length(number, Unit.WEEKS)


def month(number: int) -> Length:
    """A length in months."""
    return Length(number, Unit.MONTHS)


def years(number: int) -> Length:
    """A length in years."""
    return Length(number, Unit.YEARS)
