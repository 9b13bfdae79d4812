"""The steps of a joint action: who does what, and when it is done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.forms.actions import ActionStepForm
from partners.models import ActionStep, JointAction
from partners.policies.together import may_do, may_lead
from partners.views.actions import readable, trail_to
from partners.views.door import network_page
from partners.views.rooms import attempt
from partners.workflow import action_steps


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A new step."""
    shown = _led(request, pk)
    form = ActionStepForm(request.POST or None, action=shown)

    def add() -> str:
        action_steps.add(shown, **form.answers(), by=request.user)
        messages.success(request, _("De stap staat erbij."))
        return f"{shown.get_absolute_url()}#stappen"

    if address := attempt(request, form, lambda: form.once.perform(add)):
        return redirect(address)
    values = {"form": form, "title": _("Stap toevoegen"), "about": str(shown), "trail": trail_to(shown), "back": shown}
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_step(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Correct a step, or choose another day; who has to take it may do that as well."""
    found = _step(request, pk, step_pk)
    form = ActionStepForm(request.POST or None, action=found.action, step=found)

    def save() -> str:
        action_steps.change(found, **form.answers(), by=request.user)
        messages.success(request, _("Uw wijziging is bewaard."))
        return f"{found.action.get_absolute_url()}#stappen"

    if address := attempt(request, form, save):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Stap wijzigen"),
        "about": str(found.action),
        "trail": trail_to(found.action),
        "back": found.action,
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_POST
def do_step(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Somebody did it. A second click says who was first."""
    found = _step(request, pk, step_pk)
    action_steps.do(found, by=request.user)
    messages.success(request, _("Gedaan: %(what)s.") % {"what": found.what})
    return redirect(f"{found.action.get_absolute_url()}#stappen")


@network_page
@require_POST
def remove_step(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """A step that is not needed."""
    found = _step(request, pk, step_pk)
    if not may_lead(request.user, found.action):
        raise Http404
    action_steps.remove(found, by=request.user)
    messages.success(request, _("De stap is verwijderd."))
    return redirect(f"{found.action.get_absolute_url()}#stappen")


def _led(request: HttpRequest, pk: int) -> JointAction:
    found = readable(request, pk)
    if not may_lead(request.user, found):
        raise Http404
    return found


def _step(request: HttpRequest, pk: int, step_pk: int) -> ActionStep:
    action = readable(request, pk)
    found: ActionStep = get_object_or_404(action.steps.select_related("responsible"), pk=step_pk)
    found.action = action
    if not may_do(request.user, found):
        raise Http404
    return found
