"""Register a project: once, however often the form is sent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from participation import workflow
from participation.admin.registry import DESK
from participation.forms.project import RegisterForm
from participation.policies import may_register, may_see
from shared.lifecycle import WorkflowError


def enter(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Show the questions, and take the project in.

    Raises:
        PermissionDenied: this person registers no projects.
    """
    if not may_register(request.user):
        raise PermissionDenied
    form = RegisterForm(request.POST or None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                return HttpResponseRedirect(form.once.perform(lambda: _register(request, form)))
        except WorkflowError as refusal:
            form.add_error(None, str(refusal))
    values = {**around, "title": _("Project aanmelden"), "form": form}
    return TemplateResponse(request, "admin/participation/project/entry.html", values)


def _register(request: HttpRequest, form: RegisterForm) -> str:
    project = workflow.register(form.details, form.planning, by=request.user, phase=form.cleaned_data["phase"])
    messages.success(
        request,
        _("Project %(number)s is aangemeld. De volgende stap is de participatiecheck.") % {"number": project.reference},
    )
    return DESK.file_url(request, project.pk) if may_see(request.user, project) else DESK.list_url(request)
