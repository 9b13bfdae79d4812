"""The filters of the work list: each is one condition, used by the list, its counts and its export alike."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.terms.calendar import today
from subsidies.enums import UNDECIDED, Channel, Status
from subsidies.models import Recovery, Report, Scheme
from subsidies.querysets import ApplicationQuerySet, retention_over

Choices = Iterable[tuple[str, str | Promise]]
NOTHING = Q(pk__in=())


class WorklistFilter(admin.SimpleListFilter):
    """A filter that is one condition on applications."""

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

    def queryset(self, request: HttpRequest, queryset: ApplicationQuerySet) -> ApplicationQuerySet:
        """The list with this filter."""
        value = self.value()
        return queryset.filter(self.condition(value, request.user)) if value else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: ApplicationQuerySet) -> dict[str, Count]:
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


class MessageFilter(WorklistFilter):
    """A message of the applicant that nobody answered."""

    title = _("berichten")
    parameter_name = "bericht"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The choices."""
        return [("ongelezen", _("Ongelezen bericht"))]

    @classmethod
    def condition(cls, value: str, user: User) -> Q:
        """By the mark that the applicant wrote."""
        return Q(unread_since__isnull=False) if value == "ongelezen" else NOTHING


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
