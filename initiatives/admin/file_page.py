"""What the file page of a plan shows: the resident's words on the left, our own work on the right."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from initiatives.forms.review import ContactForm, NoteForm
from initiatives.models import Initiative, Note
from initiatives.parts import file_parts
from initiatives.worklist import due
from shared.audit.history import history
from shared.notifications.models import OutboxMessage
from shared.review.desk import keeping
from shared.terms.calendar import today
from shared.wijken.maps import place_map


def values(
    request: HttpRequest,
    case: Initiative,
    *,
    note_form: NoteForm | None = None,
    contact_form: ContactForm | None = None,
) -> dict[str, Any]:
    """Everything on the page besides its frame; a form that was sent with a mistake comes along."""
    return {
        "due": due(case, today()),
        "form": contact_form or note_form or ContactForm(),
        "contact_form": contact_form or ContactForm(),
        **_resident(case),
        **_work(request, case, note_form),
    }


def _resident(case: Initiative) -> dict[str, Any]:
    """The left side: the resident's words, the place, the files, and how to reach the resident."""
    return {
        "attachments": case.attachments.select_related("file", "update"),
        "agreements": case.agreements.all(),
        "map": place_map(case.buurt or case.wijk),
        "neighbours_around": case.involvements.active().order_by("kind", "name"),
        "updates": case.updates.all(),
        "parts": file_parts(case),
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
        "note_url": keeping(request, reverse("admin:initiatives_initiative_note", args=[case.pk])),
        "contact_url": keeping(request, reverse("admin:initiatives_initiative_contact", args=[case.pk])),
        "moments": case.contact_moments.select_related("author"),
        "letters": OutboxMessage.objects.about(case),
    }


def _own_note(request: HttpRequest, case: Initiative, number: str) -> Note | None:
    """The note that its author wants to change."""
    if not number.isdecimal():
        return None
    return case.notes.filter(pk=int(number), author=request.user).first()
