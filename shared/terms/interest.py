"""Statutory interest over a debt that is paid late (Burgerlijk Wetboek articles 6:119 and 6:120; Awb article 4:98)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from shared.terms.lengths import years

DAY = timedelta(days=1)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rate:
    """The percentage a year from this day on."""

    valid_from: date
    percent: Decimal


@dataclass(frozen=True)
class Stretch:
    """Days in which the rate and the principal stay the same, with the interest over them, not rounded."""

    first: date
    last: date
    percent: Decimal
    principal: Decimal
    interest: Decimal

    @property
    def days(self) -> int:
        """How many days, the first and the last included."""
        return (self.last - self.first).days + 1


class NoRateKnown(Exception):
    """Nobody entered the percentage of the first day."""


def interest(principal: Decimal, *, first_day: date, last_day: date, rates: Iterable[Rate]) -> list[Stretch]:
    """The interest from the first day of default up to and including the day of payment, in stretches.

    Each year after the first day the interest of that year is added to the principal (article 6:119(2)). A day is one
    of the 365 or 366 of that year.

    Raises:
        NoRateKnown: there is no rate for the first day.
    """
    known = sorted(rates, key=lambda rate: rate.valid_from)
    if not any(rate.valid_from <= first_day for rate in known):
        raise NoRateKnown
    found: list[Stretch] = []
    start, number = first_day, 1
    while start <= last_day:
        ends_on = years(number).after(first_day) - DAY
        whole = (ends_on - start).days + 1
        year = [
            Stretch(first, last, percent, principal, principal * percent / 100 * ((last - first).days + 1) / whole)
            for first, last, percent in _by_rate(start, min(ends_on, last_day), known)
        ]
        found += year
        principal += sum((each.interest for each in year), Decimal(0))
        start, number = ends_on + DAY, number + 1
    return found


def total(stretches: Iterable[Stretch]) -> Decimal:
    """What is due, in cents."""
    return sum((each.interest for each in stretches), Decimal(0)).quantize(CENT, ROUND_HALF_UP)


def _by_rate(first: date, last: date, known: Sequence[Rate]) -> Iterable[tuple[date, date, Decimal]]:
    for number, rate in enumerate(known):
        until = known[number + 1].valid_from - DAY if number + 1 < len(known) else last
        start, end = max(first, rate.valid_from), min(last, until)
        if start <= end:
            yield start, end, rate.percent
