"""The file page: everything about one case in reading order, and the steps that are possible now."""

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
from shared.review.desk import Case, Desk
from shared.review.selection import Selection
from shared.terms.calendar import today
from shared.ui import presence

# The step with which a case goes to somebody else; whoever has none of these has no “Neem over”.
ASSIGN = "toewijzen"


def show(
    request: HttpRequest, case: Case, desk: Desk, selection: Selection, template: str, values: dict[str, Any]
) -> HttpResponse:
    """Show the page; that somebody read the personal data is in the trail, once a day."""
    user: Any = request.user
    note_the_reading(case, user)
    presence.mark(case, user)
    values = {
        "title": case.title,
        "case": case,
        "others": presence.others(case, user),
        "unsent": request.session.pop(desk.unsent_key(case), ""),
        "left": _parts(request, case, desk, left=True),
        "right": _parts(request, case, desk, left=False),
        **_steps(request, case, desk, selection),
        **values,
    }
    return TemplateResponse(request, template, values)


def note_the_reading(case: Case, user: Any) -> None:
    """Record once a day that this colleague read the personal data."""
    read_today = Event.objects.about(case).filter(action=READ, actor_id=user.pk, occurred_at__date=today())
    if not read_today.exists():
        trail.record_read(case, by=user)


def _parts(request: HttpRequest, case: Case, desk: Desk, *, left: bool) -> list[SafeString]:
    """One side of the page; a part without anything to show leaves no heading behind."""
    rendered = (
        render_to_string(part.template, {"case": case, **part.values(case, request)}, request)
        for part in desk.parts(left=left)
    )
    return [part for part in rendered if part.strip()]


def _steps(request: HttpRequest, case: Case, desk: Desk, selection: Selection) -> dict[str, Any]:
    """The buttons, where each leads, and where the person can go from here."""
    user: Any = request.user
    place = selection.neighbours(request, case.pk)
    owner = getattr(case, "owner_id", None)
    return {
        "steps": {
            kind: [(offer, desk.step_url(request, case.pk, offer.page.slug)) for offer in found]
            for kind, found in desk.offers(case, user).items()
        },
        "previous_url": desk.file_url(request, place["previous"]) if place["previous"] else "",
        "next_url": desk.file_url(request, place["next"]) if place["next"] else "",
        "place": place,
        "owner_is_away": bool(owner and Absence.objects.active().filter(user=owner).exists()),
        "take_over_url": _take_over_url(request, case, desk) if owner != user.pk else "",
        "no_letters": NO_LETTERS,
    }


def _take_over_url(request: HttpRequest, case: Case, desk: Desk) -> str:
    return desk.step_url(request, case.pk, ASSIGN) if desk.find_step(ASSIGN) else ""
