"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.enums import CLOSED, UNANSWERED, Channel, Status
from initiatives.models import Theme
from initiatives.querysets import InitiativeQuerySet
from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.terms.calendar import today

Choices = Iterable[tuple[str, str | Promise]]
NOTHING = Q(pk__in=())


class WorklistFilter(admin.SimpleListFilter):
    """A filter that is one condition on initiatives."""

    parameter_name: str
    template = "admin/initiatives/initiative/_filter.html"
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

    def queryset(self, request: HttpRequest, queryset: InitiativeQuerySet) -> InitiativeQuerySet:
        """The list with this filter."""
        value = self.value()
        return queryset.filter(self.condition(value, request.user)) if value else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: InitiativeQuerySet) -> dict[str, Count]:
        """How many each choice would leave; one condition per choice instead of a subquery."""
        return {
            f"{number}__c": Count(pk_attname, filter=self.condition(str(value), self.request.user))
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


class PromiseFilter(WorklistFilter):
    """How long there is left to answer."""

    title = _("beloofde dag")
    parameter_name = "termijn"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("te-laat", _("Te laat")), ("vandaag", _("Vandaag")), ("week", _("Komende 7 dagen"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """Only promises that still have to be kept."""
        day = today()
        periods: dict[str, tuple[date, date]] = {
            "te-laat": (date.min, day - timedelta(days=1)),
            "vandaag": (day, day),
            "week": (day, day + timedelta(days=7)),
        }
        if value not in periods:
            return NOTHING
        return Q(status__in=UNANSWERED, answered_at__isnull=True, respond_by__range=periods[value])


class MessageFilter(WorklistFilter):
    """A message of the initiator that nobody answered."""

    title = _("berichten")
    parameter_name = "bericht"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ongelezen", _("Ongelezen bericht"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the mark that the initiator wrote."""
        return Q(unread_since__isnull=False) if value == "ongelezen" else NOTHING


class StatusFilter(WorklistFilter):
    """The status as staff call it, and everything that is still open."""

    title = _("status")
    parameter_name = "status"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("open", _("Alles wat nog loopt")), *Status.choices]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One status, or none of the closed ones."""
        if value == "open":
            return ~Q(status__in=CLOSED)
        return Q(status=value) if value in Status.values else NOTHING


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


class ThemeFilter(WorklistFilter):
    """The theme."""

    title = _("thema")
    parameter_name = "thema"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return list(Theme.objects.values_list("slug", "name"))

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the name in addresses."""
        return Q(theme__slug=value)


class ChannelFilter(WorklistFilter):
    """How it came in."""

    title = _("binnengekomen via")
    parameter_name = "kanaal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return Channel.choices

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One channel."""
        return Q(channel=value) if value in Channel.values else NOTHING


class PublishedFilter(WorklistFilter):
    """On the website or not."""

    title = _("website")
    parameter_name = "website"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ja", _("Ja")), ("nee", _("Nee"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the day of publication."""
        if value not in ("ja", "nee"):
            return NOTHING
        return Q(published_at__isnull=value == "nee")


WORKLIST_FILTERS: tuple[type[WorklistFilter], ...] = (
    OwnerFilter,
    PromiseFilter,
    MessageFilter,
    StatusFilter,
    WijkFilter,
    ThemeFilter,
    ChannelFilter,
    PublishedFilter,
)
