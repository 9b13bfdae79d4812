"""What was typed before it is sent: kept with the browser's session, found again by a link, or thrown away."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives import letters, workflow
from initiatives.forms.plan import IdeaForm, LinkForm
from initiatives.models import Draft
from initiatives.querysets import DraftQuerySet
from shared import links
from shared.documents.models import StoredFile
from shared.ui import limits

# The key in the session under which the browser knows its draft.
SESSION_KEY = "idea_draft"


def current(request: HttpRequest) -> Draft | None:
    """The unsent draft of this browser."""
    key = request.session.get(SESSION_KEY)
    return Draft.objects.unsent().filter(pk=key).first() if key else None


def others(request: HttpRequest, draft: Draft | None) -> Draft | None:
    """The newest other draft of the person who is signed in, to offer for continuing."""
    if not request.user.is_authenticated:
        return None
    return Draft.objects.of_email(request.user.email).exclude(pk__in=[draft.pk] if draft else []).first()


def keep(request: HttpRequest, answers: dict[str, Any], files: Iterable[StoredFile] | None = None) -> Draft:
    """Keep the answers with this browser; an address is kept only when the person asks for the link."""
    draft = current(request)
    kept = workflow.save_draft(
        answers, email=draft.email if draft else "", draft_id=draft.pk if draft else None, files=files or ()
    )
    request.session[SESSION_KEY] = str(kept.pk)
    return kept


def save_for_later(request: HttpRequest, form: IdeaForm) -> HttpResponse:
    """ "Bewaar en ga later verder": also with half of the answers; the link goes to the address when there is one."""
    email = "" if "email" in form.errors else form.cleaned_data.get("email", "")
    if not form.forget_errors_except("files"):
        return render(request, "initiatives/submit.html", {"form": form, "draft": current(request)})
    keep(request, form.answers(), form.received)
    if email:
        _mail_link(request, email)
    return redirect("initiatives:saved")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """When it was kept, that it is not sent yet, and the way back by e-mail."""
    draft = current(request)
    if draft is None:
        return redirect("initiatives:submit")
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _mail_link(request, form.cleaned_data["email"])
        return redirect("initiatives:saved")
    context = {"form": form, "draft": draft, "resume_url": letters.draft_url(draft)}
    return render(request, "initiatives/saved.html", context)


@login_not_required
@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what is typed while it is typed; the files come along when the form is sent."""
    try:
        limits.count("keep", request)
    except limits.TooOften:
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    draft = keep(request, IdeaForm(request.POST).answers())
    return JsonResponse(
        {"text": _("Bewaard om %(time)s, nog niet verstuurd.") % {"time": f"{localtime(draft.saved_at):%H:%M}"}}
    )


@login_not_required
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the letter: go on where one was, on any device."""
    draft = Draft.objects.filter(pk=links.read(letters.DRAFT, token)["draft"]).first()
    if draft is None or draft.initiative_id:
        return render(request, "initiatives/draft_gone.html", {"was_sent": draft is not None}, status=410)
    request.session[SESSION_KEY] = str(draft.pk)
    messages.success(request, _("Welkom terug. Uw antwoorden staan er nog. Uw idee is nog niet verstuurd."))
    return redirect("initiatives:submit")


@login_not_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw away the draft of this browser."""
    draft = current(request)
    if draft:
        workflow.discard_draft(draft, files=_files(draft))
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("Uw concept is weggegooid."))
    return redirect("initiatives:submit")


@require_POST
def continue_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft that was found under the own address."""
    draft = get_object_or_404(_own(request), pk=pk)
    request.session[SESSION_KEY] = str(draft.pk)
    return redirect("initiatives:submit")


@require_POST
def discard_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away a draft that was found under the own address."""
    draft = get_object_or_404(_own(request), pk=pk)
    workflow.discard_draft(draft, files=_files(draft))
    messages.success(request, _("Uw concept is weggegooid."))
    return redirect(reverse("overview"))


def _files(draft: Draft) -> Iterable[StoredFile]:
    files: Iterable[StoredFile] = IdeaForm.from_answers(draft.answers)["files"].value()
    return files


def _own(request: HttpRequest) -> DraftQuerySet:
    return Draft.objects.of_email(request.user.email) if request.user.is_authenticated else Draft.objects.none()


def _mail_link(request: HttpRequest, email: str) -> None:
    """Send the way back; whoever asks for it too often still has the draft in this browser."""
    draft = current(request)
    if draft is None:
        return
    try:
        limits.count("draft", request, email)
    except limits.TooOften as refusal:
        messages.error(request, str(refusal))
        return
    workflow.save_draft(draft.answers, email=email, draft_id=draft.pk, send_link=True)
