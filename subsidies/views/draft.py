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

from initiatives.forms.plan import LinkForm
from shared import links
from shared.documents.models import StoredFile
from shared.ui import limits
from shared.ui.browser import Memory
from subsidies.forms.application import ApplicationForm
from subsidies.letters import applicant as letters
from subsidies.models import ApplicationDraft, Scheme
from subsidies.querysets import ApplicationDraftQuerySet
from subsidies.views.public import find
from subsidies.workflow import drafts as workflow


def memory(scheme: Scheme) -> Memory:
    """What this browser knows of an application under this scheme."""
    return Memory(f"application_{scheme.pk}")


def current(request: HttpRequest, scheme: Scheme) -> ApplicationDraft | None:
    """The unsent draft of this browser, unless nobody was here for a while: then somebody else may be here now."""
    draft = _held(request, scheme)
    browser = memory(scheme)
    if browser.left_alone(request):
        _leave(request, scheme, draft)
        return None
    if draft and browser.note_life(request):
        workflow.note_use(draft)
    return draft


def others(request: HttpRequest, scheme: Scheme, draft: ApplicationDraft | None) -> ApplicationDraft | None:
    """The newest other draft of the person who is signed in, to offer for continuing."""
    return _own(request).filter(scheme=scheme).exclude(pk__in=[draft.pk] if draft else []).first()


def keep(
    request: HttpRequest,
    scheme: Scheme,
    answers: dict[str, Any],
    files: Iterable[StoredFile] | None = None,
    *,
    for_later: bool = False,
) -> ApplicationDraft:
    """Keep the answers with this browser; an address is kept only when the person asks for the link."""
    draft = _held(request, scheme)
    kept = workflow.save_draft(
        scheme,
        answers,
        email=draft.email if draft else "",
        draft_id=draft.pk if draft else None,
        files=files or (),
        for_later=for_later,
    )
    memory(scheme).hold_draft(request, str(kept.pk))
    return kept


def save_for_later(request: HttpRequest, scheme: Scheme, form: ApplicationForm) -> HttpResponse:
    """ "Bewaar en ga later verder": also with half of the answers; the link goes to the address when there is one."""
    email = "" if "email" in form.errors else form.cleaned_data.get("email", "")
    keep(request, scheme, form.answers(), form.received, for_later=True)
    if email:
        _mail_link(request, scheme, email)
    return redirect("subsidies:saved", code=scheme.code)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, code: str) -> HttpResponse:
    """When it was kept, that it is not sent yet, and the way back by e-mail."""
    scheme = find(code).scheme
    draft = current(request, scheme)
    if draft is None:
        return redirect("subsidies:apply", code=code)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _mail_link(request, scheme, form.cleaned_data["email"])
        return redirect("subsidies:saved", code=code)
    context = {"form": form, "draft": draft, "scheme": scheme, "resume_url": letters.draft_url(draft)}
    return render(request, "subsidies/saved.html", context | shared_computer())


@login_not_required
@require_POST
def autosave(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what is typed while it is typed; the files come along when the form is sent."""
    try:
        limits.count("keep", request)
    except limits.TooOften:
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    card = find(code)
    draft = keep(request, card.scheme, ApplicationForm(request.POST, version=card.version).answers())
    return JsonResponse(
        {"text": _("Bewaard om %(time)s, nog niet verstuurd.") % {"time": f"{localtime(draft.saved_at):%H:%M}"}}
    )


@login_not_required
@require_POST
def stay(request: HttpRequest, code: str) -> HttpResponse:
    """ "Ik ben er nog": the time after which answers are wiped starts again."""
    scheme = get_object_or_404(Scheme, code=code)
    draft = _held(request, scheme)
    if draft and not memory(scheme).left_alone(request):
        memory(scheme).note_life(request, precision=0)
        workflow.note_use(draft)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@login_not_required
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the letter: go on where one was, on any device."""
    found = ApplicationDraft.objects.select_related("scheme")
    draft = found.filter(pk=links.read(letters.DRAFT, token)["draft"]).first()
    if draft is None or draft.application_id:
        return render(request, "subsidies/draft_gone.html", {"was_sent": draft is not None}, status=HTTPStatus.GONE)
    memory(draft.scheme).hold_draft(request, str(draft.pk))
    messages.success(request, _("Welkom terug. Uw antwoorden staan er nog. Uw aanvraag is nog niet verstuurd."))
    return redirect("subsidies:apply", code=draft.scheme.code)


@login_not_required
@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """ "Wis wat ik heb ingevuld": here and with us; the browser knows nothing more."""
    scheme = get_object_or_404(Scheme, code=code)
    draft = _held(request, scheme)
    if draft:
        workflow.discard_draft(draft)
    memory(scheme).forget(request)
    messages.success(request, _("Alles wat u had ingevuld, is gewist."))
    return redirect("subsidies:apply", code=code)


@login_not_required
@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Leave no trace in this browser; what was sent, or kept for later, stays with us."""
    scheme = get_object_or_404(Scheme, code=code)
    draft = _held(request, scheme)
    if draft and draft.idle_until:
        workflow.discard_draft(draft)
    memory(scheme).forget(request)
    messages.success(request, _("Op deze computer staat niets meer van uw aanvraag."))
    return redirect(scheme)


@require_POST
def continue_own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft that was found under the own address."""
    draft = get_object_or_404(_own(request), pk=pk)
    memory(draft.scheme).hold_draft(request, str(draft.pk))
    return redirect("subsidies:apply", code=draft.scheme.code)


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


def _held(request: HttpRequest, scheme: Scheme) -> ApplicationDraft | None:
    key = memory(scheme).draft_key(request)
    return ApplicationDraft.objects.unsent().filter(pk=key, scheme=scheme).first() if key else None


def _leave(request: HttpRequest, scheme: Scheme, draft: ApplicationDraft | None) -> None:
    """Nobody was here for a while: nothing that was typed is shown to who comes next."""
    had_draft = memory(scheme).draft_key(request)
    memory(scheme).forget(request)
    if draft and not draft.idle_until:
        text = _("U was een tijd weg. Uw aanvraag is bewaard. Ga verder met de link die u van ons kreeg.")
        messages.info(request, text)
    elif had_draft:
        if draft:
            workflow.discard_draft(draft)
        minutes = shared_computer()["idle_minutes"]
        text = _("Er gebeurde %(minutes)d minuten niets. Daarom hebben wij gewist wat er was ingevuld.")
        messages.info(request, text % {"minutes": minutes})


def _own(request: HttpRequest) -> ApplicationDraftQuerySet:
    if not request.user.is_authenticated:
        return ApplicationDraft.objects.none()
    return ApplicationDraft.objects.of_email(request.user.email).select_related("scheme")


def _mail_link(request: HttpRequest, scheme: Scheme, email: str) -> None:
    """Send the way back; whoever asks for it too often still has the draft in this browser."""
    draft = _held(request, scheme)
    if draft is None:
        return
    try:
        limits.count("draft", request, email)
    except limits.TooOften as refusal:
        messages.error(request, str(refusal))
        return
    workflow.save_draft(scheme, draft.answers, email=email, draft_id=draft.pk, send_link=True)
