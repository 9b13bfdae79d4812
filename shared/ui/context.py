"""What every template may use: the municipality, the language and the main menu. Nothing about the visitor."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from shared import municipality
from shared.ui import house_style

MENU = [
    (pgettext_lazy("menu", "Home"), "home"),
    (gettext_lazy("Initiatieven"), "initiatives:list"),
    (gettext_lazy("Projecten"), "participation:list"),
    (gettext_lazy("Wijken"), "wijken"),
    (gettext_lazy("Agenda"), "partners:agenda"),
    (gettext_lazy("Mijn overzicht"), "overview"),
]


class MenuItem(NamedTuple):
    """One link of the main menu; `current` is what aria-current says about it."""

    label: str
    url: str
    current: str


def portal(request: HttpRequest) -> dict[str, object]:
    """Context processor."""
    return {
        "municipality": municipality.current(),
        "language": get_language(),
        "house_style_url": house_style.address(),
        "menu": [_item(str(label), reverse(name), request.path) for label, name in MENU],
    }


def _item(label: str, url: str, path: str) -> MenuItem:
    return MenuItem(label, url, _current(path, url))


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    # Pages about what is one's own belong to the overview, whichever programme makes them.
    if "/mijn/" in path:
        return "true" if url == "/mijn/" else ""
    return "true" if url != "/" and path.startswith(url) else ""
