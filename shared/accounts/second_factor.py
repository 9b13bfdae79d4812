"""Whether this session was opened with a second factor, and the way to it for who has not."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from shared.accounts import return_to

ONWARD = "after_second_factor"


def done(request: HttpRequest) -> bool:
    """True when this person proved themselves twice in this session; a passkey with fingerprint or PIN is both."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def ask(request: HttpRequest, *, goal: str = "") -> HttpResponseRedirect:
    """Send somebody who signed in to set up or use the second factor, and remember where they were going."""
    goal = goal or return_to.remember(request)
    request.session[ONWARD] = goal
    name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_index"
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': goal})}")
