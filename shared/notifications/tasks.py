"""What wakes by itself: the outbox, the digests and the sign of life. Each is safe to run twice."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from shared.notifications import delivery, digest, health
from shared.terms.calendar import today


@shared_task
def deliver(pk: int) -> None:
    """Send one message, right after it was written."""
    delivery.deliver(pk)


@shared_task
def sweep() -> None:
    """Send what still waits: written while the queue was away, or turned down for now."""
    delivery.deliver_due()


@shared_task
def send_digests() -> None:
    """Write the digests of today."""
    digest.send_digests(today())


@shared_task
def beat() -> None:
    """Say that the clock and a worker are alive."""
    health.note_heartbeat(timezone.now())


# name -> (task, when); gathered by the portal's Celery app.
TIMETABLE = {
    "notifications.sweep": (sweep, timedelta(minutes=2)),
    "notifications.send_digests": (send_digests, crontab(hour="7", minute="30")),
    "notifications.beat": (beat, timedelta(minutes=1)),
}
