"""How far the promise about participation is kept: for everybody on the website, for staff and council with files."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from participation import late_projects
from participation.coverage import Coverage, coverage
from participation.coverage_tables import tables
from participation.models import Project, ProjectPhase
from participation.policies import READERS as DOSSIER_READERS
from participation.report_filters import period, projects, read_filters
from participation.reports import PROJECTS
from shared import municipality
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from shared.accounts.models import Department
from shared.accounts.policies import roles_of
from shared.reports.columns import Filters
from shared.reports.enums import FileFormat
from shared.reports.periods import Period
from shared.reports.tables import Table
from shared.terms.calendar import today
from shared.ui.forms import PortalForm
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk
from wbw_portal import table_report
from wbw_portal.reports import READERS

DRAWN = {"afdelingen": 5, "uitkomsten": 1, "niveaus": 1}
# Who works on projects reads about them too.
PROJECT_READERS = (*READERS, Role.AMBASSADOR, Role.PROJECT_LEAD)


class FilterForm(PortalForm):
    """Wijk, department and period, as plain GET parameters; `periods` says what the period is about."""

    submit_label = gettext_lazy("Toon")

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    afdeling = forms.ChoiceField(label=gettext_lazy("Afdeling"), required=False)
    periode = forms.ChoiceField(label=gettext_lazy("Periode"), required=False)

    def __init__(self, data: Filters, *, periods: list[Period], label: str) -> None:
        super().__init__(initial=data)
        wijken = Wijk.objects.current().order_by("code").values_list("slug", "short_name")
        departments = Department.objects.order_by("name").values_list("pk", "name")
        self.fields["wijk"].choices = [("", _("Alle wijken")), *wijken]
        self.fields["afdeling"].choices = [("", _("Alle afdelingen")), *departments]
        self.fields["periode"].choices = [("", _("De hele tijd")), *((each.name, each.label) for each in periods)]
        self.fields["periode"].label = label


@public_page
@require_safe
def public_coverage(request: HttpRequest) -> HttpResponse:
    """For residents and the council: in how many projects was looked in time at how people can take part."""
    counted = coverage(today())
    found = tables(counted)
    promised = municipality.current().participation
    return render(
        request,
        "participation/coverage.html",
        {
            "tables": found,
            "charts": list(table_report.drawn_columns(found, DRAWN)),
            "figures": list(_figures(found[0])),
            "promised": promised,
            "late": late_projects.for_everybody(counted.late),
        },
    )


@staff_required(*PROJECT_READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The same tables for staff, narrowed as asked, with the files and the list of projects."""
    filters = read_filters(request.GET)
    counted = _counted(filters)
    found = tables(counted)
    return render(
        request,
        "reports/projects.html",
        {
            "filter_form": FilterForm(
                filters, periods=Period.until(today(), since=_since()), label=_("Voorbij de startnotitie in")
            ),
            "reset_url": reverse("project_reports") if filters else "",
            "query": request.GET.urlencode(),
            "tables": found,
            "late": late_projects.for_staff(counted.late, request.user),
            "charts": list(table_report.drawn_columns(found, DRAWN)),
            "figures": list(_figures(found[0])),
            "formats": [(choice.label, reverse("project_tables", args=[choice.value])) for choice in FileFormat],
            # Who only works on projects may not read the other reports: no way up to them.
            "reads_all": bool(roles_of(request.user) & frozenset(READERS)),
            "reads_dossiers": bool(roles_of(request.user) & frozenset(DOSSIER_READERS)),
            "report": PROJECTS if PROJECTS.may_export(request.user) else None,
        },
    )


@staff_required(*PROJECT_READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The tables as a file; the trail says who took them."""
    filters = read_filters(request.GET)
    counted = _counted(filters)
    found = [*tables(counted), late_projects.table(counted.late)]
    return table_report.as_file(request, found, filters, listed=Project, name="participatie", file_format=file_format)


def _counted(filters: Filters) -> Coverage:
    return coverage(today(), projects(filters), period(filters))


def _since() -> date:
    first = ProjectPhase.objects.aggregate(first=Min("started_on"))["first"]
    return first or today()


def _figures(whole: Table) -> Iterator[dict[str, str]]:
    """The numbers on top; a percentage of nothing is left out."""
    shown = {str(row[0]): row[1] for row in whole.rows}
    for label in (_("Projecten in het register"), _("Voorbij de startnotitie")):
        yield {"label": label, "value": str(shown[label])}
    for label in (_("Check op tijd (%)"), _("Terugkoppeling op tijd (%)"), _("Evaluatie op tijd (%)")):
        if shown[label] is not None:
            yield {"label": label.removesuffix(" (%)"), "value": f"{shown[label]}%"}
