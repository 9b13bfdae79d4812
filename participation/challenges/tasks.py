"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from participation.challenges import workflow
from participation.challenges.models import Challenge
from shared import municipality
from shared.terms.calendar import today


@shared_task
def remind() -> None:
    """Remind colleagues of talks that are late and decisions that are near."""
    day = today()
    horizon = day + timedelta(days=municipality.current().challenges.reminder_days)
    for challenge in Challenge.objects.to_remind_by(day, horizon):
        workflow.remind(challenge, day, horizon)


@shared_task
def tidy_drafts() -> None:
    """Warn about old drafts, and delete those nobody came back for."""
    now = timezone.now()
    workflow.warn_old_drafts(now)
    workflow.delete_old_drafts(now)


TIMETABLE = {
    "challenges.remind": (remind, crontab(hour=7, minute=25)),
    "challenges.tidy_drafts": (tidy_drafts, crontab(hour=4, minute=20)),
}
