"""Dutch words, so far as needed to see that “stoelen” and “stoel” are the same thing."""

import unicodedata
from collections.abc import Iterable

# Words of four letters and more that say nothing about the subject.
_EMPTY_WORDS = """
kennis plek plekken
aanbod aanbieden alle alleen allemaal ander andere anders behoefte beide beschikbaar beter bewoner bewoners
buren buurt buurten daar daarna daarom deze dicht doen door eens eigen elkaar elke enkele even ervaring extra
gaan gaat gebruik gebruiken geef geen geven goed goede graag haar hebben heeft help helpen hier hoeveel hulp
iedere iedereen initiatief inwoner inwoners jaar jaren kinderen komen komt konden kunnen kunt laten maak maakt
maar maken meer mensen mogelijk moet moeten mogen naar nemen niet nieuw nieuwe nodig ons onze ook organiseren
over plan project samen soms staan staat straat straten tijd tijdens tijdelijk toch tussen veel verder voor waar
waarin wanneer want week weken wekelijks welke werd wijk wijken wijkpartner wilde willen worden wordt zelf zich
zijn zoals zoek zoeken zoekt zonder zouden
acht drie derde dertig eerste honderd negen tien twaalf twee tweede twintig veertig vier vijf vijftig zeven
activiteit activiteiten binnen buiten buurtbewoners centrum erbij erin eruit gezellig gezellige gratis groot grote
klein kleine langs leeftijd leeftijden leven mooi mooie noord omgeving oost open oude rond rondom stichting tegen terug
west zuid
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
# The longest first: what is left must still be a word.
ENDINGS = ("jes", "en", "je", "er", "s")
SHORTEST_STEM = 4
VOWELS = "aeiou"


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """Each word without accents and ending, with the word itself; those that say nothing are left out."""
    found: dict[str, str] = {}
    for word in words:
        if plain(word) not in EMPTY:
            found.setdefault(stem(plain(word)), word)
    return found


def plain(word: str) -> str:
    """Without accents, and with ij as one writes it."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()


def stem(word: str) -> str:
    """One form for singular and plural: tuinen, tuin; straten, straat; ballen, bal; tafels, tafel."""
    for ending in ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST_STEM - (ending == "en"):
            return _spelled(rest) if ending == "en" else rest
    return word


def _spelled(rest: str) -> str:
    """What a word looks like without “en”: ball becomes bal, strat becomes straat."""
    if rest[-1] == rest[-2] and rest[-1] not in VOWELS:
        return rest[:-1]
    if rest[-1] not in VOWELS and rest[-2] in VOWELS and rest[-3] not in VOWELS:
        return f"{rest[:-2]}{rest[-2]}{rest[-2:]}"
    return rest
