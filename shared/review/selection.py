"""A work list as a query: what a person may see, narrowed as on the screen.

The list itself, its export, and the next and previous case on the file page all read it here.
"""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from shared.accounts.models import User
from shared.reports.columns import Filters
from shared.review.desk import KEPT
from shared.review.filters import WorklistFilter

# Walking from case to case through a list longer than this is nobody's work for a day.
LONGEST_WALK = 1_000


@dataclass(frozen=True)
class Selection:
    """`cases` is everything that a person reviews, `order` what comes first, `searched` where a word may stand."""

    cases: Callable[[User], QuerySet[Any]]
    filters: Sequence[type[WorklistFilter]]
    searched: Sequence[str]
    order: Callable[[], list[Any]]

    def read_filters(self, query: QueryDict) -> Filters:
        """What the work list understands of a query string."""
        names = [*(each.parameter_name for each in self.filters), "q"]
        given = {name: str(query.get(name, "")).strip() for name in names}
        return {name: value for name, value in given.items() if value}

    def selected(self, user: User, filters: Filters) -> QuerySet[Any]:
        """The work list with these filters, most urgent first."""
        cases = self.cases(user)
        for each in self.filters:
            if value := filters.get(each.parameter_name):
                cases = cases.filter(each.condition(value, user))
        return cases.filter(self.matching(filters.get("q", ""))).order_by(*self.order())

    def matching(self, text: str) -> Q:
        """Every word of the text stands somewhere in the case; words between quotes stand together."""
        condition = Q()
        for word in _words(text):
            anywhere = Q()
            for name in self.searched:
                anywhere |= Q(**{f"{name}__icontains": word})
            condition &= anywhere
        return condition

    def neighbours(self, request: HttpRequest, pk: int) -> dict[str, int | None]:
        """Where a case stands in the list that the person came from, with the cases before and after it."""
        given = QueryDict(mutable=True)
        given.update(dict(parse_qsl(request.GET.get(KEPT, ""))))
        found = self.selected(request.user, self.read_filters(given))  # type: ignore[arg-type]
        numbers = list(found.values_list("pk", flat=True)[:LONGEST_WALK])
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
