"""How allauth writes, speaks and keeps secrets in this portal."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared import municipality
from shared.accounts import letters
from shared.accounts.models import User
from shared.accounts.policies import roles_of

WRONG_CODE = gettext_lazy("Deze code klopt niet. Kijk de code na en vul hem nog een keer in")
TOO_OFTEN = gettext_lazy("U heeft het te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw")


class PortalAccountAdapter(DefaultAccountAdapter):
    """Codes go through the outbox; nobody signs up, people become known by what they do."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Uw toegang is gesloten. Bel ons als dat niet klopt"),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody needs an account first: `workflow.resident_for` makes people known."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter ourselves, in the words and the outbox of the portal.

        Raises:
            ImproperlyConfigured: allauth wants to send something that this portal has no words for.
        """
        if template_prefix == "account/email/login_code":
            letters.send_sign_in_code(email, context["code"])
        elif template_prefix == "account/email/unknown_account":
            letters.send_unknown_address(email)
        else:
            raise ImproperlyConfigured(f"No letter for {template_prefix}.")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody what changed in how they sign in."""
        letters.send_security_change(user, template_prefix.rpartition("/")[2])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Everybody starts where their work is."""
        roles = roles_of(request.user)
        pages = [page for role, page in settings.START_PAGES.items() if role in roles]
        return resolve_url(pages[0] if pages else settings.LOGIN_REDIRECT_URL)


class PortalMFAAdapter(DefaultMFAAdapter):
    """The secrets of the second factor are encrypted with the key of the portal."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens nobody's account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Keys that were replaced still open what they closed, as long as they are in SECRET_KEY_FALLBACKS."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The drawing alone: within a page an XML declaration is an error."""
        drawing: str = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :]

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """A name to start with; people may change it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return municipality.current().portal_name


class PortalSocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A functional manager invites colleagues first."""
        return False


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"portal.second-factor" + secret.encode()).digest())
