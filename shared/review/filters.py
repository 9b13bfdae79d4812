"""Filters of a work list of cases, whatever the programme: by who handles them, where, and what was not answered."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.accounts.policies import wijken_of

Choices = Iterable[tuple[str, Any]]
NOTHING = Q(pk__in=())


class WorklistFilter(admin.SimpleListFilter):
    """A filter that is one condition on cases."""

    parameter_name: str
    template = "admin/review/_filter.html"
    # The choices are shown from the start.
    is_main = False

    @property
    def stands_open(self) -> bool:
        """Shown from the start, or chosen."""
        return self.is_main or self.value() is not None

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """What is left with this value; a value that means nothing leaves nothing."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The list with this filter."""
        value = self.value()
        return queryset.filter(self.condition(value, _colleague(request))) if value else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Count]:
        """How many each choice would leave; one condition per choice instead of a subquery."""
        return {
            f"{number}__c": Count(pk_attname, filter=self.condition(str(value), _colleague(self.request)))
            for number, (value, _label) in enumerate(self.lookup_choices)
        }


class OwnerFilter(WorklistFilter):
    """Mine, nobody's, a colleague's."""

    title = _("behandelaar")
    parameter_name = "behandelaar"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ik", _("Van mij")), ("niemand", _("Niet toegewezen")), ("collega", _("Van een collega"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By who handles the case."""
        conditions = {
            "ik": Q(owner=user),
            "niemand": Q(owner__isnull=True),
            "collega": Q(owner__isnull=False) & ~Q(owner=user),
        }
        return conditions.get(value, NOTHING)


class MessageFilter(WorklistFilter):
    """A message of the resident that nobody answered."""

    title = _("berichten")
    parameter_name = "bericht"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ongelezen", _("Ongelezen bericht"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the mark that the resident wrote."""
        return Q(unread_since__isnull=False) if value == "ongelezen" else NOTHING


class WijkFilter(WorklistFilter):
    """The wijken of this person."""

    title = _("wijk")
    parameter_name = "wijk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices; with one wijk there is nothing to choose."""
        wijken = [(wijk.code, str(wijk)) for wijk in wijken_of(request.user).only("code", "short_name")]
        return wijken if len(wijken) > 1 else []

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By CBS code."""
        return Q(wijk__code=value)


def _colleague(request: HttpRequest) -> User:
    # Nobody comes into the admin without signing in.
    return cast("User", request.user)
