"""The certificate of destruction (verklaring van vernietiging, Archiefbesluit 1995 article 8).

What, on what ground, how and when, and who agreed with it. It names no people but those who agreed.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared import municipality, typeset
from shared.retention.holders import HOLDERS
from shared.retention.models import DestructionItem, DestructionList

TEMPLATE = settings.BASE_DIR / "templates" / "retention" / "certificate.typ"


def pdf(found: DestructionList) -> bytes:
    """The certificate on paper, in Dutch whoever made it."""
    with translation.override("nl"):
        return typeset.pdf(TEMPLATE, _data(found))


def _data(found: DestructionList) -> dict[str, Any]:
    ours = municipality.current()
    items = list(found.items.all())
    gone = [item for item in items if item.destroyed_at]
    stayed = [item for item in items if not item.destroyed_at]
    return {
        "language": "nl",
        "municipality": ours.full_name,
        "colour": ours.colours.get("primary", "#154273"),
        "heading": _("Verklaring van vernietiging"),
        "number": _("Lijst %(number)d van %(day)s") % {"number": found.pk, "day": _day(found.made_on)},
        "sentences": [
            _(
                "%(name)s verklaart dat de archiefbescheiden hieronder op %(day)s zijn vernietigd, omdat hun "
                "bewaartermijn voorbij is (Archiefwet, Selectielijst gemeenten en intergemeentelijke organen 2020)."
            )
            % {"name": ours.full_name, "day": _day(found.finished_on)},
            _(
                "Vernietigd zijn alle persoonsgegevens, teksten, berichten, brieven en bestanden van het dossier, in "
                "de database en in de opslag van het portaal. Bedragen, data, wijk en uitkomst blijven voor de "
                "verslagen en het grootboek, zonder dat iemand herkenbaar is. Reservekopieën verdwijnen binnen hun "
                "eigen termijn."
            ),
        ],
        "columns": [_("Soort"), _("Nummer"), _("Grondslag"), _("Categorie"), _("Gesloten op"), _("Bewaard tot en met")],
        "rows": [_row(item) for item in gone],
        "none": _("Er is niets vernietigd."),
        "stayed_heading": _("Niet vernietigd"),
        "stayed": [f"{item.reference}: {item.refused_because or item.kept_because}" for item in stayed],
        "approved_heading": _("Akkoord"),
        "approved": [
            _agreed(found.first_by, found.first_at),
            *([_agreed(found.second_by, found.second_at)] * bool(found.second_by)),
        ],
    }


def _row(item: DestructionItem) -> list[str]:
    holder = HOLDERS.get(item.kind)
    return [
        str(holder.label) if holder else item.kind,
        item.reference,
        item.ground,
        item.category,
        f"{item.closed_on:%d-%m-%Y}",
        f"{item.term_over_on:%d-%m-%Y}",
    ]


def _agreed(user: Any, moment: Any) -> str:
    return _("%(name)s, op %(day)s om %(time)s uur") % {
        "name": user.name if user else "",
        "day": _day(timezone.localdate(moment)),
        "time": f"{timezone.localtime(moment):%H:%M}",
    }


def _day(day: Any) -> str:
    return format_date(day, "j F Y") if day else ""
