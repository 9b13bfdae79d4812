"""What the reports about projects and moments can be narrowed to: a wijk, a department and a period."""

from django.http import QueryDict

from participation.models import Project
from participation.querysets import ProjectQuerySet
from shared.reports.columns import Filters
from shared.reports.periods import Period

FILTERS = ("wijk", "afdeling", "periode")


def read_filters(query: QueryDict) -> Filters:
    """The wijk (slug), the department (number) and the period that a query string asks."""
    given = {name: query.get(name, "").strip() for name in FILTERS}
    return {name: value for name, value in given.items() if value}


def projects(filters: Filters) -> ProjectQuerySet:
    """The projects of this wijk and department; a filter that means nothing leaves nothing."""
    found = Project.objects.order_by("pk")
    if slug := filters.get("wijk"):
        found = found.filter(wijken__slug=slug)
    if department := filters.get("afdeling"):
        found = found.filter(department=int(department)) if is_number(department) else found.none()
    if filters.get("periode") and period(filters) is None:
        found = found.none()
    return found


def period(filters: Filters) -> Period | None:
    """The year or quarter, when one is asked that exists."""
    return Period.named(filters.get("periode", ""))


def is_number(text: str) -> bool:
    """It can be the number of a department; a longer row of digits is no number of anything."""
    return text.isdecimal() and len(text) < 10
