"""Write down a plan for somebody without the website; the receipt goes by mail, or to the print queue."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives import workflow
from initiatives.admin.steps import DESK
from initiatives.enums import Channel
from initiatives.forms.entry import EntryForm
from initiatives.models import Initiative
from initiatives.policies import may_review


def enter(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Show the form, or take the plan in: once, however often it is sent."""
    form = EntryForm(request.POST, request.FILES) if request.method == "POST" else EntryForm()
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            return HttpResponseRedirect(form.once.perform(lambda: _enter(request, form)))
    values = {**around, "title": _("Nieuw idee invoeren"), "form": form}
    return TemplateResponse(request, "admin/initiatives/initiative/entry.html", values)


def _enter(request: HttpRequest, form: EntryForm) -> str:
    answers = form.cleaned_data
    case = workflow.enter_for_resident(
        form.plan(),
        form.initiator(),
        channel=Channel(answers["channel"]),
        by=request.user,
        files=answers["files"],
        received_on=answers["received_on"],
    )
    messages.success(request, _told(case))
    # A plan in somebody else's wijk is handed over by this: its coordinator has been told.
    return DESK.file_url(request, case.pk) if may_review(request.user, case) else DESK.list_url(request)


def _told(case: Initiative) -> str:
    values = {"number": case.reference, "wijk": case.wijk}
    if case.email:
        return _("Idee %(number)s in %(wijk)s is vastgelegd. De ontvangstbevestiging gaat per e-mail.") % values
    return _("Idee %(number)s in %(wijk)s is vastgelegd. De ontvangstbevestiging staat klaar om te printen.") % values
