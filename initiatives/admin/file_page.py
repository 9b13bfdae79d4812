"""The file page: everything about one case in reading order, and the steps that are possible now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from initiatives.admin import addresses
from initiatives.admin.selection import neighbours
from initiatives.admin.step_view import unsent_key
from initiatives.admin.steps import PAGES, offers
from initiatives.forms.review import ContactForm, NoteForm
from initiatives.models import Initiative, Note
from initiatives.policies import Step
from initiatives.worklist import due
from shared.accounts.models import Absence
from shared.audit import trail
from shared.audit.history import READ, history
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.notifications.rehearsal import NO_LETTERS
from shared.terms.calendar import today
from shared.ui import presence
from shared.wijken.maps import place_map


def show(
    request: HttpRequest,
    case: Initiative,
    around: dict[str, Any],
    *,
    note_form: NoteForm | None = None,
    contact_form: ContactForm | None = None,
) -> HttpResponse:
    """Show the page; that somebody read the personal data is in the trail, once a day."""
    note_the_reading(request, case)
    presence.mark(case, request.user)
    values = {
        **around,
        "title": case.title,
        "case": case,
        "due": due(case, today()),
        "others": presence.others(case, request.user),
        "form": contact_form or note_form or ContactForm(),
        "contact_form": contact_form or ContactForm(),
        "unsent": request.session.pop(unsent_key(case), ""),
        "list_url": addresses.list_url(request),
        **_steps(request, case),
        **_resident(request, case),
        **_work(request, case, note_form),
    }
    return TemplateResponse(request, "admin/initiatives/initiative/file.html", values)


def note_the_reading(request: HttpRequest, case: Initiative) -> None:
    """Record once a day that this colleague read the personal data."""
    read_today = Event.objects.about(case).filter(action=READ, actor_id=request.user.pk, occurred_at__date=today())
    if not read_today.exists():
        trail.record_read(case, by=request.user)


def _steps(request: HttpRequest, case: Initiative) -> dict[str, Any]:
    """The buttons, where each leads, and where the person can go from here."""
    sorted_out = offers(case)
    place = neighbours(request, case.pk)
    return {
        "steps": {
            kind: [(offer, addresses.step_url(request, case.pk, offer.page)) for offer in found]
            for kind, found in sorted_out.items()
        },
        "previous_url": addresses.file_url(request, place["previous"]) if place["previous"] else "",
        "next_url": addresses.file_url(request, place["next"]) if place["next"] else "",
        "place": place,
        "owner_is_away": bool(case.owner_id and Absence.objects.active().filter(user=case.owner_id).exists()),
        "take_over_url": addresses.step_url(request, case.pk, PAGES[Step.ASSIGN]),
        "no_letters": NO_LETTERS,
    }


def _resident(request: HttpRequest, case: Initiative) -> dict[str, Any]:
    """The left side: the resident's words, the place, the files, and how to reach the resident."""
    return {
        "attachments": case.attachments.select_related("file", "update"),
        "agreements": case.agreements.all(),
        "map": place_map(case.buurt or case.wijk),
        "neighbours_around": case.involvements.active().order_by("kind", "name"),
        "updates": case.updates.all(),
        "lookalikes": Initiative.objects.exclude(pk=case.pk)
        .select_related("wijk")
        .lookalikes(case.title, wijk_id=case.wijk_id),
    }


def _work(request: HttpRequest, case: Initiative, note_form: NoteForm | None) -> dict[str, Any]:
    """The right side: what happened and what colleagues wrote."""
    number = request.POST.get("note", "") or request.GET.get("notitie", "")
    editing = _own_note(request, case, number)
    return {
        "history": history(case),
        "conversation": case.messages.select_related("author"),
        "notes": case.notes.select_related("author"),
        "editing": editing,
        "note_form": note_form or NoteForm(initial={"note_text": editing.text if editing else ""}),
        "note_url": addresses.note_url(request, case.pk),
        "contact_url": addresses.contact_url(request, case.pk),
        "moments": case.contact_moments.select_related("author"),
        "letters": OutboxMessage.objects.about(case),
    }


def _own_note(request: HttpRequest, case: Initiative, number: str) -> Note | None:
    """The note that its author wants to change."""
    if not number.isdecimal():
        return None
    return case.notes.filter(pk=int(number), author=request.user).first()
