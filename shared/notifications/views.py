"""Leaving a digest, or getting it less often, without signing in. Opening a page changes nothing: scanners do that."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shared.notifications import digest
from shared.notifications.forms import FrequencyForm

# What a mail program sends when its own unsubscribe button is pressed (RFC 8058).
ONE_CLICK = "One-Click"


@csrf_exempt  # a mail program has no cookie; the signed address is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a person for one press on a button; obey a mail program at once."""
    subscriptions = digest.subscriptions_of(token)
    if request.method != "POST":
        instead = digest.frequency_url(subscriptions[0]) if subscriptions else ""
        return render(
            request, "notifications/unsubscribe.html", {"subscriptions": subscriptions, "frequency_url": instead}
        )
    digest.unsubscribe(subscriptions)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        return HttpResponse(status=HTTPStatus.OK)
    return redirect("notifications:unsubscribed", token)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def frequency(request: HttpRequest, token: str) -> HttpResponse:
    """Every day or every week: the link at the bottom of a digest."""
    email = digest.reader_of(token)
    if not email:
        return render(request, "notifications/unsubscribe.html", {"subscriptions": [], "frequency_url": ""})
    form = FrequencyForm.about(digest.frequencies_of(email), request.POST or None)
    if request.method == "POST" and form.is_valid():
        digest.choose_frequency(email, form.cleaned_data["frequency"])
        messages.success(request, _("Uw keuze is bewaard. Zij geldt vanaf het volgende bericht."))
        return redirect("notifications:frequency", token)
    return render(request, "notifications/frequency.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribed(request: HttpRequest, token: str) -> HttpResponse:
    """Say that it is done, and offer the way back for who pressed by mistake."""
    subscriptions = digest.subscriptions_of(token)
    if request.method == "POST":
        digest.resume(subscriptions)
        return HttpResponseRedirect(request.path)
    ended = all(subscription.unsubscribed_at for subscription in subscriptions)
    return render(request, "notifications/unsubscribed.html", {"ended": ended, "subscriptions": subscriptions})
