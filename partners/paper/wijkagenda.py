"""The wijkagenda on paper: for the counter, the library and the table of a meeting."""

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import JointAction, Signal, WijkAgenda
from shared import municipality, typeset

TEMPLATE = settings.BASE_DIR / "templates" / "partners" / "wijkagenda.typ"


def pdf(agenda: WijkAgenda, actions: list[JointAction], signals: list[Signal]) -> bytes:
    """A tagged PDF (PDF/UA-1), in Dutch, with what the public page shows."""
    ours = municipality.current()
    with override("nl"):
        data = {
            "title": _("Wijkagenda %(wijk)s %(year)s") % {"wijk": agenda.wijk, "year": agenda.year},
            "intro": agenda.intro,
            "actions": [_action(action) for action in actions],
            "signals": [signal.public_text for signal in signals],
            "words": {
                "actions": _("Dit doen wij samen"),
                "signals": _("Dit horen en zien wij"),
                "none": _("Er staan nog geen acties op de agenda."),
                "with": _("Met"),
                "due": _("Klaar vóór"),
                "result": _("Resultaat"),
                "reason": _("Waarom gestopt"),
            },
            "municipality": ours.full_name,
            "contact": _("Vragen? Bel %(phone)s of mail naar %(email)s.") % {"phone": ours.phone, "email": ours.email},
            "colour": ours.colours.get("primary", "#00557f"),
        }
    return typeset.pdf(TEMPLATE, data)


def _action(action: JointAction) -> dict[str, str]:
    return {
        "title": action.title,
        "goal": action.goal,
        "status": action.status_label,
        "theme": str(action.theme),
        "with": ", ".join(partner.name for partner in action.partners.all()),
        "due": format_date(action.due_on, "j F Y") if action.due_on and action.is_open else "",
        "result": action.result,
        "reason": action.stop_reason,
    }
