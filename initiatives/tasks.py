"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from initiatives import workflow
from initiatives.enums import Status
from initiatives.models import Initiative


@shared_task
def remind() -> None:
    """Remind residents and colleagues; each case in its own transaction, so that one failure stops no other."""
    today = timezone.localdate()
    for initiative in Initiative.objects.filter(status=Status.UNCONFIRMED, confirmation_reminded_at__isnull=True):
        workflow.remind_unconfirmed(initiative)
    for initiative in Initiative.objects.unanswered().filter(escalated_at__isnull=True, respond_by__lte=today):
        workflow.remind_unanswered(initiative, today)
    for initiative in Initiative.objects.filter(status=Status.QUESTION, question_reminded_at__isnull=True):
        workflow.remind_unanswered_questions(initiative)


@shared_task
def tidy_drafts() -> None:
    """Warn about old drafts, and delete those nobody came back for."""
    now = timezone.now()
    workflow.warn_old_drafts(now)
    workflow.delete_old_drafts(now)


@shared_task
def wipe_idle_drafts() -> None:
    """Wipe answers that were left behind in a browser."""
    workflow.wipe_idle_drafts(timezone.now())


TIMETABLE = {
    "initiatives.remind": (remind, crontab(hour="7-19", minute=5)),
    "initiatives.tidy_drafts": (tidy_drafts, crontab(hour=4, minute=10)),
    "initiatives.wipe_idle_drafts": (wipe_idle_drafts, crontab(minute="*/5")),
}
