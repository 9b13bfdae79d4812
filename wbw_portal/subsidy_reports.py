"""The reports of the small grant for staff and council: tables and charts, and the same as a file."""

from django import forms
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shared.accounts.decorators import staff_required
from shared.reports.columns import Filters
from shared.reports.enums import FileFormat
from shared.reports.periods import Period
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk
from subsidies.models import Application, Scheme
from subsidies.reports import APPLICATIONS, tables, totals
from wbw_portal import table_report
from wbw_portal.reports import READERS

DRAWN = ("uitkomsten", "wijken", "themas", "gronden")


class FilterForm(PortalForm):
    """Scheme, wijk, theme and period, as plain GET parameters."""

    submit_label = gettext_lazy("Toon")

    regeling = forms.ChoiceField(label=gettext_lazy("Regeling"), required=False)
    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    thema = forms.ChoiceField(label=gettext_lazy("Thema"), required=False)
    periode = forms.ChoiceField(label=gettext_lazy("Ontvangen in"), required=False)

    def __init__(self, data: Filters) -> None:
        super().__init__(initial=data)
        since = Application.objects.aggregate(first=Min("received_on"))["first"] or today()
        periods = Period.until(today(), since=since)
        wijken = Wijk.objects.current().order_by("code").values_list("slug", "short_name")
        choices = {
            "regeling": [("", _("Alle regelingen")), *Scheme.objects.values_list("code", "name")],
            "wijk": [("", _("Alle wijken")), *wijken],
            "thema": [("", _("Alle thema's")), *Theme.objects.values_list("slug", "name")],
            "periode": [("", _("De hele tijd")), *((period.name, period.label) for period in periods)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options


@staff_required(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every table, some of them drawn."""
    filters = totals.read_filters(request.GET)
    found = tables.tables(filters, today())
    return render(
        request,
        "reports/subsidies.html",
        {
            "filter_form": FilterForm(filters),
            "reset_url": reverse("subsidy_reports") if filters else "",
            "tables": found,
            "charts": list(table_report.drawn(found, DRAWN, tables.bars)),
            "formats": [(choice.label, reverse("subsidy_tables", args=[choice.value])) for choice in FileFormat],
            "query": request.GET.urlencode(),
            "report": APPLICATIONS if APPLICATIONS.may_export(request.user) else None,
        },
    )


@staff_required(*READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same tables as a file; the trail says who took them."""
    filters = totals.read_filters(request.GET)
    found = tables.tables(filters, today())
    return table_report.as_file(request, found, filters, listed=Application, name="subsidies", file_format=file_format)
