"""Clock-driven calls."""

from celery import shared_task
from celery.schedules import crontab

from shared.documents import workflow


@shared_task
def sweep() -> None:
    """Delete the files of forms that were never sent."""
    workflow.sweep()


TIMETABLE = {"documents.sweep": (sweep, crontab(hour=3, minute=40))}
