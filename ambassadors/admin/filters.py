"""Filters of the list of requests."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import OPEN, AdviceStatus
from ambassadors.models import AdviceRequest
from shared.accounts.models import Department, User
from shared.review.filters import NOTHING, Choices, Options, WijkFilter, WorklistFilter, one_of
from shared.terms.calendar import today


class StateFilter(WorklistFilter):
    """What still has to be answered, and how it ended."""

    title = _("status")
    parameter_name = "status"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """By status, and by the last day."""
        return {
            "open": (_("Nog geen antwoord"), Q(status__in=OPEN)),
            "te-laat": (_("Te laat"), Q(status__in=OPEN, due_on__lt=today())),
            **one_of("status", AdviceStatus),
        }


class DepartmentFilter(WorklistFilter):
    """Who was asked."""

    title = _("afdeling")
    parameter_name = "afdeling"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The departments in what this person sees."""
        user: Any = request.user
        seen = AdviceRequest.objects.visible_to(user).order_by().values("department")
        found = [(str(pk), name) for pk, name in Department.objects.filter(pk__in=seen).values_list("pk", "name")]
        return [*found, ("geen", _("Per e-mail"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By department; without one it was asked of an address."""
        if value == "geen":
            return Q(department=None)
        return Q(department=value) if value.isdecimal() and len(value) < 10 else NOTHING


FILTERS = [StateFilter, DepartmentFilter, WijkFilter]
