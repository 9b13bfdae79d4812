"""What wakes by itself: the nightly list, and lists that were agreed with and not finished. Safe to run twice."""

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from shared.retention import workflow
from shared.retention.models import DestructionList
from shared.terms.calendar import today


@shared_task
def propose_destruction() -> None:
    """Put what was kept long enough on a list for people to look at."""
    workflow.propose(today())


@shared_task
def carry_out_destruction() -> None:
    """Finish the lists that people agreed with."""
    for found in DestructionList.objects.filter(approved_at__isnull=False, finished_on__isnull=True).order_by("pk"):
        workflow.carry_out(found, timezone.now())


TIMETABLE = {
    "retention.propose_destruction": (propose_destruction, crontab(hour=3, minute=40)),
    "retention.carry_out_destruction": (carry_out_destruction, crontab(minute="7-59/20")),
}
