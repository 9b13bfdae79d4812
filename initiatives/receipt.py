"""What a resident hears after sending: what happens now, by when, whom to call; on the page and in a PDF to keep."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives import answers
from initiatives.enums import Status
from initiatives.models import Initiative
from initiatives.rules import promised_by
from shared import municipality, typeset
from shared.terms import legal_days

TEMPLATE = settings.BASE_DIR / "templates" / "initiatives" / "receipt.typ"


def next_steps(initiative: Initiative) -> dict[str, object]:
    """What happens now, in words; whoever has to confirm an address hears that first."""
    confirmed = initiative.status != Status.UNCONFIRMED
    return {"confirmed": confirmed, "email": answers.masked(initiative.email), "steps": _steps(initiative, confirmed)}


def pdf(initiative: Initiative) -> bytes:
    """The receipt as a tagged PDF (PDF/UA-1). It holds the plan, and of the person only the name of the role."""
    ours = municipality.current()
    files = [attachment.file for attachment in initiative.attachments.select_related("file")]
    data = {
        "language": get_language() or "nl",
        "heading": _("Uw idee is verstuurd"),
        "reference": _("Nummer %(reference)s") % {"reference": initiative.reference},
        "sent": _("Verstuurd op %(day)s") % {"day": _day(timezone.localdate(initiative.submitted_at))},
        "next": _("Wat gebeurt er nu?"),
        "steps": _steps(initiative, initiative.status != Status.UNCONFIRMED),
        "groups": [
            {
                "heading": group.heading,
                "answers": [[one.label, one.value or _("Niet ingevuld")] for one in group.answers],
            }
            for group in answers.about_plan(initiative, files)
        ],
        "contact": _("Vragen? Bel %(phone)s (%(hours)s) of mail %(email)s. Noem nummer %(reference)s.")
        % {"phone": ours.phone, "hours": ours.hours, "email": ours.email, "reference": initiative.reference},
        "municipality": ours.full_name,
        "colour": ours.colours.get("primary", "#00557f"),
    }
    return typeset.pdf(TEMPLATE, data)


def _steps(initiative: Initiative, confirmed: bool) -> list[str]:
    reader = _("De wijkcoördinator van %(wijk)s leest uw idee.") % {"wijk": initiative.wijk}
    if confirmed and initiative.respond_by:
        return [reader, _("U hoort uiterlijk %(day)s van ons.") % {"day": _day(initiative.respond_by)}]
    if confirmed:
        return [reader]
    days = municipality.current().periods.answer_working_days
    answer_by = promised_by(timezone.localdate(), days, legal_days.calendar())
    return [
        _("U bevestigt uw e-mailadres. Wij stuurden een link naar %(email)s.")
        % {"email": answers.masked(initiative.email)},
        reader,
        _("Bevestigt u vandaag? Dan hoort u uiterlijk %(day)s van ons.") % {"day": _day(answer_by)},
    ]


def _day(day: date) -> str:
    return format_date(day, "l j F Y")
