"""Keep locale/en complete: find every string in the sources, without any program of the system (`make messages`)."""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

REPOSITORY = Path(__file__).resolve().parent.parent
CATALOGUE = REPOSITORY / "locale/en/LC_MESSAGES/django.po"
ROOMS = ["wbw_portal", "subsidies", "partners", "participation", "initiatives", "ambassadors", "shared"]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
KEYWORDS = {
    "_": None,
    # What a table of names with one word each calls gettext_lazy.
    "T": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass
class Message:
    """A string of the sources; the places are kept so that a translator can look."""

    text: str
    plural: str = ""
    context: str | None = None
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text

    @property
    def is_format(self) -> bool:
        return bool(PLACEHOLDER.search(self.text + self.plural))


def find_messages() -> dict[tuple[str | None, str], Message]:
    """Every string of our Python and templates, in the order of the files."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in _sources():
        for message in _messages_of(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if (place := str(path.relative_to(REPOSITORY))) not in known.places:
                known.places.append(place)
    return found


def problems() -> list[str]:
    """What keeps the English translation from being complete and true."""
    catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    messages = find_messages()
    missing = [f"not in the catalogue: {key[1]!r} ({messages[key].places[0]})" for key in messages.keys() - entries]
    unused = [f"no longer in the sources: {text!r}" for _context, text in entries.keys() - messages.keys()]
    return sorted([*missing, *unused, *(problem for entry in entries.values() for problem in _problems_of(entry))])


def update() -> polib.POFile:
    """Write the catalogue anew: what was translated stays, what is new is empty, what is gone is gone."""
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=120)
    new.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in find_messages().values():
        new.append(_entry(message, known.get(message.key)))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(CATALOGUE))
    return new


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, occurrences=[(p, "") for p in message.places])
    if message.is_format:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = known.msgstr_plural if known and known.msgid_plural else {0: "", 1: ""}
    elif known:
        entry.msgstr = known.msgstr
    if known and known.fuzzy:
        entry.flags.append("fuzzy")
    return entry


def _problems_of(entry: polib.POEntry) -> Iterator[str]:
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    if not all(translations):
        yield f"not translated: {entry.msgid!r} ({entry.occurrences[0][0] if entry.occurrences else '?'})"
        return
    expected = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    if unknown := {name for text in translations for name in _placeholders(text)} - expected:
        yield f"unknown placeholder {', '.join(sorted(unknown))} in the translation of {entry.msgid!r}"
    if not entry.msgid_plural and (lost := expected - _placeholders(entry.msgstr)):
        yield f"{', '.join(sorted(lost))} is missing from the translation of {entry.msgid!r}"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _sources() -> list[Path]:
    python = [path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py") if "migrations" not in path.parts]
    folders = [REPOSITORY / "templates", *(REPOSITORY / room for room in ROOMS)]
    templates = [path for folder in folders for kind in ("html", "txt", "svg") for path in folder.rglob(f"*.{kind}")]
    return sorted({*python, *(path for path in templates if path.parent.name != "data")})


def _messages_of(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_python(source)
    for _line, found, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        parts = [part for part in ([found] if isinstance(found, str) else list(found)) if part != context]
        if parts and parts[0]:
            yield Message(parts[0], parts[1] if len(parts) > 1 else "", context)


def _as_python(source: str) -> str:
    """Django turns a template into lines that look like Python; indentation means nothing in them."""
    return "\n".join(line.lstrip() for line in templatize(source).splitlines())


def main() -> None:
    """Update the catalogue and say what is left to translate."""
    catalogue = update()
    left = catalogue.untranslated_entries() + catalogue.fuzzy_entries()
    print(f"{CATALOGUE.relative_to(REPOSITORY)}: {len(catalogue)} texts, {len(left)} to translate.")
    sys.exit(0)


if __name__ == "__main__":
    main()
