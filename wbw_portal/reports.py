"""Reports for staff and council: the programmes' totals on one page, filtered as asked, to take along as a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from initiatives import reports as initiatives
from initiatives.enums import Status
from initiatives.models import Initiative
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from shared.reports.columns import Filters
from shared.reports.periods import Period
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui import charts
from shared.ui.forms import PortalForm
from shared.ui.templatetags.ui import number
from shared.wijken.models import Wijk

READERS = (Role.COUNCIL_STAFF, Role.COORDINATOR, Role.FUNCTIONAL_MANAGER, Role.FINANCE)
MONTHS_SHOWN = 12


class FilterForm(PortalForm):
    """Wijk, theme, status and period, as plain GET parameters."""

    submit_label = gettext_lazy("Toon")

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    thema = forms.ChoiceField(label=gettext_lazy("Thema"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    periode = forms.ChoiceField(label=gettext_lazy("Ontvangen in"), required=False)

    def __init__(self, data: Filters, *, wijken: list[Wijk], themes: list[Theme], periods: list[Period]) -> None:
        super().__init__(initial=data)
        counted = [status for status in Status if status not in initiatives.NOT_COUNTED]
        choices = {
            "wijk": [("", _("Alle wijken")), *((wijk.slug, wijk.short_name) for wijk in wijken)],
            "thema": [("", _("Alle thema's")), *((theme.slug, theme.name) for theme in themes)],
            "status": [("", _("Alle")), *((status.value, status.label) for status in counted)],
            "periode": [("", _("De hele tijd")), *((period.name, period.label) for period in periods)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options


@dataclass(frozen=True)
class WijkRow:
    """A wijk in the table: how many plans, and how many for every thousand inhabitants."""

    name: str
    number: int
    inhabitants: int | None

    @property
    def per_thousand(self) -> float | None:
        """Plans for every 1,000 inhabitants."""
        return round(1000 * self.number / self.inhabitants, 1) if self.inhabitants else None


@staff_required(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Totals per wijk, theme, status and month; answer times; and the list itself as a file."""
    filters = initiatives.read_filters(request.GET)
    totals = initiatives.totals(filters)
    wijken = list(Wijk.objects.current().without_geometry().order_by("code"))
    themes = list(Theme.objects.all())
    since = Initiative.objects.aggregate(first=Min("received_at__date"))["first"] or today()
    rows = _wijk_rows(wijken, totals.by_wijk, filters)
    return render(
        request,
        "reports/overview.html",
        {
            "filter_form": FilterForm(
                filters, wijken=wijken, themes=themes, periods=Period.until(today(), since=since)
            ),
            "reset_url": reverse("reports") if filters else "",
            "figures": list(_figures(totals, rows, initiatives.answer_times(filters, today()))),
            "wijk_rows": rows,
            "charts": [(f"grafiek-{n}", chart) for n, chart in enumerate(_charts(totals, rows, themes, filters))],
            "may_export": initiatives.may_export(request.user),
            "sees_everything": request.user.has_perm("initiatives.review_initiative"),
            "report": initiatives.INITIATIVES,
            "shows_advice": request.user.has_perm("ambassadors.export_advice"),
        },
    )


def _figures(
    totals: initiatives.Totals, rows: list[WijkRow], answers: initiatives.AnswerTimes
) -> Iterator[dict[str, str]]:
    yield {"label": _("Initiatieven"), "value": number(totals.total)}
    if (per_thousand := _per_thousand(rows)) is not None:
        yield {"label": _("Per 1.000 inwoners"), "value": number(per_thousand)}
    if answers.median_days is not None:
        yield {"label": _("Werkdagen tot een eerste antwoord (mediaan)"), "value": number(answers.median_days)}
    if answers.kept_percentage is not None:
        yield {"label": _("Binnen de beloofde tijd beantwoord"), "value": f"{answers.kept_percentage}%"}


def _wijk_rows(wijken: list[Wijk], numbers: Counter[int], filters: Filters) -> list[WijkRow]:
    shown = [wijk for wijk in wijken if filters.get("wijk") in (None, wijk.slug)]
    rows = [WijkRow(wijk.short_name, numbers[wijk.pk], wijk.inhabitants) for wijk in shown]
    elsewhere = numbers.total() - sum(row.number for row in rows)
    return [*rows, WijkRow(_("Wijken van vroeger"), elsewhere, None)] if elsewhere else rows


def _per_thousand(rows: list[WijkRow]) -> float | None:
    known = [row for row in rows if row.inhabitants]
    inhabitants = sum(row.inhabitants or 0 for row in known)
    return WijkRow("", sum(row.number for row in known), inhabitants).per_thousand


def _charts(
    totals: initiatives.Totals, rows: list[WijkRow], themes: list[Theme], filters: Filters
) -> Iterator[charts.BarChart]:
    yield charts.bars(_("Per wijk"), [(row.name, row.number) for row in rows])
    by_theme = ((theme.name, totals.by_theme[theme.pk]) for theme in themes)
    yield charts.bars(_("Per thema"), sorted(by_theme, key=lambda bar: -bar[1]))
    yield charts.bars(_("Per status"), [(status.label, totals.by_status[status]) for status in _counted(filters)])
    months = _months(filters)
    yield charts.bars(_("Per maand"), [(format_date(month, "b Y"), totals.by_month[month]) for month in months])


def _counted(filters: Filters) -> list[Status]:
    only = filters.get("status")
    return [status for status in Status if status not in initiatives.NOT_COUNTED and only in (None, status.value)]


def _months(filters: Filters) -> list[date]:
    """The months of the period; without a period the last twelve."""
    period = Period.named(filters.get("periode", ""))
    end = period.next_day if period else _after(today().replace(day=1))
    months = [date(end.year - 1, end.month, 1)]
    while len(months) < MONTHS_SHOWN:
        months.append(_after(months[-1]))
    return [month for month in months if period is None or month >= period.first_day]


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
