"""The days of residents' plans: the day itself, and the next step. Both have no hour."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.enums import OPEN_TO_NEIGHBOURS, Status
from initiatives.models import Initiative
from partners.moments.audience import Audience
from partners.moments.moment import Moment
from partners.rules.agenda import Window

COLUMNS = (
    "reference",
    "public_title",
    "public_text",
    "status",
    "place",
    "planned_on",
    "next_step",
    "next_step_on",
    "wijk_id",
    "theme_id",
    "published_at",
    "answered_at",
    "closed_at",
    "version",
)
# Whoever wrote the day down hears that it does not go on; what was declined never had a day.
SHOWN = (*OPEN_TO_NEIGHBOURS, Status.DONE, Status.WITHDRAWN)


def plans(window: Window, audience: Audience) -> Iterator[Moment]:
    """The days of plans on the website; one query."""
    days = (window.first, window.last)
    rows = Initiative.objects.published().filter(
        Q(planned_on__range=days) | Q(next_step_on__range=days, status__in=OPEN_TO_NEIGHBOURS), status__in=SHOWN
    )
    for row in rows.order_by("pk").values(*COLUMNS):
        if row["planned_on"] and window.holds(row["planned_on"], row["planned_on"]):
            yield _moment(row, row["planned_on"], "dag", row["public_title"])
        step = row["next_step_on"]
        is_open = row["status"] in OPEN_TO_NEIGHBOURS
        if is_open and step and step != row["planned_on"] and row["next_step"] and window.holds(step, step):
            yield _moment(row, step, "stap", f"{row['public_title']}: {row['next_step']}")


def _moment(row: dict[str, Any], day: date, which: str, title: str) -> Moment:
    withdrawn = row["status"] == Status.WITHDRAWN
    return Moment(
        uid=f"initiatief-{row['reference']}-{which}",
        title=title,
        starts=day,
        path=reverse("initiatives:detail", args=[row["reference"]]),
        kind=_("initiatief van bewoners"),
        changed_at=_changed(row),
        place=row["place"],
        text=row["public_text"],
        wijken=frozenset([row["wijk_id"]]),
        themes=frozenset(filter(None, [row["theme_id"]])),
        cancelled=_("Het plan is ingetrokken.") if withdrawn else "",
        sequence=row["version"],
    )


def _changed(row: dict[str, Any]) -> datetime:
    """A plan has no column for it: the last of the moments that it does have."""
    moments = (row["published_at"], row["answered_at"], row["closed_at"])
    return max(moment for moment in moments if moment is not None)
