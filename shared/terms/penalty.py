"""What a late decision costs the municipality after a notice of default (dwangsom, Awb articles 4:17 and 4:18)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shared.terms.awb import PENALTY_DECISION, PENALTY_GRACE
from shared.terms.calendar import KNOWN, Calendar
from shared.terms.clock import ends

# Awb article 4:17(2): three steps of fourteen days each, forty-two days at most.
DAYS_PER_STEP = 14
MOST_DAYS = 42


@dataclass(frozen=True)
class Rates:
    """Euros a day in each step of fourteen days, for notices received on or after `valid_from`."""

    valid_from: date
    steps: tuple[Decimal, Decimal, Decimal]


# Stcrt. 2018, 65542. Later amounts are entered in the portal itself (`PenaltyRate`).
KNOWN_RATES = (Rates(date(2019, 1, 1), (Decimal(23), Decimal(35), Decimal(45))),)


@dataclass(frozen=True)
class Penalty:
    """What one notice of default leads to.

    `first_safe` is the day to be ready before; `first_legal` is later only where the two weeks end on a free day.
    """

    notice_received_on: date
    first_safe: date
    first_legal: date
    rates: Rates

    @property
    def last_day(self) -> date:
        """The forty-second day; the Algemene termijnenwet does not count here (Awb article 4:17(2))."""
        return self.first_legal + timedelta(days=MOST_DAYS - 1)

    @property
    def most(self) -> Decimal:
        """The most that it can become, in euros."""
        return self.amount_on(self.last_day)

    def amount_on(self, day: date) -> Decimal:
        """What is due up to and including this day, in euros."""
        late = min(max((day - self.first_legal).days + 1, 0), MOST_DAYS)
        return sum((self.rates.steps[n // DAYS_PER_STEP] for n in range(late)), Decimal(0))

    def decision_due(self, decided_on: date | None, *, calendar: Calendar = KNOWN) -> date:
        """Until when the municipality sets the amount: two weeks after the last day it counted (Awb article 4:18)."""
        last = min(self.last_day, decided_on) if decided_on else self.last_day
        return ends(last, PENALTY_DECISION, calendar=calendar).due_legal


def penalty(
    notice_received_on: date,
    *,
    term_ended_on: date,
    rates: Iterable[Rates] = KNOWN_RATES,
    calendar: Calendar = KNOWN,
) -> Penalty:
    """The penalty that runs if nothing is decided; the day of receipt of the notice decides which amounts count.

    Raises:
        ValueError: the notice came while the term still ran (it is premature), or no amounts are known for that day.
    """
    if notice_received_on <= term_ended_on:
        raise ValueError("A notice of default before the end of the term has no effect.")
    grace = ends(notice_received_on, PENALTY_GRACE, calendar=calendar)
    return Penalty(
        notice_received_on,
        first_safe=grace.nominal + timedelta(days=1),
        first_legal=grace.due_legal + timedelta(days=1),
        rates=_in_force(rates, notice_received_on),
    )


def _in_force(rates: Iterable[Rates], day: date) -> Rates:
    known: Iterator[Rates] = (each for each in rates if each.valid_from <= day)
    if newest := max(known, key=lambda each: each.valid_from, default=None):
        return newest
    raise ValueError("No penalty amounts are known for this day.")
