"""A poster for a plan, with its QR code."""

from django.conf import settings

from initiatives.models import Initiative
from shared import municipality, typeset
from shared.links import absolute

TEMPLATE = settings.BASE_DIR / "templates" / "initiatives" / "poster.typ"


def make(initiative: Initiative, kind: str) -> bytes:
    """The poster as "pdf" (tagged, PDF/UA-1) or "svg". The texts go in as data, so they can hold any sign."""
    address = absolute(initiative.get_absolute_url())
    ours = municipality.current()
    data = {
        "title": initiative.public_title,
        "text": initiative.public_text,
        "wijk": initiative.wijk.short_name,
        "theme": initiative.theme.name,
        "address": address.split("://", 1)[1],
        "qr": typeset.qr_svg(address).decode(),
        "municipality": ours.full_name,
        "portal": ours.portal_name,
        "phone": ours.phone,
        "colour": ours.colours.get("primary", "#00557f"),
    }
    return typeset.pdf(TEMPLATE, data) if kind == "pdf" else typeset.svg(TEMPLATE, data)
