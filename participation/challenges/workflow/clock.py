"""What wakes by itself: reminders to colleagues, and drafts whose time is over."""

from datetime import date, datetime

from django.db import transaction

from participation.challenges import letters
from participation.challenges.models import Challenge, ChallengeDraft
from participation.challenges.workflow.case import lock, tell_reviewers
from shared.audit import trail


@transaction.atomic
def remind(challenge: Challenge, today: date, horizon: date) -> bool:
    """Remind whoever handles it of a talk that is late or a decision that is near; once. Whether one was sent."""
    challenge = lock(challenge)
    if not Challenge.objects.to_remind_by(today, horizon).filter(pk=challenge.pk).exists():
        return False
    challenge.reminded_on = today
    challenge.save(update_fields=["reminded_on"])
    trail.record("challenges.reminded", subject=challenge)
    tell_reviewers(challenge, letters.reminder(challenge), f"reminder.{today:%Y%m%d}")
    return True


def delete_old_drafts(now: datetime) -> int:
    """Delete drafts whose time is over; how many."""
    number, _by_model = ChallengeDraft.objects.outlived(now).delete()
    return number
