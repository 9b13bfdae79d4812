"""The contact log of ambassadors and coordinators: what was agreed first, then appointments, then everything."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ambassadors.calendar import date_of
from ambassadors.forms.contact import ContactForm
from ambassadors.models import ContactNote
from ambassadors.policies import is_ambassador, may_use_board
from ambassadors.querysets import ContactNoteQuerySet
from ambassadors.workflow import contact
from shared.calendar_file import CONTENT_TYPE
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today

PER_PAGE = 25


def page(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Show the log with its form, and keep what was noted."""
    user: Any = request.user
    form = ContactForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.once.perform(lambda: _keep(form, user))
        except WorkflowError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _kept(form))
            return HttpResponseRedirect(reverse("admin:ambassadors_contacts"))
    seen = _seen(request)
    values = {
        "title": _("Contact met afdelingen"),
        "form": form,
        "follow_ups": seen.to_follow_up(),
        "appointments": seen.coming(today()),
        "notes": Paginator(seen.order_by("-held_on", "-pk"), PER_PAGE).get_page(request.GET.get("pagina")),
        "day": today(),
    }
    return TemplateResponse(request, "admin/ambassadors/contacts.html", {**around, **values})


def finish(request: HttpRequest, around: dict[str, Any], pk: int) -> HttpResponse:
    """What was agreed is done; back to where the button was."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = get_object_or_404(_seen(request), pk=pk)
    try:
        contact.finish(found, by=request.user)
        messages.success(request, _("Gedaan: %(what)s") % {"what": found.follow_up})
    except WorkflowError as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("terug", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else reverse("admin:ambassadors_contacts"))


def calendar(request: HttpRequest, around: dict[str, Any], pk: int) -> HttpResponse:
    """An appointment as a file for one's own calendar."""
    found = get_object_or_404(_seen(request).filter(planned=True), pk=pk)
    return HttpResponse(date_of(found).content, content_type=CONTENT_TYPE)


def _keep(form: ContactForm, user: Any) -> str:
    answers = form.cleaned_data
    names = ("department", "wijk", "held_on", "with_whom", "text", "follow_up", "follow_up_on")
    contact.note(planned=answers["held_on"] > today(), by=user, **{name: answers[name] for name in names})
    return reverse("admin:ambassadors_contacts")


def _kept(form: ContactForm) -> str:
    if form.cleaned_data["held_on"] > today():
        return _("Bewaard. De ander krijgt de afspraak per e-mail, voor in de eigen agenda.")
    return _("Bewaard. De coördinator en de afdeling zien dit allebei.")


def _seen(request: HttpRequest) -> ContactNoteQuerySet:
    user: Any = request.user
    if not may_use_board(user) and not is_ambassador(user):
        raise PermissionDenied
    return ContactNote.objects.visible_to(user).select_related("department", "wijk", "author", "done_by")
