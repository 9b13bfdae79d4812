"""Answers of an application as people type them, and the way from form to confirmation."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from shared.terms.calendar import today
from shared.ui.spam import SALT
from subsidies.models import SchemeVersion


def day(name: str, weeks_ahead: int) -> dict[str, str]:
    """A date in three boxes."""
    when = today() + timedelta(weeks=weeks_ahead)
    return {f"{name}_0": str(when.day), f"{name}_1": str(when.month), f"{name}_2": str(when.year)}


def typed(**changes: Any) -> dict[str, Any]:
    """A whole application of € 750, of someone who took their time."""
    answers = {
        "title": "Straatfeest Kerkstraat",
        "what": "Wij organiseren een feest voor de hele straat.",
        "benefit": "Buren leren elkaar kennen.",
        "costs-what": ["Tafels", "Muziek"],
        "costs-amount": ["500", "250,00"],
        "asked_amount": "750",
        "name": "Anna Bewoner",
        "postcode": "3342ac",
        "house_number": "12",
        "email": "anna@voorbeeld.example",
        "by_email": "e-mail",
        "opened": signing.dumps(0, salt=SALT),
        **day("starts_on", 8),
    }
    return answers | changes


def fill_in(client: Any, version: SchemeVersion, button: str = "check", **changes: Any) -> Any:
    """Send the form with one of its buttons."""
    return client.post(reverse("subsidies:apply", args=[version.scheme.code]), {**typed(**changes), "do": button})


def send(
    client: Any, version: SchemeVersion, *, as_it_is: bool = False, once: str = "11111111-1111-4111-8111-111111111111"
) -> Any:
    """Tick the declaration and press the button below the check page."""
    address = reverse("subsidies:apply_check", args=[version.scheme.code]) + ("?zoals-het-is=1" if as_it_is else "")
    return client.post(address, {"once": once, "declared": "on"})
