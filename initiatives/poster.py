"""A poster and a QR code for a plan, made here: no visitor's address goes to anybody else."""

import io

import qrcode
import qrcode.image.svg
from django.conf import settings

from initiatives.models import Initiative
from shared import municipality, typeset
from shared.links import absolute

TEMPLATE = settings.BASE_DIR / "templates" / "initiatives" / "poster.typ"


def qr_svg(address: str) -> bytes:
    """The address as a QR code, one black path on white, with the quiet edge that scanners need."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, box_size=20)
    code.add_data(address)
    output = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathFillImage).save(output)
    return output.getvalue()


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
        "qr": qr_svg(address).decode(),
        "municipality": ours.full_name,
        "portal": ours.portal_name,
        "phone": ours.phone,
        "colour": ours.colours.get("primary", "#00557f"),
    }
    return typeset.pdf(TEMPLATE, data) if kind == "pdf" else typeset.svg(TEMPLATE, data)
