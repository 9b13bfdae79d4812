"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from participation.moments import workflow
from participation.moments.models import Moment, SignUp
from shared import municipality


@shared_task
def note_past() -> None:
    """Take moments whose time is over as held, so that their feedback is waited for."""
    now = timezone.now()
    for moment in Moment.objects.past(now):
        workflow.note_past(moment, now)


@shared_task
def remind() -> None:
    """Remind people of moments that are near."""
    now = timezone.now()
    days = municipality.current().moments.reminder_days
    for sign_up in SignUp.objects.to_remind(now, days).select_related("moment"):
        workflow.remind(sign_up, now)


@shared_task
def forget() -> None:
    """Delete sign-ups that nobody confirmed, and people of moments of which everybody heard long ago."""
    now = timezone.now()
    workflow.forget_unconfirmed(now)
    before = now - timedelta(days=municipality.current().moments.keep_people_days)
    for moment in Moment.objects.to_forget(before):
        workflow.forget_people(moment, now)


TIMETABLE = {
    # Before the reminders of the projects, that look at what is owed.
    "moments.note_past": (note_past, crontab(hour=4, minute=10)),
    "moments.remind": (remind, crontab(hour="8-20", minute=15)),
    "moments.forget": (forget, crontab(hour=3, minute=40)),
}
