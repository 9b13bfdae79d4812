"""Register or update what a list says. Running it again changes nothing that did not change in the list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.imports import source
from participation import policies, workflow
from participation.imports import updates
from participation.imports.columns import recognise
from participation.imports.rows import Reader, RowRefused, Understood
from participation.models import Project
from shared.accounts.models import Department, User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


class Result(StrEnum):
    """What a row led to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """One row of the report."""

    line: int
    title: str
    result: Result
    remarks: list[str] = field(default_factory=list)
    reference: str = ""


@dataclass(frozen=True)
class Report:
    """What would happen, or what happened."""

    lines: list[Line]
    dry_run: bool

    def count(self, result: Result) -> int:
        """How many rows ended so."""
        return sum(line.result is result for line in self.lines)


def take_over(
    path: Path, *, list_name: str, by: User, department: Department | None = None, dry_run: bool = True
) -> Report:
    """Read the list and take over each row that can be understood; a refused row stops no other.

    Raises:
        SourceUnreadable: it is no list.
        ColumnsUnclear: the headings do not say where numbers and titles are.
    """
    rows = list(source.read(path))
    fields = recognise(dict.fromkeys(heading for row in rows for heading in row.cells))
    reader = Reader.of_today(fields, today=today(), department=department)
    with transaction.atomic():
        lines = list(_lines(rows, reader, list_name, by))
        transaction.set_rollback(dry_run)
    return Report(lines, dry_run)


def _lines(rows: list[source.SourceRow], reader: Reader, list_name: str, by: User) -> Iterator[Line]:
    title = reader.fields["title"]
    for row in rows:
        try:
            found = reader.understand(row)
            with transaction.atomic():
                line = _apply(found, list_name, by)
        except (RowRefused, WorkflowError) as refusal:
            line = Line(row.line, row.cells.get(title, ""), Result.REFUSED, [str(refusal)])
        yield line


def _apply(found: Understood, list_name: str, by: User) -> Line:
    known = Project.objects.filter(source=list_name, source_id=found.source_id).first()
    if known is None:
        result, remarks = Result.NEW, _on_arrival(found)
        known = workflow.register(
            found.details, found.planning, by=by, phase=found.phase, source=list_name, source_id=found.source_id
        )
    else:
        result, remarks = _update(known, found, by), _on_update(known, found)
    return Line(found.line, found.details.title, result, [*found.remarks, *remarks], known.reference)


def _update(known: Project, found: Understood, by: User) -> Result:
    details, planning = updates.details(known, found), updates.planning(known, found)
    same_details, same_planning = updates.is_same(known, details), planning == updates.planned(known)
    if same_details and same_planning:
        return Result.SAME
    if refusal := policies.why_not_change(by, known):
        raise WorkflowError(refusal)
    if not same_details:
        known = workflow.change(known, details, by=by)
    if not same_planning:
        workflow.plan(known, planning, by=by)
    return Result.CHANGED


def _on_arrival(found: Understood) -> list[str]:
    return [] if "started_on" in found.said else [_("geen begindatum: vandaag is gebruikt")]


def _on_update(known: Project, found: Understood) -> list[str]:
    """What the list says differently, and only people change."""
    remarks = []
    if "phase" in found.said and found.phase != known.phase:
        words = {"listed": found.phase.label, "here": known.phase_label}
        remarks.append(
            _("fase in de lijst: “%(listed)s”, hier: “%(here)s”. De fase verandert alleen in het portaal") % words
        )
    if "started_on" in found.said and found.details.started_on != known.started_on:
        remarks.append(_("de begindatum is hier anders. De begindatum verandert alleen in het portaal"))
    return remarks
