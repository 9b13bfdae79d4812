"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.enums import CLOSED, UNANSWERED, Channel, Status
from shared.accounts.models import User
from shared.review.filters import Choices, MessageFilter, Options, OwnerFilter, WijkFilter, WorklistFilter, one_of
from shared.terms.calendar import today
from shared.themes.models import Theme


class PromiseFilter(WorklistFilter):
    """How long there is left to answer."""

    title = _("beloofde dag")
    parameter_name = "termijn"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """Only promises that still have to be kept."""
        day = today()
        open_promise = Q(status__in=UNANSWERED, answered_at__isnull=True)
        return {
            "te-laat": (_("Te laat"), open_promise & Q(respond_by__lt=day)),
            "vandaag": (_("Vandaag"), open_promise & Q(respond_by=day)),
            "week": (_("Komende 7 dagen"), open_promise & Q(respond_by__range=(day, day + timedelta(days=7)))),
        }


class StatusFilter(WorklistFilter):
    """The status as staff call it, and everything that is still open."""

    title = _("status")
    parameter_name = "status"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """One status, or none of the closed ones."""
        return {"open": (_("Alles wat nog loopt"), ~Q(status__in=CLOSED)), **one_of("status", Status)}


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

    @classmethod
    def options(cls, user: User) -> Options:
        """One channel."""
        return one_of("channel", Channel)


class PublishedFilter(WorklistFilter):
    """On the website or not."""

    title = _("website")
    parameter_name = "website"

    @classmethod
    def options(cls, user: User) -> Options:
        """By the day of publication."""
        return {"ja": (_("Ja"), Q(published_at__isnull=False)), "nee": (_("Nee"), Q(published_at__isnull=True))}


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
