"""allauth's pages of the second factor, for who comes there by "back", a bookmark or a second press.

What is asked for may be gone, or there already: that is said on the page where it can be seen, not as "not found".
"""

from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shared.accounts.forms import PASSKEY_FAILED

Kind = Authenticator.Type


def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Prove it again; who has nothing to prove it with adds that first."""
    if not is_mfa_enabled(request.user):
        return _say(request, _("Voeg eerst een app of passkey toe."))
    answer: HttpResponse = mfa.reauthenticate(request)
    return answer


def activate_app(request: HttpRequest) -> HttpResponse:
    """Add the app; there is one at a time."""
    if _own(request, Kind.TOTP).exists():
        return _say(request, _("U heeft al een app. Heeft u een nieuwe telefoon? Verwijder dan eerst de oude app."))
    answer: HttpResponse = totp.activate_totp(request)
    return answer


def deactivate_app(request: HttpRequest) -> HttpResponse:
    """Remove the app."""
    if not _own(request, Kind.TOTP).exists():
        return _say(request, _("De app is al verwijderd."))
    answer: HttpResponse = totp.deactivate_totp(request)
    return answer


def view_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes that still work."""
    if not is_mfa_enabled(request.user):
        return _say(request, _("Voeg eerst een app of passkey toe. Daarna krijgt u herstelcodes."))
    if not _own(request, Kind.RECOVERY_CODES).exists():
        return redirect("mfa_generate_recovery_codes")
    answer: HttpResponse = recovery_codes.view_recovery_codes(request)
    return answer


def generate_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes."""
    if not is_mfa_enabled(request.user):
        return _say(request, _("Voeg eerst een app of passkey toe. Daarna krijgt u herstelcodes."))
    answer: HttpResponse = recovery_codes.generate_recovery_codes(request)
    return answer


def download_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes as a file."""
    try:
        answer: HttpResponse = recovery_codes.download_recovery_codes(request)
    except Http404:
        return redirect("mfa_view_recovery_codes")
    if answer.has_header("Content-Disposition"):
        name = _("herstelcodes")
        answer["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return answer


def rename_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    if not _own(request, Kind.WEBAUTHN).filter(pk=pk).exists():
        return _say(request, _("Deze passkey is er niet meer."), "mfa_list_webauthn")
    answer: HttpResponse = webauthn.edit_webauthn(request, pk=pk)
    return answer


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove it."""
    if not _own(request, Kind.WEBAUTHN).filter(pk=pk).exists():
        return _say(request, _("Deze passkey is er niet meer."), "mfa_list_webauthn")
    answer: HttpResponse = webauthn.remove_webauthn(request, pk=pk)
    return answer


class ReauthenticateWithPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Prove it again with a passkey."""

    def form_invalid(self, form: object) -> HttpResponse:
        """Stay here, where the way to a code is too; allauth leads to the page to sign in."""
        messages.error(self.request, PASSKEY_FAILED)
        goal = self.request.POST.get("next", "")
        return HttpResponseRedirect(f"{self.request.path}?{urlencode({'next': goal})}" if goal else self.request.path)


def _own(request: HttpRequest, kind: str) -> models.QuerySet[Authenticator]:
    found: models.QuerySet[Authenticator] = Authenticator.objects.filter(user_id=request.user.pk, type=kind)
    return found


def _say(request: HttpRequest, words: str, page: str = "mfa_index") -> HttpResponse:
    messages.info(request, words)
    return redirect(page)
