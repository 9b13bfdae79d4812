"""The public register of grants, with what every column means."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subsidies.reports import register as grants


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Where the file is, and its data dictionary."""
    return render(request, "subsidies/register.html", {"columns": grants.COLUMNS.items()})


@login_not_required
@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as open data."""
    response = HttpResponse(grants.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="subsidies.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
