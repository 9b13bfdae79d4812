"""The municipality's own colours, as a style sheet of their own: the strict CSP allows no inline style."""

import hashlib
import re
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from shared import municipality

# colour in the municipality file -> token in static/css/tokens.css
TOKENS = {"primary": "--portal-primary", "primary_dark": "--portal-primary-dark", "accent": "--portal-accent"}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@cache
def stylesheet() -> str:
    """The style sheet, or nothing when the municipality keeps the neutral colours.

    Raises:
        ImproperlyConfigured: a colour has an unknown name or is not written as #rrggbb.
    """
    rules = []
    for name, colour in municipality.current().colours.items():
        if name not in TOKENS or not COLOUR.fullmatch(colour):
            raise ImproperlyConfigured(
                f"colours.{name} = {colour!r} in the municipality file: use {[*TOKENS]}, #rrggbb."
            )
        rules.append(f"{TOKENS[name]}:{colour}")
    return ":root{" + ";".join(rules) + "}" if rules else ""


@cache
def address() -> str:
    """Where the style sheet is; its content is part of the address, so browsers may keep it for a year."""
    content = stylesheet()
    if not content:
        return ""
    return reverse("house_style") + "?v=" + hashlib.sha256(content.encode()).hexdigest()[:12]
