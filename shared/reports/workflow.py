"""Taking a report out of the house: the only module that starts, makes and deletes exports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.reports import csv_file, registry, xlsx_file
from shared.reports.columns import Column, Filters, Report
from shared.reports.enums import FileFormat, JobStatus
from shared.reports.models import ExportJob

# A workbook with more rows than this is made by the worker; CSV streams whatever its length.
MOST_ROWS_IN_A_REQUEST = 10_000
KEEP_FILES = timedelta(days=7)


class ExportRefused(WorkflowError):
    """This person may not take this report, or the format cannot hold it."""


@dataclass(frozen=True)
class Order:
    """Who asks for which report, with which filters, as what."""

    report: Report
    owner: User
    filters: Filters
    file_format: FileFormat

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the owner may see."""
        return self.report.columns_for(self.owner)

    def count(self) -> int:
        """The number of rows now."""
        return self.report.rows(self.owner, self.filters).order_by().count()


def stream(order: Order) -> Iterator[bytes]:
    """Record the export and give the CSV file in blocks."""
    _check(order)
    _record(order, order.count())
    return csv_file.blocks(order.report.rows(order.owner, order.filters), order.columns)


def workbook(order: Order, count: int, path: Path) -> None:
    """Record the export and write the XLSX file at once: for tables of at most `MOST_ROWS_IN_A_REQUEST` rows."""
    _check(order, count)
    _record(order, count)
    _write(order, path)


@transaction.atomic
def start_job(order: Order, count: int) -> ExportJob:
    """Record the export and let the worker make the file.

    Raises:
        ExportRefused: not for this person, or more rows than the format can hold.
    """
    _check(order, count)
    now = timezone.now()
    job = ExportJob.objects.create(
        owner=order.owner,
        report=order.report.name,
        filters=order.filters,
        file_format=order.file_format,
        language=translation.get_language() or "nl",
        rows_total=count,
        asked_at=now,
        touched_at=now,
        expires_at=now + KEEP_FILES,
    )
    _record(order, count)
    return job


def make(job_id: UUID) -> bool:
    """Make the file of a job that nobody works on; False when there is nothing to do. Safe to run twice."""
    job = _claim(job_id)
    if job is None:
        return False
    report = registry.find(job.report)
    if report is None or not report.may_export(job.owner):
        _finish(job, JobStatus.FAILED)
        return False
    try:
        _make_file(job, Order(report, job.owner, job.filters, FileFormat(job.file_format)))
    except Exception:
        _finish(job, JobStatus.FAILED)
        raise
    return True


def delete_expired() -> int:
    """Delete files and jobs whose time is over; the event stays."""
    expired = ExportJob.objects.expired(timezone.now())
    number = 0
    for job in expired.order_by("expires_at").iterator():
        job.file.delete(save=False)
        job.delete()
        number += 1
    return number


def _check(order: Order, count: int = 0) -> None:
    if not order.report.may_export(order.owner):
        raise ExportRefused(_("U mag deze gegevens niet exporteren. Vraag de functioneel beheerder om hulp."))
    if order.file_format is FileFormat.XLSX and count > xlsx_file.MOST_ROWS:
        raise ExportRefused(_("Dit zijn te veel rijen voor Excel. Kies CSV, of maak de selectie kleiner."))


def _record(order: Order, count: int) -> None:
    """Leave an event that says what left the house, without the personal data themselves."""
    hidden = _("(zoekwoord)")
    filters = {key: hidden if key in order.report.free_text else value for key, value in order.filters.items()}
    trail.record_export(
        order.report.model,
        by=order.owner,
        rows=count,
        filters={"report": order.report.name, "format": str(order.file_format), **filters},
        fields=[column.key for column in order.columns],
    )


@transaction.atomic
def _claim(job_id: UUID) -> ExportJob | None:
    now = timezone.now()
    free = ExportJob.objects.to_make(now).select_for_update(skip_locked=True, of=("self",))
    job = free.select_related("owner").filter(pk=job_id).first()
    if job is not None:
        job.status, job.touched_at, job.rows_done = JobStatus.RUNNING, now, 0
        job.save(update_fields=["status", "touched_at", "rows_done"])
    return job


def _make_file(job: ExportJob, order: Order) -> None:
    def tell(done: int) -> None:
        ExportJob.objects.filter(pk=job.pk).update(rows_done=done, touched_at=timezone.now())

    with translation.override(job.language), NamedTemporaryFile(suffix=f".{job.file_format}") as made:
        job.rows_done = _write(order, Path(made.name), tell)
        job.file.save(f"{job.pk}.{job.file_format}", File(made), save=False)
    _finish(job, JobStatus.READY)


def _write(order: Order, path: Path, tell: Callable[[int], object] = lambda done: None) -> int:
    rows = order.report.rows(order.owner, order.filters)
    return xlsx_file.write(
        path, rows, order.columns, title=str(order.report.title), notes=_notes(order), on_progress=tell
    )


def _notes(order: Order) -> list[tuple[str, str]]:
    chosen = ", ".join(f"{key}: {value}" for key, value in order.filters.items()) or _("geen, dit zijn alle rijen")
    made_at: datetime = timezone.localtime()
    return [
        (_("Gemaakt op"), f"{made_at:%d-%m-%Y %H:%M}"),
        (_("Gekozen filters"), chosen),
        (_("Bedragen en tijden"), _("In euro's; Nederlandse tijd.")),
    ]


def _finish(job: ExportJob, status: JobStatus) -> None:
    job.status, job.touched_at = status, timezone.now()
    job.expires_at = job.touched_at + KEEP_FILES
    job.save()
