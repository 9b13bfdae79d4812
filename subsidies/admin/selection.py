"""The work list as a query: what a person may see, narrowed as on the screen. The list itself, its export, and the
next and previous case on the file page all read it here."""

import shlex
from dataclasses import replace
from urllib.parse import parse_qsl

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from shared.accounts.models import User
from shared.reports import registry
from shared.reports.columns import Filters
from subsidies.admin.filters import WORKLIST_FILTERS
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet
from subsidies.reports import APPLICATIONS
from subsidies.worklist import most_urgent_first, with_waits

# Where a search word may stand: the number, the applicant's own words, and how the applicant is reached.
SEARCHED = ("reference", "title", "what", "benefit", "place", "organisation", "name", "email", "phone", "street")

# Walking from case to case through a list longer than this is nobody's work for a day.
LONGEST_WALK = 1_000


def worklist(user: User) -> ApplicationQuerySet:
    """Everything that this person reviews."""
    return with_waits(Application.objects.reviewable_by(user))


def read_filters(query: QueryDict) -> Filters:
    """What the work list understands of a query string."""
    names = [*(each.parameter_name for each in WORKLIST_FILTERS), "q"]
    return {name: query[name].strip() for name in names if query.get(name, "").strip()}


def selected(user: User, filters: Filters) -> ApplicationQuerySet:
    """The work list with these filters, most urgent first."""
    cases = worklist(user)
    for each in WORKLIST_FILTERS:
        if value := filters.get(each.parameter_name):
            cases = cases.filter(each.condition(value, user))
    return cases.filter(matching(filters.get("q", ""))).order_by(*most_urgent_first())


def matching(text: str) -> Q:
    """Every word of the text stands somewhere in the case; words between quotes stand together."""
    condition = Q()
    for word in _words(text):
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        condition &= anywhere
    return condition


def neighbours(request: HttpRequest, pk: int) -> dict[str, int | None]:
    """Where a case stands in the list that the person came from, with the cases before and after it."""
    given = QueryDict(mutable=True)
    given.update(dict(parse_qsl(request.GET.get("_changelist_filters", ""))))
    numbers = list(selected(request.user, read_filters(given)).values_list("pk", flat=True)[:LONGEST_WALK])
    if pk not in numbers:
        return {"previous": None, "next": None, "place": None, "total": len(numbers)}
    place = numbers.index(pk)
    return {
        "previous": numbers[place - 1] if place else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
        "place": place + 1,
        "total": len(numbers),
    }


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


# The export of the work list: the columns of the programme's report, the rows of the screen.
WORKLIST = registry.register(
    replace(
        APPLICATIONS,
        name="werkvoorraad-aanvragen",
        rows=selected,
        read_filters=read_filters,
        free_text=frozenset({"q"}),
    )
)
