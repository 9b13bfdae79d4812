"""Clock-driven calls: take what is due, one workflow call each; safe to run twice."""

from celery import shared_task
from celery.schedules import crontab

from participation import workflow
from shared.terms.calendar import today


@shared_task
def remind() -> None:
    """Remind of checks, feedback and evaluations."""
    workflow.remind(today())


TIMETABLE = {"participation.remind": (remind, crontab(hour=7, minute=25))}
