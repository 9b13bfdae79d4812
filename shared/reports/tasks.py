"""What the worker does for reports: make the files that were asked for, and delete the old ones."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from shared.reports import workflow
from shared.reports.models import ExportJob


@shared_task
def make_export(job_id: str) -> None:
    """Make one file."""
    workflow.make(UUID(job_id))


@shared_task
def sweep_exports() -> None:
    """Make what was left lying because the queue or a worker was away, and delete what is over its time."""
    waiting = ExportJob.objects.to_make(timezone.now()).order_by("asked_at")
    for job_id in list(waiting.values_list("pk", flat=True)):
        workflow.make(job_id)
    workflow.delete_expired()


TIMETABLE = {"reports.sweep_exports": (sweep_exports, timedelta(minutes=5))}
