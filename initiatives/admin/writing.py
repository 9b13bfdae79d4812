"""Notes and contact moments: written on the file page, saved here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from initiatives import workflow
from initiatives.admin.steps import DESK
from initiatives.forms.review import ContactForm, NoteForm
from initiatives.models import Initiative, Note
from shared.lifecycle import WorkflowError
from shared.ui import presence
from shared.ui.templatetags.ui import clock

# The file page with the form that was sent with a mistake.
Show = Callable[..., HttpResponse]


def note(request: HttpRequest, case: Initiative, show: Show) -> HttpResponse:
    """Save a note: by its button, or while typing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    while_typing = request.headers.get("X-Requested-With") == "fetch"
    number = request.POST.get("note", "")
    earlier = get_object_or_404(Note, initiative=case, pk=int(number)) if number.isdecimal() else None
    form = NoteForm(request.POST)
    if not form.is_valid():
        if while_typing:
            return JsonResponse({"error": form.error_items[0].text}, status=400)
        return show(request, case, note_form=form)
    presence.mark(case, request.user)
    try:
        saved = workflow.save_note(case, text=form.cleaned_data["note_text"], by=request.user, note=earlier)
    except WorkflowError as error:
        if while_typing:
            return JsonResponse({"error": str(error)}, status=409)
        messages.error(request, str(error))
        return HttpResponseRedirect(DESK.file_url(request, case.pk))
    told = _("Bewaard om %(time)s.") % {"time": clock(saved.saved_at)}
    if while_typing:
        return JsonResponse({"note": saved.pk, "saved": told})
    messages.success(request, _("Notitie bewaard om %(time)s.") % {"time": clock(saved.saved_at)})
    return HttpResponseRedirect(DESK.file_url(request, case.pk) + "#notities")


def contact(request: HttpRequest, case: Initiative, show: Show) -> HttpResponse:
    """Save a contact moment."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, case, contact_form=form)
    with transaction.atomic():
        return HttpResponseRedirect(form.once.perform(lambda: _record(request, case, form.cleaned_data)))


def _record(request: HttpRequest, case: Initiative, answers: dict[str, Any]) -> str:
    workflow.record_contact(case, kind=answers["kind"], on=answers["on"], text=answers["contact_text"], by=request.user)
    messages.success(request, _("Contactmoment bewaard."))
    return DESK.file_url(request, case.pk) + "#contact"
