"""The letter of a wijk for who reads it: sign up, confirm, how often, and what was sent as a page and on paper."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.enums.newsletter import TOPIC
from partners.forms.newsletter import RhythmForm, SignUpForm
from partners.letters import newsletter as letters
from partners.models import Newsletter
from partners.paper import newsletter as paper
from partners.workflow import newsletter as workflow
from shared import links, municipality
from shared.notifications.models import Subscription
from shared.ui import limits
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk

LAST = 12


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the letter; below it the last ones, to see what one gets."""
    wijk = _wijk(slug)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _within_limits(request, form):
        answers = form.cleaned_data
        workflow.ask_subscription(
            wijk, email=answers["email"], rhythm=answers["rhythm"], language=get_language() or "nl"
        )
        return redirect("partners:newsletter_asked", wijk.slug)
    sent = Newsletter.objects.sent().filter(wijk=wijk)[:LAST]
    return render(request, "partners/newsletter/sign_up.html", {"form": form, "wijk": wijk, "sent": sent})


@login_not_required
@require_safe
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Look in your e-mail."""
    return render(request, "partners/newsletter/asked.html", {"wijk": _wijk(slug)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The link in the letter: a button, since mail scanners open links too; then thanks."""
    wijk = _wijk(slug)
    try:
        days = municipality.current().periods.confirmation_link_days
        values = links.read(letters.CONFIRM, token, max_age=timedelta(days=days))
    except links.LinkExpired:
        return render(
            request, "partners/newsletter/confirm.html", {"wijk": wijk, "expired": True}, status=HTTPStatus.GONE
        )
    if values["wijk"] != wijk.pk:
        raise Http404
    if request.method == "POST":
        workflow.confirm_subscription(wijk, email=values["email"], rhythm=values["rhythm"])
        return redirect("partners:newsletter_confirmed", wijk.slug)
    return render(request, "partners/newsletter/confirm.html", {"wijk": wijk, "expired": False})


@login_not_required
@require_safe
def confirmed(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks."""
    return render(request, "partners/newsletter/confirmed.html", {"wijk": _wijk(slug)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_rhythm(request: HttpRequest, token: str) -> HttpResponse:
    """Every week or every month: the link at the bottom of a letter."""
    number = links.read(letters.RHYTHM, token)["subscription"]
    subscription = Subscription.objects.active().filter(topic_kind=TOPIC, pk=number).first()
    if subscription is None:
        return render(request, "notifications/unsubscribe.html", {"subscriptions": [], "frequency_url": ""})
    form = RhythmForm(request.POST or None, initial={"rhythm": subscription.frequency})
    if request.method == "POST" and form.is_valid():
        workflow.choose_rhythm(subscription, form.cleaned_data["rhythm"])
        messages.success(request, _("Uw keuze is bewaard. Zij geldt vanaf de volgende brief."))
        return redirect("partners:newsletter_rhythm", token)
    wijk = get_object_or_404(Wijk, pk=subscription.topic_id)
    return render(request, "partners/newsletter/rhythm.html", {"form": form, "wijk": wijk})


@public_page()
@require_safe
def newsletter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A letter that was sent, as a page."""
    letter = _sent(slug, pk)
    shown = letters.newsletter(letter, workflow.sent_contents(letter))
    return render(request, "partners/newsletter/letter.html", {"letter": letter, "wijk": letter.wijk, "shown": shown})


@public_page()
@require_safe
def newsletter_sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same on paper, for who has no e-mail."""
    letter = _sent(slug, pk)
    response = HttpResponse(paper.make(letter, workflow.sent_contents(letter)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="wijkbrief-{slug}-{letter.period}.pdf"'
    return response


def _wijk(slug: str) -> Wijk:
    found: Wijk = get_object_or_404(Wijk.objects.current().without_geometry(), slug=slug)
    return found


def _sent(slug: str, pk: int) -> Newsletter:
    found: Newsletter = get_object_or_404(Newsletter.objects.sent().select_related("wijk"), wijk__slug=slug, pk=pk)
    return found


def _within_limits(request: HttpRequest, form: SignUpForm) -> bool:
    try:
        limits.count("involve", request, form.cleaned_data["email"])
    except limits.TooOften as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()
