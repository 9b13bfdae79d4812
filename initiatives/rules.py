"""Verdicts and sums about initiatives that need no database."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.terms.calendar import KNOWN, Calendar

# Searching must not trip over accents, nor over the way Dutch plurals change the last letter of a stem
# (initiatief, initiatieven; huis, huizen), which the Dutch stemmer of PostgreSQL does not undo. PostgreSQL's
# translate() and `fold` use the same table, so that what is stored and what is asked are folded alike.
FOLD_FROM = "áàâäãåéèêëíìîïóòôöõúùûüçñýÿvz"
FOLD_TO = "aaaaaaeeeeiiiiooooouuuucnyyfs"
_FOLD = str.maketrans(FOLD_FROM, FOLD_TO)

_LINK = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|org|info|ru|cn|top|xyz|shop|online|site|biz)\b",
    re.IGNORECASE,
)
# A phone number of ten digits, also abroad; an e-mail address; a citizen number (nine digits that may pass for one).
_PRIVATE = (
    re.compile(r"(?<![\w.])(?:\+31|0031|0)[ -]?(?:\d[ -]?){8}\d(?!\d)"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\d.,])\d{9}(?!\d)|(?<![\d.,])\d{3}\.\d{3}\.\d{3}(?!\d)|(?<![\d.,])\d{4}\.\d{2}\.\d{3}(?!\d)"),
)


def fold(text: str) -> str:
    """The text in lower case without accents, in which v/f and z/s are alike."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


def has_link(texts: Iterable[str]) -> bool:
    """Whether any of the texts holds a web address: what unwanted messages nearly always have."""
    return any(_LINK.search(text) for text in texts)


def private_details(text: str) -> list[str]:
    """Pieces of a text that look like a phone number, an e-mail address or a citizen number: not for a website."""
    return [found.strip() for pattern in _PRIVATE for found in pattern.findall(text)]


def promised_by(received_on: date, working_days: int, calendar: Calendar = KNOWN) -> date:
    """The day before which the municipality promises a first answer: so many working days after receipt."""
    return calendar.add_working_days(received_on, working_days)


def public_text(what: str, benefit: str) -> str:
    """The text that is proposed for the website: the resident's own words."""
    return "\n\n".join(part.strip() for part in (what, benefit) if part.strip())


@dataclass(frozen=True)
class StandardTextValues:
    """What a standard text may refer to between braces."""

    naam: str
    titel: str
    nummer: str
    wijk: str
    behandelaar: str


def fill_in(text: str, values: StandardTextValues) -> str:
    """Fill the known names between braces; anything else between braces stays as it stands."""
    known = vars(values)
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), text)
