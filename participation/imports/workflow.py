"""Register or update what a list says. Running it again changes nothing that did not change in the list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from initiatives.imports import source
from participation import policies, workflow
from participation.imports.columns import recognise
from participation.imports.rows import Reader, RowRefused, Understood
from participation.models import Project
from participation.workflow import Details
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
                result, project = _apply(found, list_name, by)
        except (RowRefused, WorkflowError) as refusal:
            yield Line(row.line, row.cells.get(title, ""), Result.REFUSED, [str(refusal)])
        else:
            yield Line(row.line, found.details.title, result, found.remarks, project.reference)


def _apply(found: Understood, list_name: str, by: User) -> tuple[Result, Project]:
    known = Project.objects.filter(source=list_name, source_id=found.source_id).first()
    if known is None:
        project = workflow.register(
            found.details,
            found.planning,
            by=by,
            phase=found.phase,
            source=list_name,
            source_id=found.source_id,
        )
        return Result.NEW, project
    details, planning = _same_details(known, found.details), _same_planning(known, found)
    if details and planning:
        return Result.SAME, known
    if refusal := policies.why_not_change(by, known):
        raise WorkflowError(refusal)
    if not details:
        known = workflow.change(known, _keeping(known, found.details), by=by)
    if not planning:
        known = workflow.plan(known, found.planning, by=by)
    return Result.CHANGED, known


def _keeping(known: Project, details: Details) -> Details:
    """What the list does not say stays as people filled it in."""
    kept = {name: getattr(known, name) for name in ("contact_name", "contact_phone", "contact_email")}
    kept |= {"latitude": known.latitude, "longitude": known.longitude}
    kept |= {name: getattr(details, name) or getattr(known, name) for name in ("lead", "alderman")}
    return Details(**{**vars(details), **kept})


def _same_details(known: Project, details: Details) -> bool:
    wanted = _keeping(known, details)
    columns = all(
        getattr(known, name) == value
        for name, value in vars(wanted).items()
        if name not in ("wijken", "buurten", "themes")
    )
    lists = all(
        set(getattr(known, name).all()) == set(getattr(wanted, name)) for name in ("wijken", "buurten", "themes")
    )
    return columns and lists


def _same_planning(known: Project, found: Understood) -> bool:
    dates = {phase.kind: (phase.planned_from, phase.planned_to) for phase in known.phases.all()}
    planned = {each.kind: (each.planned_from, each.planned_to) for each in found.planning}
    return all(dates.get(kind) == value for kind, value in planned.items())
