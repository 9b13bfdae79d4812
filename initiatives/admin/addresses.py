"""Addresses of the review pages; each keeps the filters of the list that the person came from."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from initiatives.admin.steps import StepPage

KEPT = "_changelist_filters"
# Where to go after a step: ?terug=vandaag leads to the start page instead of the file.
BACK, TODAY = "terug", "vandaag"


def list_url(request: HttpRequest) -> str:
    """The work list as it was."""
    kept = request.GET.get(KEPT, "")
    return reverse("admin:initiatives_initiative_changelist") + (f"?{kept}" if kept else "")


def file_url(request: HttpRequest, pk: int) -> str:
    """The file page."""
    return _keeping(request, reverse("admin:initiatives_initiative_change", args=[pk]))


def step_url(request: HttpRequest, pk: int, page: StepPage) -> str:
    """The confirm page of a step."""
    return _keeping(request, reverse("admin:initiatives_initiative_step", args=[pk, page.slug]))


def note_url(request: HttpRequest, pk: int) -> str:
    """Where notes are saved."""
    return _keeping(request, reverse("admin:initiatives_initiative_note", args=[pk]))


def contact_url(request: HttpRequest, pk: int) -> str:
    """Where contact moments are saved."""
    return _keeping(request, reverse("admin:initiatives_initiative_contact", args=[pk]))


def after_step(request: HttpRequest, pk: int) -> str:
    """Back to the start page for who came from there, else the file."""
    return reverse("admin:index") if request.GET.get(BACK) == TODAY else file_url(request, pk)


def _keeping(request: HttpRequest, address: str) -> str:
    kept = request.GET.get(KEPT, "")
    return f"{address}?{urlencode({KEPT: kept})}" if kept else address
