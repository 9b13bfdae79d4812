"""Signed links in letters: they prove who received the letter, say what they are for, and end."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing

from shared.lifecycle import WorkflowError


class LinkInvalid(WorkflowError):
    """The address is not one that the portal made, or it was made for something else."""


class LinkExpired(WorkflowError):
    """The portal made this address, but its time is over."""


def sign(purpose: str, **values: Any) -> str:
    """Make a token for one purpose; values must fit in JSON."""
    return signing.dumps(values, salt=f"portal.{purpose}", compress=True)


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> dict[str, Any]:
    """Give back the values that were signed for this purpose.

    Raises:
        LinkExpired: signed longer ago than max_age.
        LinkInvalid: changed, cut off, or signed for another purpose.
    """
    try:
        values: dict[str, Any] = signing.loads(token, salt=f"portal.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkInvalid from error
    return values


def absolute(path: str) -> str:
    """The full address of a path of the portal, for letters, feeds and QR codes."""
    return settings.PORTAL_URL + path
