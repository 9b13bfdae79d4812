"""What a browser still knows of a form: the unsent answers, and where the last one that was sent led.

It forgets after a while without a sign of life (`FORM_IDLE`), and at once when asked: more people may use the computer.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

# Writing the time with each click would cost a query a page.
PRECISION = 60


@dataclass(frozen=True)
class Memory:
    """The memory of one form; `name` keeps it apart from that of other forms in the session."""

    name: str

    def hold_draft(self, request: HttpRequest, key: str) -> None:
        """From now on this browser goes on with this draft."""
        request.session[f"{self.name}_draft"] = key
        request.session[f"{self.name}_seen_at"] = int(time.time())

    def hold_sent(self, request: HttpRequest, url: str) -> None:
        """The form is sent: only the way to its receipt is still known."""
        request.session.pop(f"{self.name}_draft", None)
        request.session[f"{self.name}_sent"] = url
        request.session[f"{self.name}_seen_at"] = int(time.time())

    def draft_key(self, request: HttpRequest) -> str:
        """The draft of this browser; empty when it has none."""
        return str(request.session.get(f"{self.name}_draft", ""))

    def sent_url(self, request: HttpRequest) -> str:
        """Where the form led that was just sent from here; empty when that was long ago."""
        return "" if self.left_alone(request) else str(request.session.get(f"{self.name}_sent", ""))

    def left_alone(self, request: HttpRequest) -> bool:
        """Whether there was no sign of life for so long that somebody else may sit here now."""
        now = time.time()
        return bool(now - request.session.get(f"{self.name}_seen_at", now) > settings.FORM_IDLE.total_seconds())

    def note_life(self, request: HttpRequest, *, precision: int = PRECISION) -> bool:
        """Somebody is here; true when that is worth writing down elsewhere too."""
        now = int(time.time())
        if now - request.session.get(f"{self.name}_seen_at", 0) <= precision:
            return False
        request.session[f"{self.name}_seen_at"] = now
        return True

    def forget(self, request: HttpRequest) -> None:
        """Nothing of the form is known here any more."""
        for part in ("draft", "sent", "seen_at"):
            request.session.pop(f"{self.name}_{part}", None)
