"""How a case looks in the lists of staff: how long there is left, and in which order cases come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, OrderBy, When
from django.utils.translation import gettext as _

from initiatives.enums import CLOSED, UNANSWERED
from initiatives.models import Initiative
from shared.terms.calendar import days_left_in_words

# Fewer days than this to a promised day ask for attention.
SOON = 2

# The promised day as long as it still has to be kept: what a work list is sorted by.
OPEN_PROMISE = Case(When(status__in=UNANSWERED, answered_at__isnull=True, then=F("respond_by")))


@dataclass(frozen=True)
class Due:
    """A promised day in words, with how urgent that is: late, soon, calm, kept or none."""

    words: str
    urgency: str
    day: date | None = None


def due(initiative: Initiative, today: date) -> Due:
    """How long there is left to answer the initiator."""
    if initiative.answered_at is not None:
        return Due(_("beantwoord"), "kept", initiative.respond_by)
    if initiative.respond_by is None or initiative.status in CLOSED:
        return Due("", "none")
    left = (initiative.respond_by - today).days
    urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
    return Due(days_left_in_words(initiative.respond_by, today), urgency, initiative.respond_by)


def late_first() -> list[OrderBy]:
    """Running promises by their day, so what is late comes first; then the rest, newest first."""
    return [OrderBy(F("promise"), nulls_last=True), F("submitted_at").desc(), F("pk").desc()]
