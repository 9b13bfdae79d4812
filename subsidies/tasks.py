"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from subsidies.workflow import drafts


@shared_task
def tidy_drafts() -> None:
    """Warn about old drafts, and delete those nobody came back for."""
    now = timezone.now()
    drafts.warn_old_drafts(now)
    drafts.delete_old_drafts(now)


@shared_task
def wipe_idle_drafts() -> None:
    """Wipe answers that were left behind in a browser."""
    drafts.wipe_idle_drafts(timezone.now())


TIMETABLE = {
    "subsidies.tidy_drafts": (tidy_drafts, crontab(hour=4, minute=20)),
    "subsidies.wipe_idle_drafts": (wipe_idle_drafts, crontab(minute="2-59/5")),
}
