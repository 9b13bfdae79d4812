"""A colleague reminds the initiator of what waits for them: the confirmation, or an answer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from initiatives import letters
from initiatives.enums import Status
from initiatives.models import Initiative
from initiatives.policies import open_question, why_no_reminder
from initiatives.workflow.case import lock, tell_initiator
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications.compose import Letter


@transaction.atomic
def remind(initiative: Initiative, *, by: User, version: int | None = None) -> Initiative:
    """Write once more to the initiator; the clock, which does so by itself, then leaves it at that.

    Raises:
        WorkflowError: nothing waits for the initiator, or they heard of it today already.
    """
    initiative = lock(initiative, version)
    now = timezone.now()
    if reason := why_no_reminder(initiative, now):
        raise WorkflowError(reason)
    letter, action = _letter(initiative, now)
    initiative.save()

    trail.record(action, subject=initiative, by=by, visibility=Visibility.RESIDENT)
    tell_initiator(initiative, letter, f"reminder.{timezone.localdate(now):%Y%m%d}")
    return initiative


def _letter(initiative: Initiative, now: datetime) -> tuple[Letter, str]:
    """What is written, and what the trail calls it; the case remembers that it was done."""
    if initiative.status == Status.UNCONFIRMED:
        initiative.confirmation_reminded_at = now
        return letters.confirm_address(initiative, reminder=True), "initiatives.confirmation_reminded"
    initiative.question_reminded_at = now
    asked = open_question(initiative)
    assert asked is not None  # why_no_reminder refuses a case without one
    return letters.question_reminder(initiative, asked), "initiatives.question_reminded"
