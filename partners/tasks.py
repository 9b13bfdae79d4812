"""Clock-driven calls: load, one workflow call each; safe to run twice."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from partners.enums.newsletter import AUTOMATIC_HOUR
from partners.models import ActionStep, Finding, Newsletter
from partners.workflow import action_steps, clock, findings, newsletter, noticeboard
from shared import municipality


@shared_task
def remind_of_steps() -> None:
    """Remind of steps of joint actions whose day comes near or has passed; each in its own transaction."""
    today = timezone.localdate()
    until = today + timedelta(days=municipality.current().periods.step_reminder_days)
    waiting = ActionStep.objects.to_do().due(until).filter(late_reminded_at__isnull=True)
    for step in waiting.select_related("action").order_by("pk"):
        action_steps.remind(step, today)


@shared_task
def remind_of_findings() -> None:
    """Remind of findings of a walk whose day comes near or has passed."""
    today = timezone.localdate()
    until = today + timedelta(days=municipality.current().periods.finding_reminder_days)
    for finding in Finding.objects.to_remind(until).filter(late_reminded_at__isnull=True).order_by("pk"):
        findings.remind(finding, today)


@shared_task
def delete_old_notices() -> None:
    """Delete what has been on the noticeboard for a year, with every copy of the words."""
    noticeboard.delete_old(timezone.now())


@shared_task
def watch_listings() -> None:
    """Close what is over, look for matches, and ask what has to be asked today."""
    today = timezone.localdate()
    clock.close(today)
    clock.propose(today)
    clock.ask(today)


@shared_task
def prepare_newsletters() -> None:
    """Lay a concept ready for each letter of a wijk that has readers and news."""
    newsletter.make_concepts(timezone.localdate())


@shared_task
def send_newsletters() -> None:
    """Send the letters that nobody sent, where the wijk wants that."""
    newsletter.send_by_clock(timezone.localdate())


@shared_task
def hand_over_newsletter(pk: int) -> None:
    """Write one letter to all its readers, right after it was sent."""
    newsletter.hand_over(Newsletter.objects.select_related("wijk").get(pk=pk))


@shared_task
def hand_over_newsletters() -> None:
    """Go on with letters whose worker stopped half-way."""
    for letter in Newsletter.objects.to_hand_over().select_related("wijk"):
        newsletter.hand_over(letter)


TIMETABLE = {
    "partners.remind_of_steps": (remind_of_steps, crontab(hour=7, minute=15)),
    "partners.remind_of_findings": (remind_of_findings, crontab(hour=7, minute=20)),
    "partners.prepare_newsletters": (prepare_newsletters, crontab(hour=6, minute=45)),
    # In the afternoon: the coordinator has the morning to read it once more.
    "partners.send_newsletters": (send_newsletters, crontab(hour=AUTOMATIC_HOUR, minute=0)),
    "partners.hand_over_newsletters": (hand_over_newsletters, timedelta(minutes=5)),
    "partners.delete_old_notices": (delete_old_notices, crontab(hour=3, minute=25)),
    "partners.watch_listings": (watch_listings, crontab(hour=7, minute=25)),
}
