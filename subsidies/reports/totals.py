"""How many applications, with what outcome, how fast, and for how much: as many queries for few as for many."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict

from shared.reports.columns import Filters
from shared.reports.periods import Period
from subsidies.enums import Outcome, RetentionClass, Status
from subsidies.models import Application, CompletionRequest, Decision, Pause
from subsidies.querysets import AWAITS_DECISION, ApplicationQuerySet

FILTERS = ("regeling", "wijk", "thema", "periode")
OPEN, GRANTED, PARTLY, REFUSED = "open", "granted", "partly", "refused"
NOT_PROCESSED, WITHDRAWN, REVOKED = "not_processed", "withdrawn", "revoked"
DECIDED = (GRANTED, PARTLY, REFUSED, NOT_PROCESSED, REVOKED)

_BROKEN_OFF = Q(status=Status.CLOSED, retention_class=RetentionClass.BROKEN_OFF)
# How an application ended, also after it was closed: then the retention class says it.
RESULT = Case(
    # A settlement or a withdrawal that waits for a second pair of eyes is no application without a decision.
    When(AWAITS_DECISION, then=Value(OPEN)),
    When(Q(status=Status.WITHDRAWN) | _BROKEN_OFF & Q(decided_at=None), then=Value(WITHDRAWN)),
    When(Q(status=Status.NOT_PROCESSED) | _BROKEN_OFF, then=Value(NOT_PROCESSED)),
    When(Q(status=Status.REFUSED) | Q(retention_class=RetentionClass.REFUSED), then=Value(REFUSED)),
    When(Q(status=Status.REVOKED) | Q(retention_class=RetentionClass.ENDED), then=Value(REVOKED)),
    When(granted_amount__lt=F("asked_amount"), then=Value(PARTLY)),
    default=Value(GRANTED),
    output_field=CharField(),
)


def read_filters(query: QueryDict) -> Filters:
    """The scheme (code), wijk and theme (slugs) and period that a query string asks."""
    given = {name: query.get(name, "").strip() for name in FILTERS}
    return {name: value for name, value in given.items() if value}


def narrowed(filters: Filters, prefix: str = "") -> Q:
    """The filters as a condition; one that means nothing leaves nothing. `prefix` leads to the application."""
    names = {"regeling": "scheme__code", "wijk": "wijk__slug", "thema": "theme__slug"}
    condition = Q(**{f"{prefix}{names[name]}": value for name, value in filters.items() if name in names})
    if name := filters.get("periode"):
        period = Period.named(name)
        if period is None:
            return Q(pk__in=())
        condition &= Q(**{f"{prefix}received_on__gte": period.first_day, f"{prefix}received_on__lt": period.next_day})
    return condition


def chosen(filters: Filters) -> ApplicationQuerySet:
    """The applications that the filters leave."""
    return Application.objects.filter(narrowed(filters)).order_by()


@dataclass
class Sums:
    """What is added up over one group of applications."""

    number: int = 0
    results: Counter[str] = field(default_factory=Counter)
    asked: Decimal = Decimal(0)
    granted: Decimal = Decimal(0)

    def add(self, result: str, number: int, asked: Decimal, granted: Decimal) -> None:
        """Add a group of the database."""
        self.number += number
        self.results[result] += number
        self.asked += asked
        self.granted += granted

    @property
    def awarded(self) -> int:
        """How many got money, all or a part."""
        return self.results[GRANTED] + self.results[PARTLY]


@dataclass
class Totals:
    """The sums of everything, and by scheme, wijk and theme (keys)."""

    whole: Sums
    by_scheme: dict[int, Sums]
    by_wijk: dict[int, Sums]
    by_theme: dict[int | None, Sums]


def totals(filters: Filters) -> Totals:
    """Count in one query; the groups are added up here."""
    nothing = Value(Decimal(0))
    groups = (
        chosen(filters)
        .annotate(result=RESULT)
        .values_list("scheme", "wijk", "theme", "result")
        .annotate(
            number=Count("pk"),
            asked=Coalesce(Sum("asked_amount"), nothing),
            granted=Coalesce(Sum(Coalesce("settled_amount", "granted_amount")), nothing),
        )
    )
    found = Totals(Sums(), defaultdict(Sums), defaultdict(Sums), defaultdict(Sums))
    for scheme, wijk, theme, result, number, asked, granted in groups:
        for sums in (found.whole, found.by_scheme[scheme], found.by_wijk[wijk], found.by_theme[theme]):
            sums.add(result, number, asked, granted)
    return found


@dataclass(frozen=True)
class Times:
    """How long decisions took, in calendar days from receipt; nothing when there were none."""

    decided: int
    median_days: float | None
    ninety_percent: float | None
    within_target: int
    within_law: int
    suspended_days: int

    def percentage(self, number: int) -> int | None:
        """This part of the decisions."""
        return round(100 * number / self.decided) if self.decided else None


def times(filters: Filters) -> Times:
    """Over applications with a first decision; the day of the decision is the day on which it was sent."""
    told_on = Min("decisions__notified_on")
    rows = list(
        chosen(filters)
        .filter(decided_at__isnull=False, decisions__isnull=False)
        .annotate(told_on=told_on)
        .values_list("received_on", "told_on", "promised_on", "due_legal")
    )
    waits = [(told - received).days for received, told, _promised, _due in rows]
    return Times(
        decided=len(rows),
        median_days=median(waits) if waits else None,
        ninety_percent=quantiles(waits, n=10, method="inclusive")[-1] if len(waits) > 1 else next(iter(waits), None),
        within_target=sum(promised is not None and told <= promised for _received, told, promised, _due in rows),
        within_law=sum(due is not None and told <= due for _received, told, _promised, due in rows),
        suspended_days=suspended_days(filters),
    )


def suspended_days(filters: Filters) -> int:
    """On how many days the clock stood still, over all applications together."""
    still: dict[int, set[date]] = defaultdict(set)
    asked = CompletionRequest.objects.filter(narrowed(filters, "application__"))
    for key, sent_on, due_on, done_on in asked.values_list("application", "sent_on", "due_on", "completed_on"):
        last = done_on - timedelta(days=1) if done_on and done_on <= due_on else due_on
        still[key] |= _days(sent_on + timedelta(days=1), last)
    paused = Pause.objects.filter(narrowed(filters, "application__"))
    for key, first, last in paused.values_list("application", "first_day", "last_day"):
        still[key] |= _days(first, last)
    return sum(map(len, still.values()))


def refusal_grounds(filters: Filters) -> list[tuple[str, str, int]]:
    """Article, plain text and number of decisions to refuse (a part), the most used first."""
    refused = Decision.objects.filter(
        narrowed(filters, "application__"),
        outcome__in=[Outcome.REFUSE, Outcome.GRANT_PARTLY, Outcome.NOT_PROCESSED],
        grounds__isnull=False,
    )
    rows = refused.order_by().values_list("grounds__article", "grounds__text").annotate(number=Count("pk"))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def first_timers(filters: Filters) -> int:
    """Applications of people, or addresses, that never applied before."""
    same_person = Q(email__iexact=OuterRef("email")) & ~Q(email="")
    same_address = Q(postcode=OuterRef("postcode"), house_number=OuterRef("house_number")) & ~Q(postcode="")
    earlier = Application.objects.filter(same_person | same_address, submitted_at__lt=OuterRef("submitted_at"))
    return chosen(filters).filter(~Exists(earlier)).count()


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
