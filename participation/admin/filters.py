"""The filters of the list of projects: each is one condition, used by the list, its counts and its export alike."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from participation.enums import CHECK_IN_FORCE, CHECK_IN_PREPARATION, PhaseKind, ProjectKind, ProjectStatus
from participation.worklist import waiting_for
from shared.accounts.models import Department, User
from shared.accounts.policies import wijken_of
from shared.review.filters import NOTHING, Choices, WorklistFilter
from shared.terms.calendar import today


class TurnFilter(WorklistFilter):
    """What waits for me."""

    title = _("wie is aan zet")
    parameter_name = "wacht"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices."""
        return [("ik", _("Wacht op mij"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the state of the check and the role of this person."""
        return waiting_for(user) if value == "ik" else NOTHING


class CheckFilter(WorklistFilter):
    """How it stands with the check of the present phase."""

    title = _("participatiecheck")
    parameter_name = "check"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices."""
        return [
            ("te-laat", _("Over tijd")),
            ("week", _("Komende 7 dagen")),
            ("geen", _("Nog geen check")),
            ("bezig", _("In voorbereiding")),
            ("klaar", _("Vastgesteld of verder")),
        ]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """The annotations come from `with_checks`."""
        day = today()
        conditions = {
            "te-laat": Q(open_due__lt=day),
            "week": Q(open_due__range=(day, day + timedelta(days=7))),
            "geen": Q(check_status=None),
            "bezig": Q(check_status__in=CHECK_IN_PREPARATION),
            "klaar": Q(check_status__in=CHECK_IN_FORCE),
        }
        return conditions.get(value, NOTHING)


class StatusFilter(WorklistFilter):
    """Whether there is still work on it."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices."""
        return ProjectStatus.choices

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One status."""
        return Q(status=value) if value in ProjectStatus.values else NOTHING


class PhaseFilter(WorklistFilter):
    """The phase that it is in."""

    title = _("fase")
    parameter_name = "fase"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices."""
        return PhaseKind.choices

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One phase."""
        return Q(phase=value) if value in PhaseKind.values else NOTHING


class KindFilter(WorklistFilter):
    """The sort of project."""

    title = _("soort")
    parameter_name = "soort"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices."""
        return ProjectKind.choices

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One kind."""
        return Q(kind=value) if value in ProjectKind.values else NOTHING


class DepartmentFilter(WorklistFilter):
    """The department."""

    title = _("afdeling")
    parameter_name = "afdeling"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices; with one department there is nothing to choose."""
        found = [(str(pk), name) for pk, name in Department.objects.values_list("pk", "name")]
        return found if len(found) > 1 else []

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By number."""
        return Q(department=int(value)) if value.isdecimal() else NOTHING


class PlaceFilter(WorklistFilter):
    """The wijk."""

    title = _("wijk")
    parameter_name = "wijk"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:
        """The choices; with one wijk there is nothing to choose."""
        wijken = [(wijk.code, str(wijk)) for wijk in wijken_of(request.user).only("code", "short_name")]
        return [*wijken, ("alle", _("De hele gemeente"))] if wijken else []

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By CBS code; without wijken it is about the whole municipality."""
        return Q(wijken__isnull=True) if value == "alle" else Q(wijken__code=value)


WORKLIST_FILTERS: tuple[type[WorklistFilter], ...] = (
    TurnFilter,
    CheckFilter,
    StatusFilter,
    PhaseFilter,
    KindFilter,
    DepartmentFilter,
    PlaceFilter,
)
