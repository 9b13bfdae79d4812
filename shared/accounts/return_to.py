"""Where somebody was before they had to sign in, with what they had typed."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept_form"
MAX_AGE = timedelta(hours=1)
# Longer than any form of the portal, and too short to fill a disk with.
MAX_CHARACTERS = 100_000
NEVER_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent while nobody was signed in; nothing was done with it yet."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote, to show: values of more than one word, not the codes of choices and tokens."""
        return [value for _name, value in self.fields if len(value.split()) > 1]


def remember(request: HttpRequest, *, owner: int | None = None) -> str:
    """Keep what this request wanted and give the address to go to afterwards.

    A page is just its address. A form that was sent is kept in the session, to be sent by its writer after signing
    in; its files are not. `owner` is who was signed in before, when that is known.
    """
    if request.method != "POST":
        return request.get_full_path()
    fields = [(name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values]
    if sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        return _page_before(request)
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "at": time.time(),
        "owner": owner,
    }
    return reverse("account_continue")


def kept(request: HttpRequest) -> KeptForm | None:
    """The form that was kept for whoever is signed in now; after an hour it is forgotten."""
    stored: dict[str, Any] | None = request.session.get(KEY)
    if stored is None:
        return None
    if time.time() - stored["at"] > MAX_AGE.total_seconds() or stored["owner"] not in (None, request.user.pk):
        forget(request)
        return None
    fields = [(name, value) for name, value in stored["fields"]]
    return KeptForm(path=stored["path"], fields=fields, had_files=stored["had_files"])


def forget(request: HttpRequest) -> None:
    """Drop what was kept."""
    request.session.pop(KEY, None)


def is_own_address(request: HttpRequest, url: str) -> bool:
    """Whether it is safe to send somebody there: an address of this portal."""
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())


def _page_before(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if is_own_address(request, referer):
        parts = urlsplit(referer)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"
