"""The letter of a wijk on paper (A4): for the door of the library, and for who has no e-mail."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import Newsletter
from partners.rules.newsletter import Group
from shared import municipality, typeset
from shared.links import absolute
from shared.terms.calendar import AMSTERDAM, today

TEMPLATE = settings.BASE_DIR / "templates" / "partners" / "newsletter.typ"


def make(letter: Newsletter, groups: Iterable[Group]) -> bytes:
    """A tagged PDF with the same words as the e-mail, and a code to the page of the wijk."""
    ours = municipality.current()
    address = absolute(reverse("wijk", args=[letter.wijk.slug]))
    day = letter.sent_at.astimezone(AMSTERDAM).date() if letter.sent_at else today()
    with override("nl"):
        data = {
            "title": _("Wijkbrief %(wijk)s") % {"wijk": letter.wijk.short_name},
            "day": format_date(day, "j F Y"),
            "intro": letter.intro,
            "groups": [
                {
                    "heading": group.heading,
                    "items": [{"title": item.title, "detail": item.detail} for item in group.items],
                }
                for group in groups
            ],
            "scan": _("Meer lezen, of deze brief per e-mail krijgen? Scan de code of ga naar"),
            "call": _("Liever bellen? %(phone)s") % {"phone": ours.phone},
            "code": _("QR-code naar %(address)s") % {"address": address},
            "address": address.split("://", 1)[1],
            "qr": typeset.qr_svg(address).decode(),
            "sender": _("%(portal)s, een website van %(municipality)s")
            % {"portal": ours.portal_name, "municipality": ours.full_name},
            "colour": ours.colours.get("primary", "#00557f"),
        }
    return typeset.pdf(TEMPLATE, data)
