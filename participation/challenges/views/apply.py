"""From the first word to "verstuurd": fill in, keep for later, check, send, confirm."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.answers import masked, with_links
from participation.challenges import answers, letters, workflow
from participation.challenges.enums import Status
from participation.challenges.forms.apply import ApplyForm, LinkForm, SendForm
from participation.challenges.models import Challenge, ChallengeDraft
from participation.challenges.timeline import next_moments
from shared import links, municipality
from shared.ui import limits
from shared.ui.browser import Memory
from shared.ui.fields import mail_slip

SENT = "challenges.sent"
browser = Memory("challenge")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form. Each button keeps what was typed, right or wrong, before it does anything else."""
    if request.method != "POST":
        draft = _current(request)
        form = ApplyForm.from_answers(draft.answers) if draft else ApplyForm()
        return render(request, "challenges/apply.html", {"form": form, "draft": draft})
    form = ApplyForm(request.POST)
    is_valid = form.is_valid()
    draft = _keep(request, form)
    if request.POST.get("do") == "save":
        return redirect("challenges:saved")
    if not is_valid:
        return render(request, "challenges/apply.html", {"form": form, "draft": draft})
    return redirect("challenges:check")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, not sent yet; the button sends it, once."""
    send_form = SendForm(request.POST or None)
    draft = _current(request)
    if request.method == "POST" and send_form.is_valid():
        return _send(request, send_form, draft)
    if draft is None:
        return redirect(browser.sent_url(request) or "challenges:apply")
    form = ApplyForm.from_answers(draft.answers, blame=True)
    if not form.is_valid():
        return render(request, "challenges/apply.html", {"form": form, "draft": draft})
    return _check_page(request, send_form, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """When it was kept, that it is not sent yet, and the way back by e-mail."""
    draft = _current(request)
    if draft is None:
        return redirect("challenges:apply")
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        limits.count("draft", request, email)
        workflow.send_draft_link(draft, email=email)
        messages.success(request, _("Wij stuurden een link naar %(email)s.") % {"email": email})
        return redirect("challenges:saved")
    return render(request, "challenges/saved.html", {"form": form, "draft": draft})


@login_not_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """ "Wis wat ik heb ingevuld": here and with us."""
    draft = _current(request)
    if draft:
        workflow.discard_draft(draft)
    browser.forget(request)
    messages.success(request, _("Alles wat u had ingevuld, is gewist."))
    return redirect("challenges:apply")


@login_not_required
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the letter: go on where one was, on any device."""
    draft = ChallengeDraft.objects.filter(pk=links.read(letters.DRAFT, token)["draft"]).first()
    if draft is None or draft.challenge_id:
        status = HTTPStatus.GONE
        return render(request, "challenges/draft_gone.html", {"was_sent": draft is not None}, status=status)
    browser.hold_draft(request, str(draft.pk))
    messages.success(request, _("Welkom terug. Uw antwoorden staan er nog. Uw verzoek is nog niet verstuurd."))
    return redirect("challenges:apply")


@login_not_required
@never_cache
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens now and by when."""
    challenge = get_object_or_404(Challenge.objects.select_related("wijk"), pk=links.read(SENT, token)["challenge"])
    return render(request, "challenges/sent.html", _told(challenge))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: a page with one button, since mail scanners open links as well."""
    days = municipality.current().periods.confirmation_link_days
    values = links.read(letters.CONFIRM, token, max_age=timedelta(days=days))
    challenge = get_object_or_404(Challenge.objects.select_related("wijk"), pk=values["challenge"])
    if request.method == "POST":
        challenge = workflow.confirm_address(challenge, email=values["email"])
    return render(request, "challenges/confirm.html", _told(challenge))


def _told(challenge: Challenge) -> dict[str, object]:
    return {
        "challenge": challenge,
        "confirmed": challenge.status != Status.UNCONFIRMED,
        "email": masked(challenge.email),
        "coming": next_moments(challenge),
    }


def _current(request: HttpRequest) -> ChallengeDraft | None:
    """The unsent draft of this browser, unless nobody was here for a while: then somebody else may be here now."""
    key = browser.draft_key(request)
    if key and browser.left_alone(request):
        browser.forget(request)
        messages.info(request, _("U was een tijd weg. Daarom laten wij niet meer zien wat er was ingevuld."))
        return None
    browser.note_life(request)
    return ChallengeDraft.objects.unsent().filter(pk=key).first() if key else None


def _keep(request: HttpRequest, form: ApplyForm) -> ChallengeDraft:
    draft = workflow.save_draft(
        form.answers(), draft_id=browser.draft_key(request) or None, language=get_language() or "nl"
    )
    browser.hold_draft(request, str(draft.pk))
    return draft


def _check_page(
    request: HttpRequest, send_form: SendForm, form: ApplyForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    groups = [answers.about_task(form.task()), answers.about_group(form.group())]
    values = {
        "form": send_form,
        "groups": with_links(groups, reverse("challenges:apply")),
        "mail_slip": mail_slip(form.group().email),
    }
    return render(request, "challenges/check.html", values, status=status)


def _send(request: HttpRequest, send_form: SendForm, draft: ChallengeDraft | None) -> HttpResponse:
    """Send the draft, unless this button was pressed before: then lead to what that gave."""
    form = ApplyForm.from_answers(draft.answers if draft else {}, blame=True)
    try:
        with transaction.atomic():
            claim = send_form.once.claim()
            if claim.used:
                return redirect(claim.result_url)
            if not form.is_valid():
                return redirect(browser.sent_url(request) or "challenges:apply")
            limits.count("submit", request, form.cleaned_data["email"] or form.cleaned_data["phone"])
            challenge = workflow.submit(form.task(), form.group(), draft=draft, language=get_language() or "nl")
            url = claim.led_to(reverse("challenges:sent", args=[links.sign(SENT, challenge=challenge.pk)]))
    except limits.TooOften as refusal:
        send_form.add_error(None, str(refusal))
        return _check_page(request, send_form, form, HTTPStatus.TOO_MANY_REQUESTS)
    browser.hold_sent(request, url)
    return redirect(url)
