"""What the group itself does with its request: write, and withdraw it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.enums import Sender
from participation.challenges import letters
from participation.challenges.enums import Status
from participation.challenges.models import Challenge, Message
from participation.challenges.policies import may_withdraw, may_write
from participation.challenges.workflow.case import lock, refresh_public_pages, tell_group, tell_reviewers
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError


@transaction.atomic
def write_message(challenge: Challenge, *, text: str, by: User) -> Message:
    """The group writes; whoever handles the case hears of it.

    Raises:
        WorkflowError: this person does not speak for the group.
    """
    challenge = lock(challenge)
    if not may_write(by, challenge):
        raise WorkflowError(_("U kunt hier geen bericht meer sturen. Bel ons als er iets is."))
    now = timezone.now()
    challenge.unread_since = challenge.unread_since or now
    challenge.version += 1
    challenge.save()
    message = Message.objects.create(challenge=challenge, sender=Sender.RESIDENT, author=by, text=text, sent_at=now)
    trail.record("challenges.message_received", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    tell_reviewers(challenge, letters.from_group(challenge, text=text), "from_group")
    return message


@transaction.atomic
def withdraw(challenge: Challenge, *, reason: str, by: User, version: int | None = None) -> Challenge:
    """The group takes its request back.

    Raises:
        WorkflowError: it carries out the task already, or the case is closed.
    """
    challenge = lock(challenge, version)
    if not may_withdraw(by, challenge):
        raise WorkflowError(_("Intrekken kan nu niet meer. Bel ons als u wilt stoppen."))
    challenge.move_to(Status.WITHDRAWN)
    challenge.closed_at = timezone.now()
    challenge.save()
    trail.record("challenges.withdrawn", subject=challenge, by=by, visibility=Visibility.RESIDENT, text=reason)
    tell_group(challenge, letters.withdrawn(challenge, reason=reason), "withdrawn")
    refresh_public_pages(challenge)
    return challenge
