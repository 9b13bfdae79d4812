"""Neighbours join, support or follow a plan, without an account: confirmed and stopped by links in e-mails."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from initiatives import letters, workflow
from initiatives.enums import InvolvementKind
from initiatives.forms.involve import FORMS
from initiatives.models import Initiative, Involvement
from shared import links
from shared.ui import limits
from shared.ui.forms import PortalForm

# The words in the address of each way to be involved.
PATHS = {
    "meedoen": InvolvementKind.JOIN,
    "steunen": InvolvementKind.SUPPORT,
    "volgen": InvolvementKind.FOLLOW,
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str, how: str) -> HttpResponse:
    """Ask for an address; the rest is in the letter that follows."""
    kind = PATHS[how]
    initiative = get_object_or_404(Initiative.objects.published().select_related("wijk"), reference=reference)
    form = FORMS[kind](request.POST or None)
    if initiative.is_open_to_neighbours and form.is_valid() and _within_limits(request, form):
        answers = form.cleaned_data
        workflow.ask_involvement(
            initiative,
            kind=kind,
            email=answers["email"],
            frequency=answers["frequency"],
            name=answers.get("name", ""),
            message=answers.get("message", ""),
            shares_contact=answers.get("shares_contact", False),
        )
        return redirect("initiatives:asked", reference=reference, how=how)
    return render(request, "initiatives/involve.html", {"form": form, "initiative": initiative, "kind": kind})


@login_not_required
@require_safe
def asked(request: HttpRequest, reference: str, how: str) -> HttpResponse:
    """What happens now: a letter with a link."""
    initiative = get_object_or_404(Initiative.objects.published(), reference=reference)
    return render(request, "initiatives/involve_asked.html", {"initiative": initiative, "kind": PATHS[how]})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: a button, since mail scanners open links too; then thanks."""
    involvement = _involvement(letters.INVOLVE, token)
    if request.method == "POST":
        involvement = workflow.confirm_involvement(involvement)
    return render(request, "initiatives/involve_confirm.html", {"involvement": involvement})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop joining, supporting or following; works for as long as there are letters."""
    involvement = _involvement(letters.STOP, token)
    if request.method == "POST":
        involvement = workflow.stop_involvement(involvement)
    return render(request, "initiatives/involve_stop.html", {"involvement": involvement})


def _within_limits(request: HttpRequest, form: PortalForm) -> bool:
    try:
        limits.count("involve", request, form.cleaned_data["email"])
    except limits.TooOften as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _involvement(purpose: str, token: str) -> Involvement:
    values = links.read(purpose, token)
    return get_object_or_404(Involvement.objects.select_related("initiative"), pk=values["involvement"])
