"""What wakes by itself: reminders, escalation, and drafts that nobody came back for. All are safe to run twice."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from initiatives import letters
from initiatives.enums import Status
from initiatives.models import Draft, Initiative, Message
from initiatives.workflow.case import (
    CATEGORY,
    lock,
    tell_initiator,
    tell_managers,
    tell_reviewers,
)
from shared import municipality
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.terms import legal_days


@transaction.atomic
def remind_unconfirmed(initiative: Initiative) -> bool:
    """Ask once more to confirm the address; true when a letter was written."""
    initiative = lock(initiative)
    wait = timedelta(hours=municipality.current().periods.confirmation_reminder_hours)
    due = initiative.submitted_at + wait <= timezone.now()
    if initiative.status != Status.UNCONFIRMED or initiative.confirmation_reminded_at or not due:
        return False
    initiative.confirmation_reminded_at = timezone.now()
    initiative.save()
    trail.record("initiatives.confirmation_reminded", subject=initiative)
    tell_initiator(
        initiative,
        letters.confirm_address(initiative, reminder=True),
        "confirm_reminder",
    )
    return True


@transaction.atomic
def remind_unanswered(initiative: Initiative, today: date) -> bool:
    """Remind who should answer when the promised day has come, and tell the manager when it stays quiet."""
    initiative = lock(initiative)
    if initiative.answered_at or initiative.respond_by is None or initiative.received_at is None:
        return False
    waited = legal_days.calendar().working_days_between(timezone.localdate(initiative.received_at), today)
    periods = municipality.current().periods
    now = timezone.now()
    if waited >= periods.escalate_working_days and initiative.escalated_at is None:
        initiative.escalated_at = now
        initiative.answer_reminded_at = initiative.answer_reminded_at or now
        initiative.save()
        trail.record("initiatives.escalated", subject=initiative)
        tell_managers(initiative, letters.escalation(initiative), "escalation")
        return True
    if waited >= periods.answer_working_days and initiative.answer_reminded_at is None:
        initiative.answer_reminded_at = now
        initiative.save()
        trail.record("initiatives.answer_reminded", subject=initiative)
        tell_reviewers(initiative, letters.answer_reminder(initiative), "answer_reminder")
        return True
    return False


@transaction.atomic
def remind_unanswered_questions(initiative: Initiative) -> bool:
    """Remind the initiator once of a question that stayed open."""
    initiative = lock(initiative)
    wait = timedelta(days=municipality.current().periods.question_reminder_days)
    asked: Message | None = initiative.messages.filter(is_question=True, answered_at__isnull=True).last()
    if initiative.status != Status.QUESTION or asked is None or initiative.question_reminded_at:
        return False
    if asked.sent_at + wait > timezone.now():
        return False
    initiative.question_reminded_at = timezone.now()
    initiative.save()
    trail.record(
        "initiatives.question_reminded",
        subject=initiative,
        visibility=Visibility.RESIDENT,
    )
    tell_initiator(initiative, letters.question_reminder(initiative, asked), "question_reminder")
    return True


@transaction.atomic
def warn_old_drafts(now: datetime) -> int:
    """Warn who left a draft with an address; gives how many were warned."""
    periods = municipality.current().periods
    quiet_since = now - timedelta(days=periods.draft_days - periods.draft_warning_days)
    drafts = Draft.objects.untouched_since(quiet_since).filter(warned_at__isnull=True).exclude(email="")
    warned = 0
    for draft in drafts.select_for_update(skip_locked=True):
        draft.warned_at = now
        draft.save()
        outbox.enqueue(
            letters.draft_warning(draft),
            to=Recipient(name="", email=draft.email),
            key=f"initiatives.draft_warning:{draft.pk}:{draft.saved_at:%Y%m%d}",
            category=CATEGORY,
            secret=True,
            valid_for=timedelta(days=periods.draft_warning_days),
        )
        warned += 1
    return warned


@transaction.atomic
def delete_old_drafts(now: datetime) -> int:
    """Delete drafts that nobody came back for, never before the promised days after the warning have passed."""
    periods = municipality.current().periods
    old = Draft.objects.untouched_since(now - timedelta(days=periods.draft_days))
    warned = old.filter(warned_at__lte=now - timedelta(days=periods.draft_warning_days))
    return (warned | old.filter(email="")).delete()[0]
