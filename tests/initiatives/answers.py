"""Answers as a resident types them, and the way from form to check page."""

from typing import Any

from django.core import signing

from shared.ui.spam import SALT
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory

FORM = "/initiatieven/nieuw/"
CHECK = "/initiatieven/nieuw/controle/"


def typed(**changes: Any) -> dict[str, Any]:
    """A whole form, of someone who took their time."""
    answers = {
        "title": "Moestuin Volgerlanden",
        "what": "Wij willen een moestuin maken.",
        "benefit": "Voor de straat: buren leren elkaar kennen.",
        "theme": str(ThemeFactory(green=True).pk),
        "who_joins": "Vier gezinnen",
        "name": "Anna Bewoner",
        "email": "anna@voorbeeld.example",
        "opened": signing.dumps(0, salt=SALT),
    }
    if "buurt" not in changes:
        answers["buurt"] = str(BuurtFactory(name="Volgerlanden-Oost").pk)
    return answers | changes


def fill_in(client: Any, **changes: Any) -> Any:
    """Send the form with the button for checking."""
    return client.post(FORM, typed(**changes))


def send(client: Any, once: str = "11111111-1111-4111-8111-111111111111") -> Any:
    """Press the button below the check page."""
    return client.post(CHECK, {"once": once})
