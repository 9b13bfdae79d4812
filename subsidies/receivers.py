"""What follows here from what happens elsewhere: an outage is entered, a message leaves."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from shared.notifications.models import OutboxMessage
from shared.notifications.signals import message_left
from shared.terms.models import PortalOutage
from shared.ui import page_cache
from subsidies.models import Decision
from subsidies.workflow import notification


@receiver([post_save, post_delete], sender=PortalOutage)
def show_the_new_last_day(sender: type[PortalOutage], **kwargs: Any) -> None:
    """An outage moves the last day to apply, which public pages show (Wmebv)."""
    page_cache.touch()


@receiver(message_left)
def note_the_day_of_notification(sender: type[OutboxMessage], message: OutboxMessage, **kwargs: Any) -> None:
    """The letter of a decision left: from that day on the term to object runs (Awb article 6:8)."""
    decision = Decision.of_letter(message.key)
    if decision is not None and message.sent_at is not None:
        notification.note_left(decision, timezone.localdate(message.sent_at))
