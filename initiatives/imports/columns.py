"""Which column of a list is what, by the names that municipalities use."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

NAMES: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "nummer", "nr", "kenmerk", "zaaknummer", "referentie", "aanvraagnummer", "volgnummer"),
    "title": ("titel", "naam initiatief", "naam plan", "initiatief", "project", "projectnaam", "onderwerp", "title"),
    "what": ("omschrijving", "beschrijving", "toelichting", "wat", "inhoud", "samenvatting", "description"),
    "benefit": ("doel", "doelgroep", "voor wie", "resultaat voor de buurt"),
    "amount": ("bedrag", "bedrag eur", "bedrag euro", "bedrag in euro", "kosten", "begroting", "budget"),
    "amount_kind": ("bedrag soort", "soort bedrag"),
    "year": ("jaar", "jaartal", "jaar van aanvraag", "subsidiejaar"),
    "submitted_on": ("datum", "ingediend op", "datum aanvraag", "aanvraagdatum", "ontvangen op", "datum ontvangst"),
    "planned_on": ("uitvoeringsdatum", "datum activiteit", "wanneer"),
    "place": ("plek", "locatie", "straat", "adres", "straat of plek", "plaats in de wijk"),
    "wijk_code": ("wijkcode", "cbs wijkcode", "wijk code"),
    "wijk": ("wijk", "wijknaam", "wijk naam", "gebied"),
    "buurt": ("buurt", "buurtnaam", "buurtcode"),
    "postcode": ("postcode", "pc6"),
    "district": ("stadsdeel", "dorp", "kern", "woonplaats", "plaats"),
    "municipality": ("gemeente", "gemeentenaam"),
    "process": ("proces", "regeling", "ronde"),
    "category": ("categorie", "categorie bron", "rubriek"),
    "theme": ("thema", "themas", "beleidsthema"),
    "votes": ("stemmen", "aantal stemmen", "stemmental"),
    "status": ("status", "stand", "besluit", "uitkomst", "fase"),
    "origin": ("bron", "herkomst"),
    "name": ("naam", "indiener", "naam indiener", "initiatiefnemer", "contactpersoon", "aanvrager"),
    "email": ("e mail", "email", "e mailadres", "emailadres", "mailadres"),
    "phone": ("telefoon", "telefoonnummer", "tel"),
}
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}


class ColumnsUnclear(Exception):
    """The headings do not say where the titles are, or a mapping names what does not exist."""


def plain(words: str) -> str:
    """Words without capitals, underscores, hyphens and punctuation, to compare them by."""
    return " ".join(re.sub(r"[\W_]+", " ", words.lower().replace("'", "")).split())


def recognise(headings: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Field -> heading. What the caller chose (field -> heading) comes before what the names say.

    Raises:
        ColumnsUnclear: in words for who runs the import.
    """
    headings = list(headings)
    for field, heading in chosen.items():
        if field not in NAMES:
            raise ColumnsUnclear(
                _("“%(field)s” is geen veld. Kies uit: %(fields)s.") % {"field": field, "fields": ", ".join(NAMES)}
            )
        if heading not in headings:
            raise ColumnsUnclear(
                _("De kolom “%(heading)s” staat niet in het bestand. Wel: %(headings)s.")
                % {"heading": heading, "headings": ", ".join(headings)}
            )
    found: dict[str, str] = dict(chosen)
    for heading in headings:
        field = _FIELD_OF.get(plain(heading), "")
        if field and field not in found and heading not in found.values():
            found[field] = heading
    if "title" not in found:
        raise ColumnsUnclear(
            _("Geen kolom met titels gevonden. Wijs er een aan met --map title=NAAM. Er zijn: %(headings)s.")
            % {"headings": ", ".join(headings)}
        )
    return found
