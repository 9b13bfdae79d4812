"""Clean what people type or paste, without changing what they mean."""

import re
import unicodedata

# Marks that turn the reading direction round: they can make a text look like another one.
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\ufeff\u00ad"
_REMOVE = dict.fromkeys(map(ord, BIDI + INVISIBLE))
_LIGATURES = str.maketrans({"Ĳ": "IJ", "ĳ": "ij"})
_SPACES = re.compile(r"[^\S\n]+")


def one_line(text: str) -> str:
    """Composed characters, one space between words, nothing invisible."""
    return " ".join(_clean(text).split())


def paragraphs(text: str) -> str:
    """The same for longer text: line ends stay, at most one empty line between paragraphs."""
    lines = [_SPACES.sub(" ", line).strip() for line in _clean(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(_LIGATURES).translate(_REMOVE).replace("\t", " ")
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) != "Cc")
