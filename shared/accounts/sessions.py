"""A session ends: after the working day, and sooner when somebody with a second factor leaves the screen alone."""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from shared.accounts import return_to

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Writing the time with each click would cost a query a page.
PRECISION = 60


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks to sign in unless its view says otherwise; what was typed comes back afterwards."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """End a session that is over before anyone asks who the visitor is. Public pages never touch the session."""
        if getattr(view_func, "login_required", True):
            request.ended_for = _end_if_over(request)  # type: ignore[attr-defined]
        answer: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        return answer

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """To the sign-in page, with the way back."""
        goal = return_to.remember(request, owner=getattr(request, "ended_for", None))
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': goal})}")


def begin(request: HttpRequest) -> None:
    """Start counting."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


def is_over(request: HttpRequest, now: float) -> bool:
    """Whether the day is over, or the screen was left alone too long."""
    session = request.session
    if now - session.get(SIGNED_IN_AT, now) > settings.SESSION_COOKIE_AGE:
        return True
    return _has_second_factor(request) and now - session.get(SEEN_AT, now) > settings.STAFF_IDLE.total_seconds()


def _end_if_over(request: HttpRequest) -> int | None:
    """The key of whom it ended for."""
    if SESSION_KEY not in request.session:
        return None
    now = time.time()
    if is_over(request, now):
        ended_for: int | None = request.user.pk
        logout(request)
        messages.info(request, _("U was een tijd weg. Log opnieuw in, dan gaat u verder waar u was."))
        return ended_for
    if now - request.session.get(SEEN_AT, 0) > PRECISION:
        request.session[SEEN_AT] = int(now)
        request.session.setdefault(SIGNED_IN_AT, int(now))
    return None


def _has_second_factor(request: HttpRequest) -> bool:
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(record.get("method") == "mfa" for record in records)
