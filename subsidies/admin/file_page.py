"""The file page: everything about one application in reading order, and the steps that are possible now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from shared.accounts.models import Absence
from shared.audit import trail
from shared.audit.history import READ
from shared.audit.models import Event
from shared.notifications.rehearsal import NO_LETTERS
from shared.terms.calendar import today
from shared.ui import presence
from subsidies.admin import addresses, registry
from subsidies.admin.selection import neighbours
from subsidies.admin.step_view import unsent_key
from subsidies.models import Application
from subsidies.worklist import due, promise


def show(request: HttpRequest, case: Application, around: dict[str, Any]) -> HttpResponse:
    """Show the page; that somebody read the personal data is in the trail, once a day."""
    note_the_reading(request, case)
    presence.mark(case, request.user)
    values = {
        **around,
        "title": case.title,
        "case": case,
        "due": due(case, today()),
        "promise": promise(case, today()),
        "others": presence.others(case, request.user),
        "unsent": request.session.pop(unsent_key(case), ""),
        "list_url": addresses.list_url(request),
        "left": _parts(request, case, left=True),
        "right": _parts(request, case, left=False),
        **_steps(request, case),
    }
    return TemplateResponse(request, "admin/subsidies/application/file.html", values)


def note_the_reading(request: HttpRequest, case: Application) -> None:
    """Record once a day that this colleague read the personal data."""
    read_today = Event.objects.about(case).filter(action=READ, actor_id=request.user.pk, occurred_at__date=today())
    if not read_today.exists():
        trail.record_read(case, by=request.user)


def _parts(request: HttpRequest, case: Application, *, left: bool) -> list[SafeString]:
    """One side of the page; a part without anything to show leaves no heading behind."""
    rendered = (
        render_to_string(part.template, {"case": case, **part.values(case, request)}, request)
        for part in registry.parts(left=left)
    )
    return [part for part in rendered if part.strip()]


def _steps(request: HttpRequest, case: Application) -> dict[str, Any]:
    """The buttons, where each leads, and where the person can go from here."""
    place = neighbours(request, case.pk)
    return {
        "steps": {
            kind: [(offer, addresses.step_url(request, case.pk, offer.page.slug)) for offer in found]
            for kind, found in registry.offers(case, request.user).items()
        },
        "previous_url": addresses.file_url(request, place["previous"]) if place["previous"] else "",
        "next_url": addresses.file_url(request, place["next"]) if place["next"] else "",
        "place": place,
        "owner_is_away": bool(case.owner_id and Absence.objects.active().filter(user=case.owner_id).exists()),
        "take_over_url": addresses.step_url(request, case.pk, "toewijzen"),
        "no_letters": NO_LETTERS,
    }
