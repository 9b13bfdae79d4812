"""Leaving a digest without signing in. Opening the page changes nothing: programs that check links open it too."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shared.notifications import digest

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
        return render(request, "notifications/unsubscribe.html", {"subscriptions": subscriptions})
    digest.unsubscribe(subscriptions)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        return HttpResponse(status=HTTPStatus.OK)
    return redirect("notifications:unsubscribed", token)


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
