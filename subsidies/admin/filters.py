"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.review.filters import Choices, MessageFilter, Options, OwnerFilter, WijkFilter, WorklistFilter, one_of
from shared.terms.calendar import today
from subsidies.enums import Channel, Status
from subsidies.models import Recovery, Report, Scheme
from subsidies.querysets import AWAITS_DECISION, AWAITS_SETTLEMENT, retention_over
from subsidies.worklist import can_be_put_aside


class TermFilter(WorklistFilter):
    """How long there is left to decide or to settle, by the careful date."""

    title = _("wettelijke termijn")
    parameter_name = "termijn"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """Only terms that still have to be kept."""
        day = today()
        week, month = (day + timedelta(days=days) for days in (7, 30))
        return {
            "te-laat": (_("Te laat"), Q(open_due__lt=day)),
            "week": (_("Komende 7 dagen"), Q(open_due__range=(day, week))),
            "maand": (_("Komende 30 dagen"), Q(open_due__range=(day, month))),
            "streefdatum": (_("Streefdatum voorbij"), AWAITS_DECISION & Q(promised_on__lt=day)),
            "buiten-behandeling": (_("Buiten behandeling kan nog (Awb 4:5)"), can_be_put_aside(day)),
        }


class WaitFilter(WorklistFilter):
    """Whose turn it is."""

    title = _("wie is aan zet")
    parameter_name = "wacht"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """The annotations come from `with_waits`."""
        return {
            "ons": (_("Wij"), Q(open_due__isnull=False, is_waiting=False)),
            "aanvrager": (_("De aanvrager"), Q(status__in=[Status.INCOMPLETE, Status.HEARING])),
            "advies": (_("Een adviseur"), AWAITS_DECISION & Q(asks_advice=True)),
            "stil": (_("De klok staat stil"), Q(is_suspended=True)),
        }


class ReportFilter(WorklistFilter):
    """After the decision: the report, and files that may be destroyed."""

    title = _("na het besluit")
    parameter_name = "verslag"

    @classmethod
    def options(cls, user: User) -> Options:
        """By the report, what is owed, and the end of the retention period."""
        day = today()
        return {
            "vaststellen": (_("Nog vast te stellen"), AWAITS_SETTLEMENT),
            "beoordelen": (_("Verslag te beoordelen"), Q(pk__in=Report.objects.to_judge().values("application"))),
            "te-laat": (_("Verslag te laat"), Q(pk__in=Report.objects.late(day).values("application"))),
            "verwacht": (_("Verslag verwacht"), Q(pk__in=Report.objects.expected().values("application"))),
            "terug": (_("Geld dat terug moet komen"), Q(pk__in=Recovery.objects.open().values("application"))),
            "bewaartermijn": (_("Bewaartermijn voorbij"), retention_over(day)),
        }


class StatusFilter(WorklistFilter):
    """The status as staff call it, and everything without a decision."""

    title = _("status")
    parameter_name = "status"

    @classmethod
    def options(cls, user: User) -> Options:
        """One status, or all without a decision."""
        return {"open": (_("Nog geen besluit"), AWAITS_DECISION), **one_of("status", Status)}


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

    @classmethod
    def options(cls, user: User) -> Options:
        """One channel."""
        return one_of("channel", Channel)


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
