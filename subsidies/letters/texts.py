"""The texts that a municipality writes itself into the letters: where they stand, and what they may refer to.

The parts that make a decision lawful (reasons, articles, amount, period, objection) are not among them: nobody can
take those out by accident.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from subsidies.enums import Outcome
from subsidies.letters.step_letters import STEP_CLOSING, STEP_LETTERS
from subsidies.models import LetterText, Scheme

_BRACES = re.compile(r"\{([^{}]*)\}")


NO_PENALTY = "penalty.none.opening"


@dataclass(frozen=True)
class Variable:
    """A word between braces, what it stands for, and what it is in the sample case."""

    name: str
    meaning: str | Promise
    sample: str


VARIABLES = (
    Variable("naam", _("de naam van de aanvrager"), "Anna Bewoner"),
    Variable("titel", _("hoe het plan heet"), "Straatfeest Kerkstraat"),
    Variable("nummer", _("het nummer van de aanvraag"), "2026-S-00042"),
    Variable("regeling", _("de naam van de regeling"), "Buurtbon"),
    Variable("wijk", _("de wijk"), "Centrum"),
    Variable("gevraagd", _("het gevraagde bedrag"), "€ 750,00"),
    Variable("bedrag", _("het bedrag van dit besluit"), "€ 750,00"),
    Variable("behandelaar", _("de contactpersoon"), "Wim Wijk"),
    Variable("telefoon", _("het telefoonnummer van de gemeente"), "14 078"),
)
NAMES = tuple(variable.name for variable in VARIABLES)


@dataclass(frozen=True)
class Place:
    """A place in a letter with the text that stands there until the municipality writes its own."""

    key: str
    label: str | Promise
    default: str


def _opening(outcome: Outcome, label: str | Promise, default: str) -> Place:
    return Place(f"{outcome.value}.opening", label, default)


# The letters themselves are in Dutch only (Awb article 2:6), so these texts are too.
PLACES = {
    place.key: place
    for place in (
        _opening(
            Outcome.GRANT,
            _("Toekennen: de eerste alinea"),
            "Goed nieuws: u krijgt geld voor “{titel}”. In deze brief leest u hoeveel, wat wij van u vragen en wanneer "
            "wij betalen.",
        ),
        _opening(
            Outcome.GRANT_PARTLY,
            _("Deels toekennen: de eerste alinea"),
            "U krijgt geld voor “{titel}”, maar minder dan u vroeg. In deze brief leest u hoeveel en waarom.",
        ),
        _opening(
            Outcome.REFUSE,
            _("Weigeren: de eerste alinea"),
            "Wij hebben uw aanvraag voor “{titel}” bekeken. Wij kunnen u hiervoor geen geld geven. In deze brief leest "
            "u waarom. Wilt u weten wat wel kan? Bel ons: {telefoon}. Wij denken graag met u mee.",
        ),
        _opening(
            Outcome.NOT_PROCESSED,
            _("Buiten behandeling: de eerste alinea"),
            "Wij misten gegevens bij uw aanvraag voor “{titel}” en vroegen u om die te sturen. Wij kregen ze niet of "
            "niet allemaal. Daarom behandelen wij uw aanvraag niet verder. U mag altijd een nieuwe aanvraag doen.",
        ),
        _opening(
            Outcome.SETTLE,
            _("Vaststellen: de eerste alinea"),
            "Dank u wel voor uw verslag over “{titel}”. Alles is in orde: het bedrag staat nu vast.",
        ),
        _opening(
            Outcome.SETTLE_LOWER,
            _("Lager vaststellen: de eerste alinea"),
            "Wij hebben gekeken hoe het ging met “{titel}”. Wij stellen het bedrag lager vast dan wij u toezegden. In "
            "deze brief leest u waarom.",
        ),
        _opening(
            Outcome.CHANGE,
            _("Wijzigen: de eerste alinea"),
            "Wij veranderen ons besluit over “{titel}”. In deze brief leest u wat er anders is.",
        ),
        _opening(
            Outcome.REVOKE,
            _("Intrekken: de eerste alinea"),
            "Wij trekken ons besluit over “{titel}” in. In deze brief leest u waarom en wat dit voor u betekent.",
        ),
        _opening(
            Outcome.RECOVER,
            _("Terugvorderen: de eerste alinea"),
            "U kreeg voor “{titel}” meer geld dan waar u recht op heeft. Wij vragen u dat terug te betalen. Lukt dat "
            "niet in één keer? Bel ons: {telefoon}. Dan spreken wij samen iets af.",
        ),
        _opening(
            Outcome.WAIVE,
            _("Afzien van terugvordering: de eerste alinea"),
            "Wij betaalden u voor “{titel}” meer dan waar u recht op heeft. U hoeft dat niet of niet helemaal terug te "
            "betalen. In deze brief leest u hoeveel en waarom.",
        ),
        _opening(
            Outcome.DEFER,
            _("Betalingsregeling: de eerste alinea"),
            "Wij vroegen u om geld voor “{titel}” terug te betalen. U mag dat in delen doen. Hieronder leest u hoe.",
        ),
        _opening(
            Outcome.OBJECTION,
            _("Beslissing op bezwaar: de eerste alinea"),
            "U maakte bezwaar tegen ons besluit over “{titel}”. Wij hebben dat besluit helemaal opnieuw bekeken.",
        ),
        _opening(
            Outcome.PENALTY,
            _("Dwangsom: de eerste alinea"),
            "U wachtte langer op ons besluit over “{titel}” dan de wet toestaat. Dat spijt ons. U heeft daarom recht "
            "op een dwangsom.",
        ),
        Place(
            NO_PENALTY,
            _("Geen dwangsom: de eerste alinea"),
            "U schreef ons dat wij te laat waren met ons besluit over “{titel}”. Wij hebben dat bekeken. U krijgt geen "
            "dwangsom. In deze brief leest u waarom.",
        ),
        _opening(
            Outcome.INTEREST,
            _("Wettelijke rente: de eerste alinea"),
            "U kreeg uw geld voor “{titel}” later dan de wet toestaat. Dat spijt ons. U heeft daarom recht op rente.",
        ),
        Place("decision.closing", _("Alle besluiten: de laatste alinea"), ""),
        *(Place(f"{name}.opening", label, "") for name, label in STEP_LETTERS.items()),
        Place(STEP_CLOSING, _("Alle brieven tussendoor: de laatste alinea"), ""),
    )
}


def text_for(key: str, scheme: Scheme | None, values: Mapping[str, str]) -> str:
    """The text at this place: that of the scheme, else that for all schemes, else our own; filled in."""
    return texts_for((key,), scheme, values)[key]


def texts_for(keys: Collection[str], scheme: Scheme | None, values: Mapping[str, str]) -> dict[str, str]:
    """The texts at these places, in one look."""
    rows = LetterText.objects.filter(letter__in=keys).order_by("pk")
    written = {(row.letter, row.scheme_id): row.body for row in rows}
    own = scheme.pk if scheme else None
    return {
        key: fill_in(written.get((key, own)) or written.get((key, None)) or PLACES[key].default, values) for key in keys
    }


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Put the values in the place of the words between braces."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_variables(text: str) -> list[str]:
    """The words between braces that stand for nothing."""
    return [word for word in _BRACES.findall(text) if word not in NAMES]


def sample_values() -> dict[str, str]:
    """What the variables are in the sample case."""
    return {variable.name: variable.sample for variable in VARIABLES}
