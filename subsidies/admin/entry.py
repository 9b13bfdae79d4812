"""Write down an application for somebody without the website; the receipt goes by mail, or to the print queue."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from shared.terms.calendar import today
from subsidies.admin.registry import DESK
from subsidies.enums import Channel
from subsidies.forms.entry import EntryForm, SchemeForm
from subsidies.models import Application, Scheme, SchemeVersion
from subsidies.policies import may_review
from subsidies.workflow import apply as workflow

TEMPLATE = "admin/subsidies/application/entry.html"


def enter(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Choose the scheme when there are more, show its questions, and take the application in: once."""
    schemes = list(Scheme.objects.public())
    values = {**around, "title": _("Aanvraag invoeren")}
    if "regeling" not in request.GET and len(schemes) != 1:
        return TemplateResponse(request, TEMPLATE, {**values, "form": SchemeForm(), "choosing": True})
    scheme = _chosen(request, schemes)
    version = _version(scheme, today())
    button = request.POST.get("do", "")
    if button.startswith(("add_", "remove_")):
        form = EntryForm.with_other_rows(request.POST, request.FILES, version=version, button=button)
        return TemplateResponse(request, TEMPLATE, {**values, "form": form, "scheme": scheme, "choosing": False})
    form = (
        EntryForm(request.POST, request.FILES, version=version)
        if request.method == "POST"
        else EntryForm(version=version)
    )
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            return HttpResponseRedirect(form.once.perform(lambda: _enter(request, form, scheme)))
    return TemplateResponse(request, TEMPLATE, {**values, "form": form, "scheme": scheme, "choosing": False})


def _enter(request: HttpRequest, form: EntryForm, scheme: Scheme) -> str:
    given = form.cleaned_data
    case = workflow.enter(
        form.answers_given(),
        # The rules that held on the day it came in (Awb article 4:28).
        version=_version(scheme, given["received_on"]),
        channel=Channel(given["channel"]),
        received_on=given["received_on"],
        by=request.user,
        files=form.files_given(),
    )
    messages.success(request, _told(case))
    # An application in somebody else's wijk is handed over by this: its coordinator has been told.
    return DESK.file_url(request, case.pk) if may_review(request.user, case) else DESK.list_url(request)


def _chosen(request: HttpRequest, schemes: list[Scheme]) -> Scheme:
    code = request.GET.get("regeling")
    found = next((scheme for scheme in schemes if code is None or scheme.code == code), None)
    if found is None:
        raise Http404
    return found


def _version(scheme: Scheme, day: Any) -> SchemeVersion:
    found = scheme.versions.in_force(day).first() or scheme.versions.in_force(today()).first()
    if found is None:
        raise Http404
    return found


def _told(case: Application) -> str:
    values = {"number": case.reference, "wijk": case.wijk}
    if case.reads_email:
        return _("Aanvraag %(number)s in %(wijk)s is vastgelegd. De ontvangstbevestiging gaat per e-mail.") % values
    return (
        _("Aanvraag %(number)s in %(wijk)s is vastgelegd. De ontvangstbevestiging staat klaar om te printen.") % values
    )
