"""The legal calendar as it stands in this municipality's portal: what is known, and what was entered since."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from shared.terms.calendar import EQUATED_DAYS, Calendar
from shared.terms.changes import Outage
from shared.terms.models import EquatedDay, PortalOutage

# Decrees come for three years at a time; a year ahead there is still time to enter the next one.
WARN_BEFORE = timedelta(days=365)


def calendar() -> Calendar:
    """The working days, with the equated days that were entered in the portal."""
    return Calendar(EQUATED_DAYS | set(EquatedDay.objects.values_list("day", flat=True)))


def outages() -> list[Outage]:
    """The days on which residents could not use the portal."""
    return [outage.as_days() for outage in PortalOutage.objects.order_by("started_at")]


def last_day_for_residents(due_on: date, known: Sequence[Outage] | None = None) -> date:
    """The last day of a term of residents: when the portal did not work on it, the first working day after (Wmebv).

    A list of terms reads the outages once, and gives them as `known`.
    """
    for outage in outages() if known is None else known:
        if outage.first <= due_on <= outage.last:
            due_on = calendar().working_day_from(outage.last + timedelta(days=1))
    return due_on


def still_runs(last_day: str, on: date, known: Sequence[Outage] | None = None) -> Q:
    """Terms of residents that have not ended on this day; `last_day` is the column that `last_day_for_residents` moves.

    For lists that the database has to choose from: as many queries for a thousand terms as for one.
    """
    known = outages() if known is None else known
    runs = Q(**{f"{last_day}__gte": on})
    for outage in known:
        if outage.last < on <= last_day_for_residents(outage.last, known):
            runs |= Q(**{f"{last_day}__range": (outage.first, outage.last)})
    return runs


def extra_time(on: date) -> tuple[Outage, date] | None:
    """The outage after which residents have more time on this day, and until when; None on an ordinary day."""
    known = outages()
    ends = [(outage, last_day_for_residents(outage.last, known)) for outage in known if outage.first <= on]
    return next((found for found in reversed(ends) if on <= found[1]), None)


def needs_next_decree(today: date) -> bool:
    """Whether the last known equated day is near, so that someone has to look for the next decree."""
    return last_known_day() - today < WARN_BEFORE


def last_known_day() -> date:
    """The last day that a decree, as far as the portal knows, equates with a holiday."""
    return max(calendar().equated)
