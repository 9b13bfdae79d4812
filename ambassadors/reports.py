"""Requests for advice per department: how many, in time, late or without an answer, and how fast."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.models import AdviceRequest
from ambassadors.querysets import AdviceRequestQuerySet
from ambassadors.subjects import noun_of
from shared.accounts.models import Department
from shared.reports.columns import Filters
from shared.reports.periods import Period
from shared.reports.tables import Cell, Table

FILTERS = ("wijk", "periode")
IN_TIME, LATE, NONE, WAITING, BACK, ENDED = "in_time", "late", "none", "waiting", "back", "ended"


@dataclass
class Sums:
    """The requests of one department."""

    results: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many there were."""
        return sum(self.results.values())

    @property
    def median_days(self) -> float | None:
        """Days from the question to the answer, as the middle one had it."""
        return float(median(self.days)) if self.days else None

    def add(self, request: AdviceRequest) -> None:
        """Count one request."""
        self.results[result_of(request)] += 1
        if request.answered_at:
            self.verdicts[request.verdict] += 1
            self.days.append((timezone.localdate(request.answered_at) - timezone.localdate(request.asked_at)).days)


def result_of(request: AdviceRequest) -> str:
    """How a request ended: in time on its last day counts; silence stays silence when the case is decided."""
    if request.answered_at:
        return IN_TIME if timezone.localdate(request.answered_at) <= request.due_on else LATE
    if request.status == AdviceStatus.ASKED:
        return WAITING
    if request.status == AdviceStatus.HANDED_BACK:
        return BACK
    if request.status == AdviceStatus.UNANSWERED or (request.status == AdviceStatus.OVERTAKEN and request.lapsed_at):
        return NONE
    return ENDED


def read_filters(query: QueryDict) -> Filters:
    """The wijk (slug) and the period that a query string asks."""
    given = {name: query.get(name, "").strip() for name in FILTERS}
    return {name: value for name, value in given.items() if value}


def chosen(filters: Filters) -> AdviceRequestQuerySet:
    """The requests that the filters leave; one that means nothing leaves nothing."""
    condition = Q()
    if slug := filters.get("wijk"):
        condition &= Q(wijk__slug=slug)
    if name := filters.get("periode"):
        period = Period.named(str(name))
        condition &= Q(asked_at__range=period.moments) if period else Q(pk__in=())
    return AdviceRequest.objects.filter(condition).order_by("pk")


def tables(filters: Filters) -> list[Table]:
    """All tables; the same number of queries however many requests there are."""
    by_department: dict[int | None, Sums] = defaultdict(Sums)
    by_kind: dict[str, Sums] = defaultdict(Sums)
    for request in chosen(filters).defer("question", "text"):
        by_department[request.department_id].add(request)
        by_kind[noun_of(request.subject_type).capitalize()].add(request)
    departments = dict(Department.objects.order_by("name").values_list("pk", "name"))
    # A department that nobody asked is in the table too: that is what one looks for.
    named = [(name, by_department.get(pk, Sums())) for pk, name in departments.items()]
    if None in by_department:
        named.append((_("Anderen, per e-mail"), by_department[None]))
    return [
        _results("afdelingen", _("Per afdeling"), named),
        _verdicts(named),
        _results("soorten", _("Per soort"), sorted(by_kind.items())),
    ]


def asked_bars(table: Table) -> Iterator[tuple[str, float]]:
    """How much was asked of whom, for a chart."""
    for row in table.rows:
        if isinstance(row[1], int):
            yield str(row[0]), row[1]


def since() -> date | None:
    """The day of the first request."""
    first = AdviceRequest.objects.order_by("asked_at").values_list("asked_at", flat=True).first()
    return timezone.localdate(first) if first else None


def _results(name: str, title: str, groups: Iterable[tuple[str, Sums]]) -> Table:
    headings = (
        title.removeprefix(_("Per ")).capitalize(),
        _("Gevraagd"),
        _("Op tijd"),
        _("Te laat"),
        _("Geen antwoord"),
        _("Wacht nog"),
        _("Teruggegeven"),
        _("Niet meer nodig"),
        _("Dagen tot het antwoord, mediaan"),
    )
    rows: list[tuple[Cell, ...]] = []
    for label, sums in groups:
        counts = [sums.results[result] for result in (IN_TIME, LATE, NONE, WAITING, BACK, ENDED)]
        middle = sums.median_days
        rows.append((label, sums.asked, *counts, middle if middle is None or middle % 1 else int(middle)))
    note = _("Op tijd is vóór of op de gevraagde dag. In kalenderdagen, vanaf de vraag.")
    return Table(name, title, headings, tuple(rows), note)


def _verdicts(groups: Iterable[tuple[str, Sums]]) -> Table:
    headings = (_("Afdeling"), *(str(verdict.label).capitalize() for verdict in AdviceVerdict))
    rows: list[tuple[Cell, ...]] = []
    for label, sums in groups:
        rows.append((label, *(sums.verdicts[verdict] for verdict in AdviceVerdict)))
    return Table("antwoorden", _("Antwoorden"), headings, tuple(rows))
