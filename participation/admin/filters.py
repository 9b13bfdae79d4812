"""The filters of the list of projects: each is one condition, used by the list, its counts and its export alike."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from participation.enums import CHECK_IN_FORCE, CHECK_IN_PREPARATION, PhaseKind, ProjectKind, ProjectStatus
from participation.worklist import waiting_for
from shared.accounts.models import Department, User
from shared.accounts.policies import wijken_of
from shared.review.filters import NOTHING, Choices, Options, WorklistFilter, one_of
from shared.terms.calendar import today


class TurnFilter(WorklistFilter):
    """What waits for me."""

    title = _("wie is aan zet")
    parameter_name = "wacht"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """By the state of the check and the role of this person."""
        return {"ik": (_("Wacht op mij"), waiting_for(user))}


class CheckFilter(WorklistFilter):
    """How it stands with the check of the present phase."""

    title = _("participatiecheck")
    parameter_name = "check"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """The annotations come from `with_checks`."""
        day = today()
        return {
            "te-laat": (_("Over tijd"), Q(open_due__lt=day)),
            "week": (_("Komende 7 dagen"), Q(open_due__range=(day, day + timedelta(days=7)))),
            "geen": (_("Nog geen check"), Q(check_status=None)),
            "bezig": (_("In voorbereiding"), Q(check_status__in=CHECK_IN_PREPARATION)),
            "klaar": (_("Vastgesteld of verder"), Q(check_status__in=CHECK_IN_FORCE)),
        }


class StatusFilter(WorklistFilter):
    """Whether there is still work on it."""

    title = _("status")
    parameter_name = "status"

    @classmethod
    def options(cls, user: User) -> Options:
        """One status."""
        return one_of("status", ProjectStatus)


class PhaseFilter(WorklistFilter):
    """The phase that it is in."""

    title = _("fase")
    parameter_name = "fase"

    @classmethod
    def options(cls, user: User) -> Options:
        """One phase."""
        return one_of("phase", PhaseKind)


class KindFilter(WorklistFilter):
    """The sort of project."""

    title = _("soort")
    parameter_name = "soort"

    @classmethod
    def options(cls, user: User) -> Options:
        """One kind."""
        return one_of("kind", ProjectKind)


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
