"""What was typed before it is sent: kept with the browser's session, found again by a link, or thrown away."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
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
from shared.ui.browser import Memory

browser = Memory("idea")


def current(request: HttpRequest) -> Draft | None:
    """The unsent draft of this browser, unless nobody was here for a while: then somebody else may be here now."""
    draft = _held(request)
    if browser.left_alone(request):
        _leave(request, draft)
        return None
    if draft and browser.note_life(request):
        workflow.note_use(draft)
    return draft


def others(request: HttpRequest, draft: Draft | None) -> Draft | None:
    """The newest other draft of the person who is signed in, to offer for continuing."""
    if not request.user.is_authenticated:
        return None
    return Draft.objects.of_email(request.user.email).exclude(pk__in=[draft.pk] if draft else []).first()


def keep(
    request: HttpRequest,
    answers: dict[str, Any],
    files: Iterable[StoredFile] | None = None,
    *,
    for_later: bool = False,
) -> Draft:
    """Keep the answers with this browser; an address is kept only when the person asks for the link."""
    # Whoever sends the answers has them on the screen: that was nobody else, however long it took.
    draft = _held(request)
    kept = workflow.save_draft(
        answers,
        email=draft.email if draft else "",
        draft_id=draft.pk if draft else None,
        files=files or (),
        for_later=for_later,
    )
    browser.hold_draft(request, str(kept.pk))
    return kept


def save_for_later(request: HttpRequest, form: IdeaForm) -> HttpResponse:
    """ "Bewaar en ga later verder": also with half of the answers; the link goes to the address when there is one."""
    email = "" if "email" in form.errors else form.cleaned_data.get("email", "")
    if not form.forget_errors_except("files"):
        shown = {"form": form, "draft": _held(request)}
        return render(request, "initiatives/submit.html", shown | shared_computer())
    keep(request, form.answers(), form.received, for_later=True)
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
    context = {"form": form, "draft": draft, "resume_url": letters.draft_url(draft), **shared_computer()}
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
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """ "Ik ben er nog": the time after which answers are wiped starts again."""
    draft = _held(request)
    if draft and not browser.left_alone(request):
        browser.note_life(request, precision=0)
        workflow.note_use(draft)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@login_not_required
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the letter: go on where one was, on any device."""
    draft = Draft.objects.filter(pk=links.read(letters.DRAFT, token)["draft"]).first()
    if draft is None or draft.initiative_id:
        return render(request, "initiatives/draft_gone.html", {"was_sent": draft is not None}, status=410)
    browser.hold_draft(request, str(draft.pk))
    messages.success(request, _("Welkom terug. Uw antwoorden staan er nog. Uw idee is nog niet verstuurd."))
    return redirect("initiatives:submit")


@login_not_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """ "Wis wat ik heb ingevuld": here and with us; the browser knows nothing more."""
    draft = _held(request)
    if draft:
        workflow.discard_draft(draft)
    browser.forget(request)
    messages.success(request, _("Alles wat u had ingevuld, is gewist."))
    return redirect("initiatives:submit")


@login_not_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Leave no trace in this browser; what was sent, or kept for later, stays with us."""
    draft = _held(request)
    if draft and draft.idle_until:
        workflow.discard_draft(draft)
    browser.forget(request)
    messages.success(request, _("Op deze computer staat niets meer van uw idee."))
    return redirect("initiatives:submit")


@require_POST
def continue_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft that was found under the own address."""
    draft = get_object_or_404(_own(request), pk=pk)
    browser.hold_draft(request, str(draft.pk))
    return redirect("initiatives:submit")


@require_POST
def discard_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away a draft that was found under the own address."""
    draft = get_object_or_404(_own(request), pk=pk)
    workflow.discard_draft(draft)
    messages.success(request, _("Uw concept is weggegooid."))
    return redirect(reverse("overview"))


def shared_computer() -> dict[str, int]:
    """What the page says about a computer that more people use, and when its script asks whether somebody is there."""
    return {"idle_minutes": int(settings.FORM_IDLE.total_seconds() // 60)}


def _held(request: HttpRequest) -> Draft | None:
    key = browser.draft_key(request)
    return Draft.objects.unsent().filter(pk=key).first() if key else None


def _leave(request: HttpRequest, draft: Draft | None) -> None:
    """Nobody was here for a while: nothing that was typed is shown to who comes next."""
    had_draft = browser.draft_key(request)
    browser.forget(request)
    if draft and not draft.idle_until:
        messages.info(request, _("U was een tijd weg. Uw idee is bewaard. Ga verder met de link die u van ons kreeg."))
    elif had_draft:
        if draft:
            workflow.discard_draft(draft)
        minutes = shared_computer()["idle_minutes"]
        messages.info(
            request,
            _("Er gebeurde %(minutes)d minuten niets. Daarom hebben wij gewist wat er was ingevuld.")
            % {"minutes": minutes},
        )


def _own(request: HttpRequest) -> DraftQuerySet:
    return Draft.objects.of_email(request.user.email) if request.user.is_authenticated else Draft.objects.none()


def _mail_link(request: HttpRequest, email: str) -> None:
    """Send the way back; whoever asks for it too often still has the draft in this browser."""
    draft = _held(request)
    if draft is None:
        return
    try:
        limits.count("draft", request, email)
    except limits.TooOften as refusal:
        messages.error(request, str(refusal))
        return
    workflow.save_draft(draft.answers, email=email, draft_id=draft.pk, send_link=True)
