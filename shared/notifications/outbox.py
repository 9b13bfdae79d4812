"""Put a letter in the outbox, inside the transaction of the step that wrote it: both are saved, or neither."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import municipality
from shared.notifications.compose import Letter
from shared.notifications.enums import Channel
from shared.notifications.models import MessageAttachment, OutboxMessage

DELIVER = "shared.notifications.tasks.deliver"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recipient:
    """Who gets the letter; without an e-mail address it goes on paper."""

    name: str
    email: str = ""
    postal_address: str = ""
    phone: str = ""

    @property
    def channel(self) -> Channel:
        """How the letter leaves the building."""
        return Channel.EMAIL if self.email.strip() else Channel.PRINT

    @property
    def channel_label(self) -> str:
        """How the letter leaves the building, in words."""
        return str(self.channel.label)

    @property
    def recipient_line(self) -> str:
        """To whom, in one line, for a preview."""
        place = self.email if self.channel == Channel.EMAIL else self.postal_address or self.phone
        return ", ".join(filter(None, [self.name, *place.splitlines()])) or _("geen adres bekend")


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with a letter."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic(savepoint=False)
def enqueue(
    letter: Letter,
    *,
    to: Recipient,
    key: str,
    category: str,
    about: models.Model | None = None,
    attachments: Iterable[Attachment] = (),
    secret: bool = False,
    valid_for: timedelta | None = None,
    unsubscribe_url: str = "",
) -> OutboxMessage:
    """Keep the letter and send it once the transaction is saved; the same key never makes a second message.

    A secret message is never shown to staff, and its words are erased as soon as it has left or cannot leave any
    more. After `valid_for` a message is of no use and does not leave. `unsubscribe_url` gives mail programs their
    one-click button; the link in the letter itself is the letter's own.
    """
    message, created = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "category": category,
            "channel": to.channel,
            "about_type": about._meta.label_lower if about else "",
            "about_id": str(about.pk) if about else "",
            "secret": secret,
            "expires_at": timezone.now() + valid_for if valid_for else None,
            "recipient_name": " ".join(to.name.split())[:200],
            "recipient_email": to.email.strip(),
            "recipient_address": to.postal_address.strip(),
            "recipient_phone": to.phone.strip(),
            "subject": letter.subject[:300],
            "text": letter.text,
            "html": letter.html,
            "blocks": [block.as_json() for block in letter.blocks],
            "unsubscribe_url": unsubscribe_url,
            "message_id": message_id(key),
        },
    )
    if created:
        MessageAttachment.objects.bulk_create(
            MessageAttachment(message=message, name=file.name, content_type=file.content_type, content=file.content)
            for file in attachments
        )
        deliver_on_commit(message)
    return message


def is_written(key: str) -> bool:
    """Whether there is a message with this key already."""
    return OutboxMessage.objects.filter(key=key).exists()


def message_id(key: str) -> str:
    """The number that the mail servers know a message by: the same for each attempt."""
    domain = municipality.current().sender.partition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def deliver_on_commit(message: OutboxMessage) -> None:
    """Ask a worker for it at once. When that fails the row still waits, and the sweep finds it within minutes."""
    if message.channel == Channel.EMAIL:
        transaction.on_commit(lambda: _ask_worker(message.pk), robust=True)


def _ask_worker(pk: int) -> None:
    current_app.tasks[DELIVER].delay(pk)
