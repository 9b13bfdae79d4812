"""The reports of advice and ambassadors for staff and council: tables and a chart, and the same as a file."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ambassadors import reports
from ambassadors.models import AdviceRequest
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from shared.reports.columns import Filters
from shared.reports.enums import FileFormat
from shared.reports.periods import Period
from shared.terms.calendar import today
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk
from wbw_portal import table_report

READERS = (Role.COUNCIL_STAFF, Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
DRAWN = ("afdelingen",)


class FilterForm(PortalForm):
    """Wijk and period, as plain GET parameters."""

    submit_label = gettext_lazy("Toon")

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    periode = forms.ChoiceField(label=gettext_lazy("Gevraagd in"), required=False)

    def __init__(self, data: Filters) -> None:
        super().__init__(initial=data)
        periods = Period.until(today(), since=reports.since() or today())
        wijken = Wijk.objects.current().order_by("code").values_list("slug", "short_name")
        self.fields["wijk"].choices = [("", _("Alle wijken")), *wijken]
        named = ((period.name, period.label) for period in periods)
        self.fields["periode"].choices = [("", _("De hele tijd")), *named]


@staff_required(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every table, one of them drawn."""
    filters = reports.read_filters(request.GET)
    found = reports.tables(filters)
    formats = [(choice.label, reverse("ambassador_tables", args=[choice.value])) for choice in FileFormat]
    values = {
        "filter_form": FilterForm(filters),
        "reset_url": reverse("ambassador_reports") if filters else "",
        "tables": found,
        "charts": list(table_report.drawn(found, DRAWN, reports.asked_bars)),
        "formats": formats,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/ambassadors.html", values)


@staff_required(*READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same tables as a file."""
    filters = reports.read_filters(request.GET)
    found = reports.tables(filters)
    return table_report.as_file(request, found, filters, listed=AdviceRequest, name="adviezen", file_format=file_format)
