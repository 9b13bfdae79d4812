"""The reports of working together: every subject's tables on one page, some drawn, and the same as a file."""

from django import forms
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from partners.models import Listing
from partners.reports import JOINT_ACTIONS, LISTINGS, SIGNALS, actions, newsletter, offers, signals
from shared.accounts.decorators import staff_required
from shared.accounts.models import User
from shared.reports.columns import Filters, Report
from shared.reports.enums import FileFormat
from shared.reports.tables import Table
from shared.terms.calendar import today
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk
from wbw_portal import table_report
from wbw_portal.reports import READERS

# Each subject brings its tables, and its list to take along.
LISTS: list[Report] = [LISTINGS, JOINT_ACTIONS, SIGNALS]
# The tables that say more as bars: the column that is drawn.
DRAWN = {
    "aanbod-soorten": 2,
    "aanbod-wijken": 2,
    "aanbod-partners": 1,
    "matches": 1,
    "acties-status": 1,
    "acties-per-wijk": 1,
    "acties-per-partner": 1,
    "signalen-thema": 1,
    "signalen-wijk": 1,
    "signalen-partner": 1,
}


class FilterForm(PortalForm):
    """Wijk and year, as plain GET parameters."""

    submit_label = gettext_lazy("Toon")

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    jaar = forms.ChoiceField(label=gettext_lazy("Jaar"), required=False)

    def __init__(self, data: Filters) -> None:
        super().__init__(initial=data)
        first = Listing.objects.aggregate(first=Min("opened_at__year"))["first"] or today().year
        years = [(str(year), str(year)) for year in range(today().year, first - 1, -1)]
        wijken = Wijk.objects.current().order_by("code").values_list("slug", "short_name")
        self.fields["wijk"].choices = [("", _("Alle wijken")), *wijken]
        self.fields["jaar"].choices = [("", _("Alle jaren")), *years]


@staff_required(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every table, some of them drawn."""
    filters = offers.read_filters(request.GET)
    found = _tables(filters, request.user)
    return render(
        request,
        "reports/partners.html",
        {
            "filter_form": FilterForm(filters),
            "reset_url": reverse("partner_reports") if filters else "",
            "tables": found,
            "charts": list(table_report.drawn_columns(found, DRAWN, named=["aanbod-partners"])),
            "formats": [(choice.label, reverse("partner_tables", args=[choice.value])) for choice in FileFormat],
            "query": request.GET.urlencode(),
            "reports": [report for report in LISTS if report.may_export(request.user)],
        },
    )


@staff_required(*READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same tables as a file; the trail says who took them."""
    filters = offers.read_filters(request.GET)
    found = _tables(filters, request.user)
    return table_report.as_file(request, found, filters, listed=Listing, name="samenwerken", file_format=file_format)


def _tables(filters: Filters, user: User) -> list[Table]:
    counted = signals.tables(filters, exact=signals.may_export(user))
    return [*offers.tables(filters), *actions.tables(filters), *counted, *newsletter.tables(filters)]
