"""Signing in within a test, as the portal itself records it."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from shared.accounts.models import User


def sign_in(client: Client, user: User, *, second_factor: bool | None = None) -> User:
    """Open a session for this person; staff with a second factor, unless the test says otherwise."""
    client.force_login(user)
    if second_factor is None:
        second_factor = bool(user.assignments)
    records = [{"method": "code", "at": time.time(), "email": user.email}]
    if second_factor:
        records.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return user


def code_of(secret: str) -> str:
    """What the authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
