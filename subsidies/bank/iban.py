"""Account numbers: read in every notation, shown in groups of four or as the last four signs."""

import re
import unicodedata

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

HOME = "NL"
# Names that say nothing about who somebody is.
SMALL_WORDS = frozenset({"van", "der", "den", "de", "het", "ten", "ter", "en", "eo", "cj", "dhr", "heer", "mevr", "mw"})


def read(text: str) -> str | None:
    """The number without spaces, or None when no bank can have given it out."""
    bare = re.sub(r"[\s.\-]", "", text).upper().removeprefix("IBAN")
    try:
        return str(IBAN(bare, validate_bban=True).compact)
    except SchwiftyException:
        return None


def shown(number: str) -> str:
    """In groups of four, as on a bank card."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def masked(number: str) -> str:
    """The last four signs."""
    return f"•••• {number[-4:]}"


def bank_name(number: str) -> str:
    """Which bank it is, as far as is known."""
    return str(IBAN(number).bank_name or "")


def is_foreign(number: str) -> bool:
    """Whether the account is abroad."""
    return not number.startswith(HOME)


def same_name(holder: str, *names: str) -> bool:
    """Whether the holder shares a telling word with one of the names: "A. de Vries" and "Anna de Vries" do."""
    words = _telling(holder)
    return any(words & _telling(name) for name in names)


def _telling(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return {word for word in re.findall(r"[a-z]+", plain) if len(word) > 1 and word not in SMALL_WORDS}
