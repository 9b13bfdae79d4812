"""What the clock cleans up."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from shared.ui.models import SubmittedOnce

KEEP = timedelta(days=30)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def sweep_submitted() -> None:
    """Forget forms that were sent so long ago that nobody sends them again."""
    SubmittedOnce.objects.filter(created_at__lt=timezone.now() - KEEP).delete()


TIMETABLE = {"ui.sweep_submitted": (sweep_submitted, timedelta(days=1))}
