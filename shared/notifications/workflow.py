"""What staff do with messages: send again, put on paper, mark as printed, stop."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.audit import trail
from shared.audit.trail import Actor
from shared.lifecycle import WorkflowError
from shared.notifications import delivery, outbox
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import MessageAttachment, OutboxMessage

LEFT = {MessageStatus.SENT, MessageStatus.PRINTED}


@transaction.atomic
def send_again(message: OutboxMessage, *, by: Actor, email: str = "") -> OutboxMessage:
    """Send a message once more, at once and whatever was tried before; to another address when one is given.

    What left already is sent as a new message, since mail programs hide a second copy of the same one.

    Raises:
        WorkflowError: it is secret, its words were erased, it is on its way, or the address is not one.
    """
    message = _locked(message)
    if message.erased_at is not None:
        raise WorkflowError(_("De inhoud van dit bericht is gewist. Vraag de ontvanger om een nieuwe code."))
    if message.secret:
        # To another address it would open somebody else's cases.
        raise WorkflowError(_("Dit bericht is geheim. Alleen de ontvanger zelf kan een nieuwe code of link vragen."))
    if message.status == MessageStatus.SENDING:
        raise WorkflowError(_("Dit bericht wordt op dit moment verstuurd."))
    again = _copy(message) if message.status in LEFT else message
    before = again.recipient_email
    _address(again, email.strip() or before)
    again.status = MessageStatus.PENDING
    again.attempts = 0
    again.next_attempt_at = timezone.now()
    again.last_error = again.last_error_technical = ""
    again.save()
    trail.record(
        "notifications.sent_again",
        subject=again,
        by=by,
        old={"recipient_email": before},
        new={"recipient_email": again.recipient_email},
    )
    outbox.deliver_on_commit(again)
    return again


@transaction.atomic
def mark_printed(message: OutboxMessage, *, by: Actor) -> OutboxMessage:
    """The letter is in the post.

    Raises:
        WorkflowError: it does not wait for the printer.
    """
    message = _locked(message)
    if message.channel != Channel.PRINT or message.status != MessageStatus.PENDING:
        raise WorkflowError(_("Deze brief staat niet (meer) klaar om te printen."))
    message.status = MessageStatus.PRINTED
    message.sent_at = timezone.now()
    message.save(update_fields=["status", "sent_at"])
    delivery.tell(message)
    trail.record("notifications.printed", subject=message, by=by)
    return message


@transaction.atomic
def cancel(message: OutboxMessage, *, by: Actor, reason: str) -> OutboxMessage:
    """This message must not leave any more, for example because the resident was called.

    Raises:
        WorkflowError: it has left, or is on its way.
    """
    message = _locked(message)
    if message.status not in {MessageStatus.PENDING, MessageStatus.FAILED}:
        raise WorkflowError(_("Dit bericht kan niet meer worden tegengehouden."))
    message.status = MessageStatus.CANCELLED
    message.save(update_fields=["status"])
    if message.secret:
        delivery.erase(message)
    trail.record("notifications.cancelled", subject=message, by=by, text=reason)
    return message


def _locked(message: OutboxMessage) -> OutboxMessage:
    locked: OutboxMessage = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    return locked


def _copy(message: OutboxMessage) -> OutboxMessage:
    files = list(message.attachments.all())
    copy: OutboxMessage = OutboxMessage.objects.get(pk=message.pk)
    copy.pk = None
    copy.key = f"again:{message.pk}:{uuid.uuid4()}"
    copy.message_id = outbox.message_id(copy.key)
    copy.created_at = timezone.now()
    copy.sent_at = copy.last_attempt_at = None
    copy.save(force_insert=True)
    MessageAttachment.objects.bulk_create(
        MessageAttachment(message=copy, name=file.name, content_type=file.content_type, content=file.content)
        for file in files
    )
    return copy


def _address(message: OutboxMessage, email: str) -> None:
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise WorkflowError(_("Vul een e-mailadres in zoals naam@voorbeeld.nl.")) from error
        message.recipient_email = email
        message.channel = Channel.EMAIL
