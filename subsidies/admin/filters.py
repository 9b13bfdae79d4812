"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.review.filters import NOTHING, Choices, MessageFilter, OwnerFilter, WijkFilter, WorklistFilter
from shared.terms.calendar import today
from subsidies.enums import UNDECIDED, Channel, Status
from subsidies.models import Recovery, Report, Scheme
from subsidies.querysets import retention_over


class TermFilter(WorklistFilter):
    """How long there is left to decide, by the careful date."""

    title = _("wettelijke termijn")
    parameter_name = "termijn"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [
            ("te-laat", _("Te laat")),
            ("week", _("Komende 7 dagen")),
            ("maand", _("Komende 30 dagen")),
            ("streefdatum", _("Streefdatum voorbij")),
        ]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """Only terms that still have to be kept."""
        day = today()
        conditions = {
            "te-laat": Q(due_safe__lt=day),
            "week": Q(due_safe__range=(day, day + timedelta(days=7))),
            "maand": Q(due_safe__range=(day, day + timedelta(days=30))),
            "streefdatum": Q(promised_on__range=(date.min, day - timedelta(days=1))),
        }
        return Q(status__in=UNDECIDED) & conditions[value] if value in conditions else NOTHING


class WaitFilter(WorklistFilter):
    """Whose turn it is."""

    title = _("wie is aan zet")
    parameter_name = "wacht"
    is_main = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ons", _("Wij")), ("aanvrager", _("De aanvrager")), ("advies", _("Een adviseur"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """The annotations come from `with_waits`."""
        conditions = {
            "ons": Q(status__in=UNDECIDED, is_waiting=False),
            "aanvrager": Q(status__in=[Status.INCOMPLETE, Status.HEARING]),
            "advies": Q(status__in=UNDECIDED, asks_advice=True),
        }
        return conditions.get(value, NOTHING)


class ReportFilter(WorklistFilter):
    """After the decision: the report, and files that may be destroyed."""

    title = _("na het besluit")
    parameter_name = "verslag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [
            ("beoordelen", _("Verslag te beoordelen")),
            ("te-laat", _("Verslag te laat")),
            ("verwacht", _("Verslag verwacht")),
            ("terug", _("Geld dat terug moet komen")),
            ("bewaartermijn", _("Bewaartermijn voorbij")),
        ]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the report, what is owed, and the end of the retention period."""
        day = today()
        conditions = {
            "beoordelen": Q(pk__in=Report.objects.to_judge().values("application")),
            "te-laat": Q(pk__in=Report.objects.late(day).values("application")),
            "verwacht": Q(pk__in=Report.objects.expected().values("application")),
            "terug": Q(pk__in=Recovery.objects.open().values("application")),
            "bewaartermijn": retention_over(day),
        }
        return conditions.get(value, NOTHING)


class StatusFilter(WorklistFilter):
    """The status as staff call it, and everything without a decision."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("open", _("Nog geen besluit")), *Status.choices]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """One status, or all without a decision."""
        if value == "open":
            return Q(status__in=UNDECIDED)
        return Q(status=value) if value in Status.values else NOTHING


class SchemeFilter(WorklistFilter):
    """The scheme."""

    title = _("regeling")
    parameter_name = "regeling"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices; with one scheme there is nothing to choose."""
        schemes = list(Scheme.objects.values_list("code", "name"))
        return schemes if len(schemes) > 1 else []

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the name in addresses."""
        return Q(scheme__code=value)


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


WORKLIST_FILTERS: tuple[type[WorklistFilter], ...] = (
    OwnerFilter,
    TermFilter,
    WaitFilter,
    ReportFilter,
    MessageFilter,
    StatusFilter,
    SchemeFilter,
    WijkFilter,
    ChannelFilter,
)
