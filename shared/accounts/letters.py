"""What the portal writes to people about signing in and about their role."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import RoleAssignment, User
from shared.links import absolute
from shared.notifications import compose, outbox

CATEGORY = "accounts"
CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


def send_sign_in_code(email: str, code: str, *, name: str = "") -> None:
    """The code that opens one's own cases. The outbox forgets the text once it has left, or the code is too old."""
    to = outbox.Recipient(name=name, email=email)
    _send("sign_in_code", to, secret_for=timedelta(minutes=CODE_MINUTES), code=code, minutes=CODE_MINUTES)


def send_unknown_address(email: str) -> None:
    """Somebody asked for a code for an address that has nothing here yet; the screen does not say so."""
    to = outbox.Recipient(name="", email=email)
    _send("unknown_address", to, secret_for=timedelta(minutes=CODE_MINUTES), start=absolute("/"))


def send_invitation(assignment: RoleAssignment, *, by: User) -> None:
    """Tell a colleague that a role waits, and how to sign in for the first time."""
    _send(
        "invitation",
        _recipient(assignment.user),
        about=assignment.user,
        assignment=assignment,
        by=by,
        address=absolute(reverse("account_login")),
    )


def send_security_change(user: User, change: str) -> None:
    """Tell somebody that their second factor changed, so that they notice when it was not them."""
    texts = {
        "totp_activated": _("Er is een app met codes toegevoegd."),
        "totp_deactivated": _("De app met codes is verwijderd."),
        "webauthn_added": _("Er is een passkey of beveiligingssleutel toegevoegd."),
        "webauthn_removed": _("Er is een passkey of beveiligingssleutel verwijderd."),
        "reset": _("Een beheerder heeft uw tweede controle verwijderd. U voegt bij het inloggen een nieuwe toe."),
        "recovery_codes_generated": _("Er zijn nieuwe herstelcodes gemaakt. De oude werken niet meer."),
    }
    _send("security_change", _recipient(user), about=user, change=texts[change], at=timezone.localtime())


def send_address_changed(user: User, old_email: str) -> None:
    """Tell the old address that another one took its place, so that a thief cannot do this unseen."""
    _send("address_changed", outbox.Recipient(name=user.name, email=old_email), about=user)


def _recipient(user: User) -> outbox.Recipient:
    return outbox.Recipient(name=user.name, email=user.email)


def _send(
    name: str, to: outbox.Recipient, *, secret_for: timedelta | None = None, about: User | None = None, **context: Any
) -> None:
    outbox.enqueue(
        compose.compose(f"accounts/letters/{name}.txt", {"recipient": to} | context),
        to=to,
        key=f"accounts.{name}:{uuid4()}",
        category=CATEGORY,
        about=about,
        secret=secret_for is not None,
        valid_for=secret_for,
    )
