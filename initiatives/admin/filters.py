"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.enums import CLOSED, UNANSWERED, Channel, Status
from shared.accounts.models import User
from shared.review.filters import NOTHING, Choices, MessageFilter, OwnerFilter, WijkFilter, WorklistFilter
from shared.terms.calendar import today
from shared.themes.models import Theme


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
