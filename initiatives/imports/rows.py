"""Understand a row: what is an initiative, what is refused and why, and what is worth a remark."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from initiatives.enums import Channel, Status
from initiatives.imports import values
from initiatives.imports.areas import Area, AreaFinder
from initiatives.imports.columns import plain
from initiatives.imports.source import SourceRow
from initiatives.imports.values import ValueUnclear
from initiatives.models import Initiative
from shared.themes.models import Theme

T = TypeVar("T")
TITLE_LENGTH = 120
CLOSED = {Status.DONE, Status.DECLINED, Status.PASSED_ON, Status.WITHDRAWN}


class RowRefused(Exception):
    """A row that cannot become an initiative, with every reason at once."""


@dataclass(frozen=True)
class Understood:
    """An initiative that is not saved yet, and what should be known about it."""

    line: int
    initiative: Initiative
    remarks: list[str]


@dataclass
class Reader:
    """Turns rows into initiatives, for one list of one municipality."""

    source: str
    fields: dict[str, str]
    areas: AreaFinder
    themes: dict[str, Theme]
    statuses: dict[str, Status] = field(default_factory=dict)
    default_theme: Theme | None = None
    publish: bool = False
    today: date = field(default_factory=timezone.localdate)
    _lines: dict[str, int] = field(default_factory=dict, init=False)

    def understand(self, row: SourceRow) -> Understood:
        """One row.

        Raises:
            RowRefused: with the reasons, in Dutch.
        """
        reading = _Reading(self, row)
        initiative = reading.initiative()
        if initiative is None:
            raise RowRefused("; ".join(reading.problems))
        first = self._lines.setdefault(initiative.source_id, row.line)
        if first != row.line:
            raise RowRefused(_("hetzelfde staat al op regel %(line)s") % {"line": first})
        return Understood(row.line, initiative, reading.remarks)

    def theme(self, text: str) -> Theme:
        """The theme with this name, or the only one that begins with the same word, or the default.

        Raises:
            ValueUnclear: none of these.
        """
        word = plain(text)
        if word in self.themes:
            return self.themes[word]
        alike = {theme for name, theme in self.themes.items() if word and name.split()[0] == word.split()[0]}
        if len(alike) == 1:
            return alike.pop()
        if self.default_theme:
            return self.default_theme
        if not word:
            raise ValueUnclear(_("er staat geen thema bij"))
        raise ValueUnclear(_("het thema “%(text)s” is onbekend") % {"text": text})


class _Reading:
    """One row while it is read; problems are gathered, so that the report names them all."""

    def __init__(self, reader: Reader, row: SourceRow) -> None:
        self.reader, self.row = reader, row
        self.problems: list[str] = []
        self.remarks: list[str] = []
        if row.surplus:
            self.problems.append(_("de regel heeft meer cellen dan er kolommen zijn"))

    def cell(self, name: str) -> str:
        return self.row.cells.get(self.reader.fields.get(name, ""), "")

    def attempt(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ValueUnclear as problem:
            self.problems.append(str(problem))
            return None

    def initiative(self) -> Initiative | None:
        """The initiative, or nothing when there are problems."""
        amount = self.attempt(lambda: values.amount(self.cell("amount")))
        year = self.attempt(lambda: values.year(self.cell("year"), today=self.reader.today))
        submitted_on = self.attempt(lambda: values.day(self.cell("submitted_on")))
        planned_on = self.attempt(lambda: values.day(self.cell("planned_on")))
        status = self.attempt(lambda: values.status(self.cell("status"), self.reader.statuses))
        theme = self.attempt(lambda: self.reader.theme(self.cell("theme") or self.cell("category")))
        source_id = self.source_id()
        area = self.attempt(lambda: self.area(source_id))
        if not self.cell("title"):
            self.problems.append(_("er staat geen titel bij"))
        if self.problems or area is None or status is None:
            return None

        submitted_at = self.moment(submitted_on, year)
        title, what = self.title_and_what()
        public = {}
        if self.reader.publish:
            text = "\n\n".join(filter(None, [what, self.cell("benefit"), self.facts()]))
            public = {"public_title": title, "public_text": text, "published_at": submitted_at}
        return Initiative(
            channel=Channel.IMPORT,
            status=status,
            title=title,
            what=what,
            benefit=self.cell("benefit"),
            theme=theme,
            wijk=area.wijk,
            buurt=area.buurt,
            place=self.place(area),
            planned_on=planned_on,
            amount=amount,
            name=self.cell("name")[:120],
            email=self.email(),
            phone=self.cell("phone")[:20],
            submitted_at=submitted_at,
            received_at=submitted_at,
            closed_at=submitted_at if status in CLOSED else None,
            source=self.reader.source,
            source_id=source_id,
            **public,
        )

    def source_id(self) -> str:
        """The list's own number, or else a fingerprint of what makes a plan this plan."""
        if number := self.cell("source_id"):
            return number[:100]
        parts = [self.cell(name) for name in ("title", "year", "submitted_on", "place", "buurt", "wijk", "district")]
        return sha256("|".join(map(plain, parts)).encode()).hexdigest()[:32]

    def area(self, source_id: str) -> Area:
        """The wijk of the row."""
        area = self.reader.areas.find(
            municipality=self.cell("municipality"),
            wijk_names=[name for name in (self.cell("wijk_code"), self.cell("wijk"), self.cell("district")) if name],
            buurt_name=self.cell("buurt"),
            postcode=self.cell("postcode"),
            key=source_id,
        )
        if not area.certain:
            self.remarks.append(_("wijk gekozen bij het overnemen: %(wijk)s") % {"wijk": area.wijk})
        return area

    def place(self, area: Area) -> str:
        """Street or place; where the list names a wijk that we do not have, those words are kept."""
        words = [self.cell("place")]
        if not area.certain:
            words += [self.cell("wijk"), self.cell("district"), self.cell("municipality")]
        return Truncator(", ".join(dict.fromkeys(filter(None, words)))).chars(120)

    def moment(self, submitted_on: date | None, year: int | None) -> datetime:
        """When it was sent: a day, else the first day of the year, else today."""
        if submitted_on is None and year is None:
            self.remarks.append(_("geen jaar of datum: de dag van overnemen is gebruikt"))
        on = submitted_on or (date(year, 1, 1) if year else self.reader.today)
        return timezone.make_aware(datetime.combine(min(on, self.reader.today), time(12)))

    def title_and_what(self) -> tuple[str, str]:
        """A title that fits; of a longer one the whole is kept in the text."""
        title, what = " ".join(self.cell("title").split()), self.cell("what")
        if len(title) <= TITLE_LENGTH:
            return title, what
        self.remarks.append(_("titel ingekort; de hele titel staat in de omschrijving"))
        whole = title if title.endswith((".", "!", "?")) else title + "."
        return title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…", "\n\n".join(filter(None, [whole, what]))

    def email(self) -> str:
        """The address when it is one."""
        address = self.cell("email").lower()
        if not address:
            return ""
        try:
            validate_email(address)
        except ValidationError:
            self.remarks.append(_("het e-mailadres “%(address)s” klopt niet en is weggelaten") % {"address": address})
            return ""
        return address

    def facts(self) -> str:
        """What else the list says, in one line for readers."""
        where = ", ".join(dict.fromkeys(filter(None, map(self.cell, ("wijk", "district", "municipality")))))
        parts = [
            (_("Uit een eerdere lijst"), self.cell("process")),
            (_("waar"), where),
            (_("jaar"), self.cell("year")),
            (_("bedrag"), self.cell("amount_kind")),
            (_("stemmen"), self.cell("votes")),
            (_("bron"), self.cell("origin")),
        ]
        return " · ".join(f"{name}: {words}" for name, words in parts if words)
