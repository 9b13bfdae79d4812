"""The filters of the work list of challenges."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from participation.challenges.enums import CLOSED, UNDECIDED, Status
from shared.accounts.models import User
from shared.review.filters import NOTHING, Choices, MessageFilter, OwnerFilter, WijkFilter, WorklistFilter
from shared.terms.calendar import today

SOON = 14


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


class TermFilter(WorklistFilter):
    """How long there is left to decide."""

    title = _("beslissen")
    parameter_name = "termijn"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("te-laat", _("Te laat")), ("bijna", _("Komende 14 dagen"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """Only what has still to be decided on."""
        day = today()
        if value == "te-laat":
            return Q(status__in=UNDECIDED, decide_by__lt=day)
        if value == "bijna":
            return Q(status__in=UNDECIDED, decide_by__range=(day, day + timedelta(days=SOON)))
        return NOTHING


FILTERS: tuple[type[WorklistFilter], ...] = (OwnerFilter, TermFilter, MessageFilter, StatusFilter, WijkFilter)
