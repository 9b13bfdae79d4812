"""Which column of a project list is what, by the names that departments use."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from initiatives.imports.columns import ColumnsUnclear, plain
from participation.enums import PhaseKind

NAMES: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "nummer", "nr", "projectnummer", "kenmerk", "zaaknummer", "code"),
    "title": ("titel", "project", "projectnaam", "naam", "naam project", "onderwerp"),
    "summary": ("samenvatting", "omschrijving", "beschrijving", "toelichting", "inhoud"),
    "kind": ("soort", "type", "soort project", "categorie"),
    "department": ("afdeling", "team", "cluster"),
    "lead": ("projectleider", "trekker", "contactpersoon", "verantwoordelijke", "e mail projectleider"),
    "alderman": ("portefeuillehouder", "wethouder", "bestuurder"),
    "deciding_body": ("wie beslist", "beslist", "bestuursorgaan", "besluit door", "bevoegd orgaan"),
    "budget_band": ("budget", "budgetklasse", "bedrag", "kosten"),
    "wijken": ("wijk", "wijken", "gebied", "wijkcode"),
    "buurten": ("buurt", "buurten"),
    "themes": ("thema", "themas"),
    "place": ("plek", "locatie", "straat", "straat of plek", "adres"),
    "phase": ("fase", "stand", "huidige fase"),
    "started_on": ("begonnen op", "start", "startdatum", "begin", "datum start"),
}
PHASE_NAMES = {
    PhaseKind.IDEA: "idee",
    PhaseKind.START_NOTE: "startnotitie",
    PhaseKind.DESIGN: "ontwerp",
    PhaseKind.DECISION: "besluit",
    PhaseKind.EXECUTION: "uitvoering",
    PhaseKind.EVALUATION: "evaluatie",
}
for _kind, _label in PHASE_NAMES.items():
    NAMES[f"{_kind}_from"] = (f"{_label} van", f"{_label} vanaf", f"{_label} begin")
    NAMES[f"{_kind}_to"] = (f"{_label} tot", f"{_label} tot en met", f"{_label} eind")
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}


def recognise(headings: Iterable[str]) -> dict[str, str]:
    """Field -> heading.

    Raises:
        ColumnsUnclear: there is no column with a number of its own, or none with titles.
    """
    found: dict[str, str] = {}
    for heading in headings:
        field = _FIELD_OF.get(plain(heading), "")
        if field and field not in found:
            found[field] = heading
    for field, what in (("title", _("titels")), ("source_id", _("nummers"))):
        if field not in found:
            raise ColumnsUnclear(
                _("Geen kolom met %(what)s gevonden. Noem een kolom bijvoorbeeld “%(name)s”.")
                % {"what": what, "name": NAMES[field][1]}
            )
    return found
