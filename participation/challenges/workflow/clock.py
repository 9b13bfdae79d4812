"""What wakes by itself: reminders to colleagues, and drafts whose time is over."""

from datetime import date, datetime, timedelta

from django.db import transaction

from participation.challenges import letters
from participation.challenges.models import Challenge, ChallengeDraft
from participation.challenges.workflow.case import CATEGORY, lock, tell_reviewers
from shared import municipality
from shared.audit import trail
from shared.notifications import outbox
from shared.notifications.outbox import Recipient


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


@transaction.atomic
def warn_old_drafts(now: datetime) -> int:
    """Warn who left a draft with an address that it will be deleted; how many were warned."""
    notice = timedelta(days=municipality.current().periods.draft_warning_days)
    drafts = list(ChallengeDraft.objects.to_warn_of(now + notice).select_for_update(skip_locked=True))
    for draft in drafts:
        draft.warned_at = now
        draft.save(update_fields=["warned_at"])
        outbox.enqueue(
            letters.draft_warning(draft),
            to=Recipient(name="", email=draft.email),
            key=f"challenges.draft_warning:{draft.pk}:{draft.saved_at:%Y%m%d}",
            category=CATEGORY,
            secret=True,
            valid_for=notice,
        )
    return len(drafts)


@transaction.atomic
def delete_old_drafts(now: datetime) -> int:
    """Delete drafts that nobody came back for, never before the promised days after the warning; how many."""
    notice = timedelta(days=municipality.current().periods.draft_warning_days)
    number, _by_model = ChallengeDraft.objects.outlived(now, warned_by=now - notice).delete()
    return number
