"""The reports of moments, contributions and feedback: tables and charts, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.moments import reports
from participation.moments.models import Moment
from participation.report_filters import read_filters
from shared.accounts.decorators import staff_required
from shared.accounts.policies import roles_of
from shared.reports.enums import FileFormat
from shared.reports.periods import Period
from shared.terms.calendar import today
from wbw_portal import table_report
from wbw_portal.project_reports import PROJECT_READERS, FilterForm
from wbw_portal.reports import READERS

DRAWN = {"momenten-vormen": 1, "momenten-afdelingen": 1, "bijdragen": 1}


@staff_required(*PROJECT_READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every table, some of them drawn."""
    filters = read_filters(request.GET)
    found = reports.tables(filters, today())
    periods = Period.until(today(), since=reports.since() or today())
    values = {
        "filter_form": FilterForm(filters, periods=periods, label=_("Gehouden in")),
        "reset_url": reverse("moment_reports") if filters else "",
        "tables": found,
        "charts": list(table_report.drawn_columns(found, DRAWN)),
        "formats": [(choice.label, reverse("moment_tables", args=[choice.value])) for choice in FileFormat],
        "query": request.GET.urlencode(),
        # Who only works on projects may not read the other reports: no way up to them.
        "reads_all": bool(roles_of(request.user) & frozenset(READERS)),
    }
    return render(request, "reports/moments.html", values)


@staff_required(*PROJECT_READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same tables as a file; the trail says who took them."""
    filters = read_filters(request.GET)
    found = reports.tables(filters, today())
    return table_report.as_file(request, found, filters, listed=Moment, name="momenten", file_format=file_format)
