"""Filters of a work list of cases, whatever the programme: by who handles them, where, and what was not answered."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db.models import Choices as Enum
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.accounts.policies import wijken_of

Choices = Iterable[tuple[str, Any]]
# By the word in the address: what the choice is called, and what is left with it.
Options = dict[str, tuple[Any, Q]]
NOTHING = Q(pk__in=())


def one_of(field: str, values: type[Enum]) -> Options:
    """A choice for each value of a field."""
    return {value: (label, Q(**{field: value})) for value, label in values.choices}


class WorklistFilter(admin.SimpleListFilter):
    """A filter that is one condition on cases: for the list, its counts and its export alike.

    Its choices are `options`; one whose choices stand in a table says `lookups` and `condition` itself.
    """

    parameter_name: str
    template = "admin/review/_filter.html"
    # The choices are shown from the start.
    is_main = False

    @property
    def stands_open(self) -> bool:
        """Shown from the start, or chosen."""
        return self.is_main or self.value() is not None

    @classmethod
    def options(cls, user: User) -> Options:
        """The choices for this person, in order."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices as the admin asks for them."""
        return [(value, label) for value, (label, _condition) in self.options(_colleague(request)).items()]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """What is left with this value; a value that means nothing leaves nothing."""
        _label, condition = cls.options(user).get(value, ("", NOTHING))
        return condition

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

    @classmethod
    def options(cls, user: User) -> Options:
        """By who handles the case."""
        return {
            "ik": (_("Van mij"), Q(owner=user)),
            "niemand": (_("Niet toegewezen"), Q(owner__isnull=True)),
            "collega": (_("Van een collega"), Q(owner__isnull=False) & ~Q(owner=user)),
        }


class MessageFilter(WorklistFilter):
    """A message of the resident that nobody answered."""

    title = _("berichten")
    parameter_name = "bericht"

    @classmethod
    def options(cls, user: User) -> Options:
        """By the mark that the resident wrote."""
        return {"ongelezen": (_("Ongelezen bericht"), Q(unread_since__isnull=False))}


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
