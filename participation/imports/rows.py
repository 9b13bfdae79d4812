"""Understand a row of a project list: what it says, what is refused and why, and what is worth a remark."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.imports import values
from initiatives.imports.columns import plain
from initiatives.imports.source import SourceRow
from initiatives.imports.values import ValueUnclear
from participation.enums import PHASE_ORDER, BudgetBand, DecidingBody, PhaseKind, ProjectKind
from participation.imports.columns import PHASE_NAMES
from participation.models import Alderman
from participation.workflow import Details, Planned
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.themes.models import Theme
from shared.wijken.models import Buurt, Wijk

T = TypeVar("T")
SEPARATOR = re.compile(r"\s*[;,/]\s*")
KINDS = {
    "project": ProjectKind.PROJECT,
    "beleid": ProjectKind.POLICY,
    "omgevingsplan": ProjectKind.ENVIRONMENT_PLAN,
    "uitvoering": ProjectKind.EXECUTION,
    "onderhoud": ProjectKind.EXECUTION,
}
BODIES = {
    "projectleider": DecidingBody.LEAD,
    "opdrachtgever": DecidingBody.LEAD,
    "mt": DecidingBody.MANAGEMENT,
    "managementteam": DecidingBody.MANAGEMENT,
    "college": DecidingBody.EXECUTIVE,
    "bw": DecidingBody.EXECUTIVE,
    "b w": DecidingBody.EXECUTIVE,
    "raad": DecidingBody.COUNCIL,
    "gemeenteraad": DecidingBody.COUNCIL,
}
PHASES = {name: kind for kind, name in PHASE_NAMES.items()} | {
    "initiatief": PhaseKind.IDEA,
    "definitie": PhaseKind.START_NOTE,
    "voorbereiding": PhaseKind.DESIGN,
    "realisatie": PhaseKind.EXECUTION,
    "nazorg": PhaseKind.EVALUATION,
}
UNKNOWN = {
    "wijken": gettext_lazy("deze wijk kennen wij niet: %(names)s"),
    "buurten": gettext_lazy("deze buurt kennen wij niet: %(names)s"),
    "themes": gettext_lazy("dit thema kennen wij niet: %(names)s"),
}
BANDS = ((25_000, BudgetBand.SMALL), (100_000, BudgetBand.MIDDLE), (1_000_000, BudgetBand.LARGE))


class RowRefused(Exception):
    """A row that cannot become a project, with every reason at once."""


@dataclass(frozen=True)
class Understood:
    """What a row says of a project.

    `details` is complete, for a project that is new; `said` names what the row itself filled in, so that an update
    writes nothing over what people did in the portal.
    """

    line: int
    source_id: str
    details: Details
    said: frozenset[str]
    phase: PhaseKind
    planning: list[Planned]
    remarks: list[str]


@dataclass
class Reader:
    """Turns rows into register entries. Names are found as people write them; `department` is for rows without one."""

    fields: Mapping[str, str]
    today: date
    department: Department | None = None
    departments: dict[str, Department] = field(default_factory=dict)
    leads: dict[str, User] = field(default_factory=dict)
    aldermen: dict[str, Alderman] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    wijken: dict[str, Wijk] = field(default_factory=dict)
    buurten: dict[str, Buurt] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict, init=False)

    @classmethod
    def of_today(cls, fields: Mapping[str, str], *, today: date, department: Department | None) -> "Reader":
        """With everything that can be named now."""
        leads = {
            key: user for user in User.objects.active_in_role(Role.PROJECT_LEAD) for key in (user.email, user.name)
        }
        wijken = Wijk.objects.current().without_geometry()
        return cls(
            fields=fields,
            today=today,
            department=department,
            departments={plain(each.name): each for each in Department.objects.all()},
            leads={plain(key): user for key, user in leads.items()},
            aldermen={plain(each.name): each for each in Alderman.objects.all()},
            themes={plain(each.name): each for each in Theme.objects.all()},
            wijken={plain(key): each for each in wijken for key in (each.code, each.name, each.short_name)},
            buurten={
                plain(key): each
                for each in Buurt.objects.current().without_geometry().select_related("wijk")
                for key in (each.code, each.name)
            },
        )

    def understand(self, row: SourceRow) -> Understood:
        """One row.

        Raises:
            RowRefused: with the reasons, in Dutch.
        """
        found = _Reading(self, row).read()
        first = self._lines.setdefault(found.source_id, row.line)
        if first != row.line:
            raise RowRefused(
                _("nummer %(number)s staat al op regel %(line)s") % {"number": found.source_id, "line": first}
            )
        return found


class _Reading:
    """One row while it is read; problems are gathered, so that the report names them all."""

    def __init__(self, reader: Reader, row: SourceRow) -> None:
        self.reader, self.row = reader, row
        self.problems: list[str] = []
        self.remarks: list[str] = []

    def cell(self, name: str) -> str:
        return self.row.cells.get(self.reader.fields.get(name, ""), "")

    def attempt(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ValueUnclear as problem:
            self.problems.append(str(problem))
            return None

    def read(self) -> Understood:
        if self.row.surplus:
            self.problems.append(_("de regel heeft meer cellen dan er kolommen zijn"))
        for name, problem in (("title", _("er staat geen titel bij")), ("source_id", _("er staat geen nummer bij"))):
            if not self.cell(name):
                self.problems.append(problem)
        department = self.attempt(self.department)
        started_on = self.attempt(lambda: values.day(self.cell("started_on")))
        kind = self.attempt(lambda: self.one_of("kind", KINDS, ProjectKind.PROJECT))
        body = self.attempt(lambda: self.one_of("deciding_body", BODIES, DecidingBody.EXECUTIVE))
        phase = self.attempt(lambda: self.one_of("phase", PHASES, PhaseKind.START_NOTE))
        band = self.attempt(self.budget_band)
        wijken, buurten = self.attempt(lambda: self.listed("wijken", self.reader.wijken)), self.attempt(self.buurten)
        themes = self.attempt(lambda: self.listed("themes", self.reader.themes))
        planning = self.attempt(self.planning)
        if self.problems or department is None or kind is None or body is None or phase is None or planning is None:
            raise RowRefused("; ".join(self.problems))
        places = {each.wijk_id: each.wijk for each in buurten or []} | {each.pk: each for each in wijken or []}
        details = Details(
            title=" ".join(self.cell("title").split())[:120],
            summary=self.cell("summary")[:1500] or self.cell("title"),
            kind=kind,
            department=department,
            deciding_body=body,
            started_on=started_on or self.reader.today,
            lead=self.known("lead", self.reader.leads, _("projectleider “%(name)s” is hier niet bekend")),
            alderman=self.known(
                "alderman", self.reader.aldermen, _("portefeuillehouder “%(name)s” is hier niet bekend")
            ),
            budget_band=band or BudgetBand.UNKNOWN,
            wijken=list(places.values()),
            buurten=list(buurten or []),
            themes=list(themes or []),
            place=self.cell("place")[:120],
        )
        source_id = self.cell("source_id")[:100]
        return Understood(self.row.line, source_id, details, self.said(details), phase, planning, self.remarks)

    def said(self, details: Details) -> frozenset[str]:
        """The details that stand in the row; a name that nobody knows here says nothing."""
        filled = {name for name in (*(each.name for each in fields(Details)), "phase") if self.cell(name)}
        return frozenset(filled - {name for name in ("lead", "alderman") if getattr(details, name) is None})

    def department(self) -> Department:
        name = self.cell("department")
        if not name and self.reader.department:
            return self.reader.department
        if found := self.reader.departments.get(plain(name)):
            return found
        if name:
            raise ValueUnclear(_("de afdeling “%(name)s” is onbekend") % {"name": name})
        raise ValueUnclear(_("er staat geen afdeling bij"))

    def one_of(self, name: str, words: Mapping[str, T], otherwise: T) -> T:
        text = self.cell(name)
        if not text:
            return otherwise
        if plain(text) in words:
            return words[plain(text)]
        raise ValueUnclear(
            _("“%(text)s” begrijpen wij niet. Kies uit: %(words)s") % {"text": text, "words": ", ".join(words)}
        )

    def budget_band(self) -> BudgetBand:
        text = self.cell("budget_band")
        known = {plain(str(label)): BudgetBand(value) for value, label in BudgetBand.choices}
        if plain(text) in known:
            return known[plain(text)]
        amount = values.amount(text)
        if amount is None:
            return BudgetBand.UNKNOWN
        return next((band for limit, band in BANDS if amount < limit), BudgetBand.HUGE)

    def listed(self, name: str, known: Mapping[str, T]) -> list[T]:
        words = [word for word in SEPARATOR.split(self.cell(name)) if word]
        unknown = [word for word in words if plain(word) not in known]
        if unknown:
            raise ValueUnclear(UNKNOWN[name] % {"names": ", ".join(unknown)})
        return list(dict.fromkeys(known[plain(word)] for word in words))

    def buurten(self) -> list[Buurt]:
        return self.listed("buurten", self.reader.buurten)

    def known(self, name: str, known: Mapping[str, T], remark: str) -> T | None:
        text = self.cell(name)
        found = known.get(plain(text))
        if text and found is None:
            self.remarks.append(remark % {"name": text})
        return found

    def planning(self) -> list[Planned]:
        found = []
        for kind in PHASE_ORDER:
            begin, end = values.day(self.cell(f"{kind}_from")), values.day(self.cell(f"{kind}_to"))
            if begin and end and end < begin:
                raise ValueUnclear(_("de fase %(phase)s eindigt voordat zij begint") % {"phase": PHASE_NAMES[kind]})
            if begin or end:
                found.append(Planned(kind, begin, end))
        return found


def first_columns(rows: Iterable[SourceRow]) -> list[str]:
    """The headings, as the first row has them."""
    return next((list(row.cells) for row in rows), [])
