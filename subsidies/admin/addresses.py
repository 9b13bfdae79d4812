"""Addresses of the review pages; each keeps the filters of the list that the person came from."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

KEPT = "_changelist_filters"
# Where to go after a step: ?terug=vandaag leads to the start page instead of the file.
BACK, TODAY = "terug", "vandaag"


def list_url(request: HttpRequest) -> str:
    """The work list as it was."""
    kept = request.GET.get(KEPT, "")
    return reverse("admin:subsidies_application_changelist") + (f"?{kept}" if kept else "")


def file_url(request: HttpRequest, pk: int) -> str:
    """The file page."""
    return keeping(request, reverse("admin:subsidies_application_change", args=[pk]))


def step_url(request: HttpRequest, pk: int, slug: str) -> str:
    """The confirm page of a step."""
    return keeping(request, reverse("admin:subsidies_application_step", args=[pk, slug]))


def after_step(request: HttpRequest, pk: int) -> str:
    """Back to the start page for who came from there, else the file."""
    return reverse("admin:index") if request.GET.get(BACK) == TODAY else file_url(request, pk)


def keeping(request: HttpRequest, address: str) -> str:
    """The address with the filters of the list."""
    kept = request.GET.get(KEPT, "")
    return f"{address}?{urlencode({KEPT: kept})}" if kept else address
