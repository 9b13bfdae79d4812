"""Moments, who came, what was said and whether everybody heard back in time: totals for staff and council.

How many people signed up, came or said something can point at a person beside a wijk: small numbers are hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from participation import report_filters
from participation.coverage import percentage, standing
from participation.coverage_tables import standings
from participation.enums import MomentForm
from participation.models import Project
from participation.moments.enums import Source, Status
from participation.moments.models import Contribution, Moment
from participation.moments.querysets import MomentQuerySet
from shared.accounts.models import Department
from shared.reports.columns import Filters
from shared.reports.periods import Period
from shared.reports.tables import Cell, Table, shown
from shared.wijken.models import Wijk

HELD = (Status.HELD, Status.CLOSED)


@dataclass
class Sums:
    """The moments of one group."""

    statuses: Counter[str] = field(default_factory=Counter)
    feedback: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    signed_up: int = 0
    attended: int = 0

    @property
    def held(self) -> int:
        """How many were held."""
        return sum(self.statuses[status] for status in HELD)

    @property
    def moments(self) -> int:
        """Held or still to come; what was cancelled is no occasion to take part."""
        return self.held + self.statuses[Status.ANNOUNCED]

    @property
    def in_time(self) -> int | None:
        """Of the feedback whose day has come, or that was given: the part in time."""
        return percentage(self.feedback["in_time"], self.feedback.total() - self.feedback["waiting"])

    def add(self, moment: dict[str, Any], contributions: Mapping[str, int], today: date) -> None:
        """Count one moment."""
        self.statuses[moment["status"]] += 1
        self.sources.update(contributions)
        if moment["status"] != Status.CANCELLED:
            self.signed_up += moment["places_taken"]
        self.attended += moment["attended"] or 0
        if moment["feedback_due_on"]:
            told = moment["feedback__sent_at"]
            given_on = timezone.localdate(told) if told else None
            self.feedback[standing(moment["feedback_due_on"], given_on, today)] += 1


def chosen(filters: Filters) -> MomentQuerySet:
    """The moments that the filters leave; a concept is no moment yet."""
    projects = report_filters.projects(filters)
    found = Moment.objects.filter(project__in=projects.order_by().values("pk")).exclude(status=Status.DRAFT)
    period = report_filters.period(filters)
    return found.filter(starts_at__range=period.moments) if period else found


def since() -> date | None:
    """The day of the first moment."""
    first = Moment.objects.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(first) if first else None


def tables(filters: Filters, today: date) -> list[Table]:
    """All tables; the same number of queries however many moments there are."""
    whole = Sums()
    forms: dict[str, Sums] = defaultdict(Sums)
    departments: dict[str, Sums] = {name: Sums() for name in _departments(filters)}
    wijken: dict[str, Sums] = {name: Sums() for name in _wijken(filters)}
    quarters: dict[str, Sums] = defaultdict(Sums)
    for moment, places, contributions in _moments(filters):
        day = timezone.localdate(moment["starts_at"])
        groups = [whole, forms[moment["form"]], quarters[Period(day.year, (day.month + 2) // 3).name]]
        groups.append(departments.setdefault(moment["project__department__name"], Sums()))
        groups += [wijken.setdefault(name, Sums()) for name in places or [_("De hele gemeente")]]
        for sums in groups:
            sums.add(moment, contributions, today)
    named = {period.label: quarters[name] for name in sorted(quarters) if (period := Period.named(name))}
    in_two = _("Een moment van een project in twee wijken telt in allebei mee.")
    return [
        _forms(forms),
        replace(_group("afdelingen", _("Momenten per afdeling"), _("Afdeling"), departments), folded=False),
        _told("afdelingen", _("Terugkoppeling per afdeling"), _("Afdeling"), departments),
        _group("wijken", _("Momenten per wijk"), _("Wijk"), wijken, in_two),
        _told("wijken", _("Terugkoppeling per wijk"), _("Wijk"), wijken, in_two),
        _group("kwartalen", _("Momenten per kwartaal"), _("Kwartaal"), named),
        _told("kwartalen", _("Terugkoppeling per kwartaal"), _("Kwartaal"), named),
        _sources(whole),
        standings("terugkoppeling", _("Terugkoppeling na een moment"), whole.feedback),
    ]


def _moments(filters: Filters) -> Iterator[tuple[dict[str, Any], list[str], Mapping[str, int]]]:
    """Each moment with the wijken of its project and the contributions by source; three queries."""
    moments = chosen(filters)
    places: dict[int, list[str]] = defaultdict(list)
    located = Project.objects.filter(wijken__isnull=False).order_by("wijken__code")
    if slug := filters.get("wijk"):
        located = located.filter(wijken__slug=slug)
    for project, name in located.values_list("pk", "wijken__short_name"):
        places[project].append(name)
    said: dict[int, Counter[str]] = defaultdict(Counter)
    counts = Contribution.objects.filter(moment__in=moments.order_by().values("pk")).order_by()
    for moment, source, number in counts.values_list("moment", "source").annotate(n=Sum("count")):
        said[moment][source] = number
    columns = ("pk", "status", "form", "starts_at", "places_taken", "attended", "feedback_due_on")
    rows: Iterable[Any] = moments.values(*columns, "feedback__sent_at", "project", "project__department__name")
    for row in rows:
        yield row, places[row["project"]], said[row["pk"]]


def _departments(filters: Filters) -> list[str]:
    """Those without a moment too: that is what one looks for."""
    found = Department.objects.order_by("name")
    if number := filters.get("afdeling"):
        found = found.filter(pk=int(number)) if report_filters.is_number(number) else found.none()
    return list(found.values_list("name", flat=True))


def _wijken(filters: Filters) -> list[str]:
    found = Wijk.objects.current().order_by("code")
    if slug := filters.get("wijk"):
        found = found.filter(slug=slug)
    return list(found.values_list("short_name", flat=True))


def _forms(forms: Mapping[str, Sums]) -> Table:
    rows = tuple(
        (str(form.label), sums.moments, sums.held, sums.statuses[Status.ANNOUNCED], sums.statuses[Status.CANCELLED])
        for form in MomentForm
        if (sums := forms.get(form))
    )
    headings = (_("Vorm"), _("Momenten"), _("Gehouden"), _("Aangekondigd"), _("Gaat niet door"))
    return Table("momenten-vormen", _("Momenten per vorm"), headings, rows)


def _group(name: str, title: str, heading: str, groups: Mapping[str, Sums], note: str = "") -> Table:
    found = list(groups.values())
    people = (
        shown([each.signed_up for each in found]),
        shown([each.attended for each in found]),
        shown([each.sources.total() for each in found]),
    )
    rows: list[tuple[Cell, ...]] = []
    for (label, each), *hidden in zip(groups.items(), *people, strict=True):
        rows.append((label, each.moments, each.held, each.statuses[Status.ANNOUNCED], *hidden))
    headings = (
        heading,
        _("Momenten"),
        _("Gehouden"),
        _("Aangekondigd"),
        _("Aanmeldingen"),
        _("Aanwezigen"),
        _("Bijdragen"),
    )
    return Table(f"momenten-{name}", title, headings, tuple(rows), note, folded=True)


def _told(name: str, title: str, heading: str, groups: Mapping[str, Sums], note: str = "") -> Table:
    """Whether people heard in time what was done with what they said."""
    rows: list[tuple[Cell, ...]] = []
    for label, each in groups.items():
        rows.append((label, *(each.feedback[how] for how in ("in_time", "too_late", "missing")), each.in_time))
    headings = (heading, _("Op tijd"), _("Te laat"), _("Over tijd, nog niet gedaan"), _("Op tijd (%)"))
    return Table(f"terugkoppeling-{name}", title, headings, tuple(rows), note, folded=True)


def _sources(whole: Sums) -> Table:
    numbers = shown([whole.sources[source] for source in Source])
    rows = tuple((str(source.label).capitalize(), n) for source, n in zip(Source, numbers, strict=True))
    return Table("bijdragen", _("Bijdragen per bron"), (_("Bron"), _("Bijdragen")), rows)
