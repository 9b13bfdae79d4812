"""The light markup of letters.

Only what stands in the template itself is markup. Before Django sees the template, each mark in it becomes a
sign that nobody can guess; whatever a resident typed is filled in afterwards and can therefore never become a list,
a link or a new paragraph of ours.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loaders import filesystem

_SECRET = secrets.token_hex(8)
HOLE = f"\ue000{_SECRET}hole\ue001"

_TAGS = r"(?:\{%[^\n]*?%\}|\{#[^\n]*?#\})*"
_BUTTON = re.compile(r"\[\[([^\]\n]+)\]\]\(([^)\n]+)\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\n]+)\)")
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"]+")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class LetterIncomplete(Exception):
    """A letter cannot be written: a word is missing from it, or an address in it is not one."""


@dataclass(frozen=True)
class Link:
    """An address with the words to click on."""

    label: str
    url: str


Part = str | Link


@dataclass(frozen=True)
class Block:
    """One piece of a letter: paragraph, heading, item, quote, button or footer. A newline in a part is a line break."""

    kind: str
    parts: tuple[Part, ...]

    def as_json(self) -> dict[str, Any]:
        """The block as the outbox keeps it."""
        parts = [part if isinstance(part, str) else {"label": part.label, "url": part.url} for part in self.parts]
        return {"kind": self.kind, "parts": parts}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Block":
        """The block as it was kept."""
        return cls(value["kind"], tuple(part if isinstance(part, str) else Link(**part) for part in value["parts"]))


def _sign(name: str) -> str:
    return f"\ue000{_SECRET}{name}\ue001"


NEW_LINE, BREAK, LABEL, TARGET, END = map(_sign, ("line", "break", "label", "target", "end"))
BUTTON = _sign("button")
# What a line may start with, and the kind of block it makes; the longest first.
STARTS = {"-- ": "footer", "## ": "heading", "- ": "item", "> ": "quote"}
ONE_LINE = {"heading", "button"}
_KINDS = {_sign(kind): kind for kind in STARTS.values()} | {BUTTON: "button"}
_LINK_MARKED = re.compile(f"{LABEL}(.*?){TARGET}(.*?){END}", re.DOTALL)


class LetterLoader(filesystem.Loader):
    """Reads a letter's template with our marks turned into signs."""

    def get_contents(self, origin: Any) -> str:
        """The template's source, ready for Django."""
        return mark(super().get_contents(origin))


def mark(source: str) -> str:
    """Turn the marks of a template into signs; see the module's description."""
    source = _BUTTON.sub(rf"{BUTTON}{LABEL}\1{TARGET}\2{END}", source.replace("\r\n", "\n"))
    source = _LINK.sub(rf"{LABEL}\1{TARGET}\2{END}", source)
    for start, kind in STARTS.items():
        source = re.sub(rf"^({_TAGS}){re.escape(start)}", rf"\1{_sign(kind)}", source, flags=re.MULTILINE)
    return source.replace("\\\n", BREAK).replace("\n", NEW_LINE)


def parse(rendered: str) -> tuple[str, tuple[Block, ...]]:
    """Divide a filled-in letter into its subject (the first line) and its blocks.

    Raises:
        LetterIncomplete: a variable of the template was not given, or a link leads nowhere.
    """
    if HOLE in rendered:  # a variable that the context did not have
        raise LetterIncomplete(f"The letter needs {rendered.partition(HOLE)[0].split()[-1]}.")
    rendered = _CONTROL_CHARACTERS.sub("", rendered.replace("\r\n", "\n").replace("\r", "\n"))
    subject, _line, body = rendered.partition(NEW_LINE)
    return " ".join(subject.split()), tuple(_blocks(body))


def _blocks(body: str) -> Iterator[Block]:
    kind, lines = "", list[str]()
    for line in (line.strip(" \t") for line in body.split(NEW_LINE)):
        started = next((_KINDS[sign] for sign in _KINDS if line.startswith(sign)), "")
        ends = not line or kind in ONE_LINE or (started and (started, kind) != ("quote", "quote"))
        if lines and ends:
            yield from _block(kind, lines)
            lines = []
        if line:
            kind = started or (kind if lines else "paragraph")
            lines.append(line.removeprefix(_sign(started)))
    yield from _block(kind, lines)


def _block(kind: str, lines: list[str]) -> Iterator[Block]:
    text = ("\n" if kind == "quote" else " ").join(lines)
    text = re.sub(r"\n\s*\n", "\n\n", text.replace(BUTTON, "").replace(BREAK, "\n"))
    parts = tuple(_parts(text.strip()))
    if parts:
        yield Block(kind, parts)


def _parts(text: str) -> Iterator[Part]:
    position = 0
    for match in _LINK_MARKED.finditer(text):
        if before := text[position : match.start()]:
            yield before
        yield _link(match.group(1), match.group(2).strip())
        position = match.end()
    if rest := text[position:]:
        yield rest


def _link(label: str, url: str) -> Link:
    if not _ADDRESS.fullmatch(url):
        raise LetterIncomplete(f"“{url}” is not a full address; see shared.links.absolute.")
    return Link(" ".join(label.split()), url)
