"""The week of a wijk on one sheet (A4), for the door of the library and the supermarket."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from partners.moments.moment import Moment
from partners.moments.sources import gather
from partners.rules.agenda import Window
from shared import municipality, typeset
from shared.links import absolute
from shared.terms.calendar import today
from shared.wijken.models import Wijk

TEMPLATE = settings.BASE_DIR / "templates" / "partners" / "week_poster.typ"
WEEK = timedelta(days=6)
# Larger letters are read from further away; more than this does not fit on the sheet.
MOST = 9


def make(wijk: Wijk) -> bytes:
    """The sheet of the next seven days, as a tagged PDF."""
    now = today()
    window = Window(now, now + WEEK)
    found = [moment for moment in gather(window, wijk=wijk.pk) if not moment.cancelled]
    address = absolute(reverse("wijk", args=[wijk.slug]))
    ours = municipality.current()
    data = {
        "title": _("Deze week in %(wijk)s") % {"wijk": wijk.short_name},
        "period": _("%(first)s tot en met %(last)s")
        % {"first": format_date(window.first, "j F"), "last": format_date(window.last, "j F Y")},
        "moments": [_line(moment) for moment in found[:MOST]],
        "more": _("En nog %(number)d andere.") % {"number": len(found) - MOST} if len(found) > MOST else "",
        "nothing": _("Deze week staat er niets in de agenda. Heeft u een idee voor de buurt? Vertel het ons."),
        "scan": _("Meer weten, of zelf iets beginnen? Scan de code of ga naar"),
        "call": _("Liever bellen? %(phone)s") % {"phone": ours.phone},
        "code": _("QR-code naar %(address)s") % {"address": address},
        "address": address.split("://", 1)[1],
        "qr": typeset.qr_svg(address).decode(),
        "sender": _("%(portal)s, een website van %(municipality)s")
        % {"portal": ours.portal_name, "municipality": ours.full_name},
        "colour": ours.colours.get("primary", "#00557f"),
    }
    return typeset.pdf(TEMPLATE, data)


def _line(moment: Moment) -> dict[str, Any]:
    return {
        "day": format_date(moment.day, "l j F"),
        "when": moment.hours,
        "title": moment.title,
        "place": moment.place,
    }
