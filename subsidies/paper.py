"""An application on paper: the form to fill in by hand, and the receipt with a copy. Tagged PDF (PDF/UA-1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared import municipality, typeset
from shared.documents.forms import FilesField
from subsidies import answers
from subsidies.forms.application import ApplicationQuestions
from subsidies.forms.costs import CostsField
from subsidies.models import Application, SchemeVersion
from subsidies.questions import asked_by, old_enough

TEMPLATES = settings.BASE_DIR / "templates"
RECEIPT = TEMPLATES / "initiatives" / "receipt.typ"
FORM = TEMPLATES / "subsidies" / "form.typ"
COST_ROWS = 8


def next_steps(application: Application) -> list[str]:
    """What happens now and by when, each with its day."""
    reader = _("De wijkcoördinator van %(wijk)s kijkt of alles er is.") % {"wijk": application.wijk}
    steps = [
        reader,
        _("Wij streven naar een besluit uiterlijk %(day)s.") % {"day": _day(application.promised_on)},
        _("De wet geeft ons de tijd tot en met %(day)s.") % {"day": _day(application.due_legal)},
        _("Krijgt u geld? Dan vragen wij daarna uw rekeningnummer."),
    ]
    if application.reads_email and application.applicant_id is None:
        steps.insert(0, _("U opent de link in de ontvangstbevestiging en bevestigt uw e-mailadres met de knop."))
    return steps


def receipt(application: Application) -> bytes:
    """What was sent, when, and what happens now."""
    ours = municipality.current()
    sent = timezone.localtime(application.submitted_at)
    data = {
        **_around(),
        "heading": _("Uw aanvraag is verstuurd"),
        "reference": _("%(scheme)s, nummer %(reference)s")
        % {"scheme": application.scheme, "reference": application.reference},
        "sent": _("Verstuurd op %(day)s om %(time)s uur") % {"day": _day(sent.date()), "time": f"{sent:%H:%M}"},
        "next": _("Wat gebeurt er nu?"),
        "steps": next_steps(application),
        "groups": [
            {
                "heading": group.heading,
                "answers": [[one.label, one.value or _("Niet ingevuld")] for one in group.answers],
            }
            for group in answers.of_application(application)
        ],
        "contact": _("Vragen? Bel %(phone)s (%(hours)s) of mail %(email)s. Noem nummer %(reference)s.")
        % {"phone": ours.phone, "hours": ours.hours, "email": ours.email, "reference": application.reference},
    }
    return typeset.pdf(RECEIPT, data)


def blank_form(version: SchemeVersion) -> bytes:
    """The questions of the form on the website, in the same order, with room to write."""
    ours = municipality.current()
    form = ApplicationQuestions(version=version)
    data = {
        **_around(),
        "heading": _("Aanvraag %(scheme)s") % {"scheme": version.scheme},
        "lead": _("Vult u dit liever in op de website? Dat kan ook. Hulp nodig? Bel %(phone)s (%(hours)s).")
        % {"phone": ours.phone, "hours": ours.hours},
        "needed": _(
            "Alleen uw naam, uw adres en wat u gaat doen zijn nodig om de aanvraag te laten tellen. "
            "Wat ontbreekt, vragen wij u later."
        ),
        "groups": [
            {"heading": str(heading), "questions": [_question(form, name) for name in names]}
            for heading, names in asked_by(version, has_caps=bool(form.caps))
        ],
        "signing": _("Ondertekening"),
        "declaration": " ".join(filter(None, [_("Ik heb alles naar waarheid ingevuld."), str(old_enough(version))])),
        "signature": [_("Datum"), _("Handtekening")],
        "sending": _("Stuur dit formulier naar: %(address)s. U kunt het ook aan de balie afgeven.")
        % {"address": ", ".join([ours.full_name, *ours.postal_address])},
        "optional": _("(niet verplicht)"),
        "cost_words": [_("Waarvoor"), _("Bedrag in €"), _("Samen")],
        "version": _("Regeling %(scheme)s, versie %(number)d") % {"scheme": version.scheme, "number": version.number},
    }
    return typeset.pdf(FORM, data)


def _question(form: ApplicationQuestions, name: str) -> dict[str, Any]:
    field = form.fields[name]
    choices = [str(label) for value, label in _choices(field) if value]
    lines = int(field.widget.attrs.get("rows", 1))
    hint = _("Stuur een kopie mee. Houd zelf het origineel.") if isinstance(field, FilesField) else str(field.help_text)
    return {
        "label": str(field.label),
        "hint": "" if name in ("buurt", "email") else hint,
        "optional": not field.required and name not in ("email", "phone"),
        "choices": choices,
        "lines": 0 if choices or isinstance(field, FilesField) else lines,
        "costs": COST_ROWS if isinstance(field, CostsField) else 0,
    }


def _choices(field: forms.Field) -> list[tuple[str, Any]]:
    """What can be ticked; a long list of buurten is written in words."""
    if isinstance(field, forms.BooleanField):
        return [("ja", _("Ja")), ("nee", _("Nee"))]
    if not isinstance(field, forms.ChoiceField):
        return []
    choices = list(cast("Iterable[tuple[Any, Any]]", field.choices))
    if any(isinstance(label, list | tuple) for _value, label in choices):
        return []
    return [(str(value), label) for value, label in choices]


def _around() -> dict[str, str]:
    ours = municipality.current()
    return {
        "language": get_language() or "nl",
        "municipality": ours.full_name,
        "colour": ours.colours.get("primary", "#00557f"),
    }


def _day(day: date | None) -> str:
    return format_date(day, "l j F Y") if day else ""
