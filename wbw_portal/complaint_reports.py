"""The complaints of each year on screen and as a file, to publish (Awb article 9:12a)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shared.accounts.decorators import staff_required
from shared.reports.enums import FileFormat
from subsidies.models import Complaint
from subsidies.reports import complaints
from wbw_portal import table_report
from wbw_portal.reports import READERS


@staff_required(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The tables."""
    formats = [(choice.label, reverse("complaint_tables", args=[choice.value])) for choice in FileFormat]
    return render(request, "reports/complaints.html", {"tables": complaints.tables(), "formats": formats})


@staff_required(*READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same tables as a file; the trail says who took them."""
    found = complaints.tables()
    return table_report.as_file(request, found, {}, listed=Complaint, name="klachten", file_format=file_format)
