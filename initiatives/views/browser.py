"""What this browser still knows of an idea: the unsent answers, and where the last one that was sent led.

It forgets after a while without a sign of life (`FORM_IDLE`), and at once when asked: more people may use the computer.
"""

import time

from django.conf import settings
from django.http import HttpRequest

DRAFT = "idea_draft"
SENT = "idea_sent"
SEEN_AT = "idea_seen_at"
# Writing the time with each click would cost a query a page.
PRECISION = 60


def hold_draft(request: HttpRequest, key: str) -> None:
    """From now on this browser goes on with this draft."""
    request.session[DRAFT] = key
    request.session[SEEN_AT] = int(time.time())


def hold_sent(request: HttpRequest, url: str) -> None:
    """The idea is sent: only the way to its receipt is still known."""
    request.session.pop(DRAFT, None)
    request.session[SENT] = url
    request.session[SEEN_AT] = int(time.time())


def draft_key(request: HttpRequest) -> str:
    """The draft of this browser; empty when it has none."""
    return str(request.session.get(DRAFT, ""))


def sent_url(request: HttpRequest) -> str:
    """Where the idea led that was just sent from here; empty when that was long ago."""
    return "" if left_alone(request) else str(request.session.get(SENT, ""))


def left_alone(request: HttpRequest) -> bool:
    """Whether there was no sign of life for so long that somebody else may sit here now."""
    now = time.time()
    return bool(now - request.session.get(SEEN_AT, now) > settings.FORM_IDLE.total_seconds())


def note_life(request: HttpRequest, *, precision: int = PRECISION) -> bool:
    """Somebody is here; true when that is worth writing down elsewhere too."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) <= precision:
        return False
    request.session[SEEN_AT] = now
    return True


def forget(request: HttpRequest) -> None:
    """Nothing of an idea is known here any more."""
    for key in (DRAFT, SENT, SEEN_AT):
        request.session.pop(key, None)
