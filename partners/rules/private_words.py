"""What in a text looks like it is about a person: a citizen number, a phone number, an address, a name.

Nothing here is sure, so nothing is refused: the writer sees what was found and why, and changes it or says why it
has to stay. Each rule can be told in one sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

from partners.enums.noticeboard import PrivateKind
from partners.rules.first_names import FIRST_NAMES

FEWEST_DIGITS = 9
# Nine digits, as people write a citizen number: in one go, or in pieces of three, or of four, two and three.
_NINE = re.compile(r"(?<![\d.,+-])(?:\d{9}|\d{3}([-. ])\d{3}\1\d{3}|\d{4}([-. ])\d{2}\2\d{3})(?!\d|[.,-]\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SMALL = r"(?:(?:van|de|den|der|het|’t|'t|ter|ten|te|el|ben|op|la|le|du|von) ){1,3}"
_BETWEEN = rf"(?:{_SMALL})?(?:(?:De|Van|El|Den|Ter|Ten) (?:der |den |de )?)?"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wà-öø-ÿ’'-]+"
_INITIALS = r"(?:[A-Z]\. ?)"
# Mevrouw Jansen, mevrouw Annie Jansen, mevrouw A. Jansen, dhr. De Vries, familie El Amrani.
_TITLED = re.compile(
    rf"\b(?:[Mm]eneer|[Mm]evrouw|[Dd]hr\.?|[Mm]w\.?|[Mm]evr\.?|[Dd]e heer|[Ff]amilie|[Ff]am\.?) "
    rf"{_INITIALS}*{_BETWEEN}{_CAPITAL}(?: {_BETWEEN}{_CAPITAL})?"
)
# Jan Jansen, Anna de Vries, Fatima El Amrani: two capitals, with small words between them or not.
_PAIR = re.compile(rf"\b({_CAPITAL}) ({_BETWEEN})({_CAPITAL})")
# S. de Vries, A.B. Jansen; one letter before a capital may end a sentence: “bij punt A. De markt”.
_INITIALLED = re.compile(rf"\b(?:{_INITIALS}(?:{_SMALL}){_CAPITAL}|{_INITIALS}{{2,4}}{_BETWEEN}{_CAPITAL})")
_SENTENCE_STARTS_HERE = re.compile(r"(?:^|[.!?:;\n]\s*|[-•*“\"(]\s*)$")
_PLACES = re.compile(
    r"(?:straat|laan|weg|plein|hof|dijk|kade|singel|park|pad|dreef|gracht|steeg|oord|veld|wijk|brug|haven|markt|ring|"
    r"school|kerk|huis|club|vereniging|stichting|platform|zorg|groep|wonen|centrum|bibliotheek|gemeente|politie|team)$",
    re.IGNORECASE,
)
# After a first name these are places and organisations all the same: Jan Steenstraat. The other endings are surnames
# as well: Van Dijk, Groeneveld, Oosterhuis, Versteeg, Verkerk.
_PLACES_ONLY = re.compile(
    r"(?:straat|laan|weg|plein|kade|singel|park|pad|dreef|gracht|markt|school|club|vereniging|stichting|platform|groep|"
    r"wonen|centrum|bibliotheek|gemeente|politie|team)$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(rf" ({_CAPITAL})")
_WORDS = """
ambacht april augustus burendag buurt december dinsdag donderdag februari gemeente hendrik-ido-ambacht januari juli
juni kerst koningsdag maandag maart mei nederland nederlandse nldoet november oktober opschoondag pasen pinksteren
september sinterklaas sociaal stichting vereniging vrijdag wijk wijkteam woensdag zaterdag zondag
"""
_NO_NAMES = frozenset(_WORDS.split())


@dataclass(frozen=True)
class PrivatePiece:
    """A piece of a text, and what it looks like."""

    kind: PrivateKind
    piece: str


def private_pieces(text: str, known: Iterable[str] = ()) -> list[PrivatePiece]:
    """Everything in this text that looks personal, kind by kind.

    `known` are names that are no secret here: wijken, buurten, organisations, departments, and the people who work
    together in this wijk.
    """
    allowed = [_words(name) for name in known]
    nine = (found.group() for found in _NINE.finditer(text))
    numbers = [PrivatePiece(PrivateKind.BSN, found) for found in nine if passes_eleven_test(found)]
    taken = {_digits(piece.piece) for piece in numbers}
    phones = [PrivatePiece(PrivateKind.PHONE, found) for found in _phones(text) if _digits(found) not in taken]
    mails = [PrivatePiece(PrivateKind.EMAIL, found) for found in _EMAIL.findall(text)]
    names = [PrivatePiece(PrivateKind.NAME, found) for found in _names(_EMAIL.sub(" ", text), allowed)]
    return list(dict.fromkeys([*numbers, *phones, *mails, *names]))


def passes_eleven_test(text: str) -> bool:
    """The check of a citizen number: 9·a + 8·b + … + 2·h − 1·i is a multiple of eleven, and not all are zero."""
    digits = [int(digit) for digit in _digits(text)]
    if len(digits) != 9 or not any(digits):
        return False
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _phones(text: str) -> Iterator[str]:
    for found in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.VALID):
        # 112, 14 078 and the like are nobody's own.
        if len(_digits(found.raw_string)) >= FEWEST_DIGITS:
            yield found.raw_string.strip("() ")


def _names(text: str, allowed: list[list[str]]) -> Iterator[str]:
    found_by_form = [found.group().strip() for form in (_TITLED, _INITIALLED) for found in form.finditer(text)]
    titled: list[str] = []
    for piece in found_by_form:
        if not _is_known(piece, allowed) and not any(piece in other for other in titled):
            titled.append(piece)
    yield from titled
    position = 0
    while found := _PAIR.search(text, position):
        # The second capital may begin the next pair: “Morgen Jan Jansen”.
        position = found.start(3)
        if _looks_like_a_name(text, found, allowed) and not any(found.group() in title for title in titled):
            yield found.group()
            position = found.end()


def _looks_like_a_name(text: str, found: re.Match[str], allowed: list[list[str]]) -> bool:
    """A first name with another capital; or two capitals with “van de” between them, in the middle of a sentence."""
    first, between, last = found.group(1), found.group(2), found.group(3)
    no_names = {first.casefold()} if between else {first.casefold(), last.casefold()}
    if _is_known(found.group(), allowed) or no_names & _NO_NAMES:
        return False
    if first.casefold() in FIRST_NAMES or first.partition("-")[0].casefold() in FIRST_NAMES:
        # Also when it goes on: Johan Willem Frisokade.
        following = _FOLLOWING.match(text, found.end())
        return not _PLACES_ONLY.search(following.group(1) if following else last)
    if _PLACES.search(last) or _PLACES.search(first):
        return False
    return bool(between) and not _SENTENCE_STARTS_HERE.search(text[: found.start()])


def _is_known(piece: str, allowed: list[list[str]]) -> bool:
    """A name that is no secret or a part of one, word for word; or with one of several words in it."""
    words = _words(piece)
    return any(_stands_in(words, name) or (len(name) > 1 and _stands_in(name, words)) for name in allowed)


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.casefold())
