"""Take messages from the outbox to the mail server: each one once, whatever stops half-way."""

import logging
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from shared import municipality
from shared.notifications import transport as mail_server
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.notifications.signals import message_left
from shared.notifications.transport import DeliveryProblem, Postponed, Refused, ServerAway, Transport, Unsure

# How long to wait after each attempt that the recipient's server turned down for now: three days in all.
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
# When no message can leave, patience with each one grows no further than this, and never ends.
SERVER_BACK_WITHIN = timedelta(minutes=10)
ERRORS_AT_LENGTH = 2000
TOO_LATE = _("Dit bericht kon niet op tijd weg. Wat erin stond, werkt niet meer. De ontvanger kan iets nieuws vragen.")
OWN_MISTAKE = _("Het portaal kon dit bericht niet opmaken. Vraag de beheerder.")

logger = logging.getLogger(__name__)


def deliver(pk: int) -> None:
    """Send one message, if it may leave now and nobody else is sending it."""
    with mail_server.connected() as transport:
        _deliver(pk, transport)


def deliver_due(at_most: int = 500) -> int:
    """Send what waits, one connection for all; how many were tried. Stops when the mail server is away."""
    give_up_on_unanswered()
    give_up_on_expired()
    tried = 0
    with mail_server.connected() as transport:
        for pk in OutboxMessage.objects.due().values_list("pk", flat=True)[:at_most]:
            tried += 1
            if not _deliver(pk, transport):
                break
    return tried


def give_up_on_unanswered() -> None:
    """Bring messages to a person's attention whose worker stopped while the mail server was taking them."""
    for message in OutboxMessage.objects.unanswered():
        _note_problem(message, Unsure(mail_server.UNSURE, "the worker stopped before the server answered"))


def give_up_on_expired() -> None:
    """Let no code leave that is too old to be used, and keep no secret words that will never leave."""
    with transaction.atomic():
        for message in OutboxMessage.objects.expired().select_for_update(skip_locked=True, of=("self",)):
            _note_problem(message, Refused(TOO_LATE, "expired before it could leave"))
    with transaction.atomic():
        for message in OutboxMessage.objects.spilled().select_for_update(skip_locked=True, of=("self",)):
            erase(message)


def _deliver(pk: int, transport: Transport) -> bool:
    """Send one message; False when the mail server is away, so that the others need not be tried."""
    with transaction.atomic():
        # Who holds the row is sending it. A worker that dies lets go of it at once.
        message = OutboxMessage.objects.due().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if message is None:
            return True
        if message.expires_at and message.expires_at <= timezone.now():
            _note_problem(message, Refused(TOO_LATE, "expired before it could leave"))
            return True
        try:
            mail = _mail(message)
            transport.offer(mail)
        except DeliveryProblem as problem:
            _note_problem(message, problem)
            return not isinstance(problem, ServerAway)
        _note_hand_over(message)
    try:
        transport.hand_over(mail)
    except DeliveryProblem as problem:
        _note_problem(message, problem)
        return not isinstance(problem, ServerAway)
    _note_sent(message)
    return True


def _mail(message: OutboxMessage) -> EmailMessage:
    try:
        mail = build(message)
        mail.message()
    except ValueError as error:
        raise Refused(mail_server.BADLY_WRITTEN, repr(error)) from error
    except Exception as error:  # one message that cannot be built must not keep the others waiting
        logger.exception("Outbox message %s cannot be built", message.pk)
        raise Refused(OWN_MISTAKE, repr(error)) from error
    return mail


def build(message: OutboxMessage) -> EmailMultiAlternatives:
    """The e-mail of an outbox row; the same each time, so that a mail server recognises it."""
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated", "Content-Language": "nl"}
    if message.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((message.recipient_name, message.recipient_email))],
        reply_to=[municipality.current().email],
        headers=headers,
    )
    mail.attach_alternative(message.html, "text/html")
    for file in message.attachments.all():
        mail.attach(file.name, bytes(file.content), file.content_type)
    return mail


def _note_hand_over(message: OutboxMessage) -> None:
    message.status = MessageStatus.SENDING
    message.attempts += 1
    message.last_attempt_at = timezone.now()
    message.save(update_fields=["status", "attempts", "last_attempt_at"])


@transaction.atomic
def _note_sent(message: OutboxMessage) -> None:
    message.status = MessageStatus.SENT
    message.sent_at = timezone.now()
    message.last_error = message.last_error_technical = ""
    message.save(update_fields=["status", "sent_at", "last_error", "last_error_technical"])
    tell(message)
    if message.secret:
        erase(message)


def tell(message: OutboxMessage) -> None:
    """Let the programme that wrote it know that it left; a mistake there never makes it leave a second time."""
    for _receiver, answer in message_left.send_robust(OutboxMessage, message=message):
        if isinstance(answer, Exception):
            logger.error("Outbox message %s left, but that was not noted", message.pk, exc_info=answer)


def erase(message: OutboxMessage) -> None:
    """Forget the words and the files; that the message existed, when and to whom stays."""
    message.subject = message.text = message.html = ""
    message.blocks = []
    message.erased_at = timezone.now()
    message.save(update_fields=["subject", "text", "html", "blocks", "erased_at"])
    message.attachments.all().delete()


@transaction.atomic
def _note_problem(message: OutboxMessage, problem: DeliveryProblem) -> None:
    now = timezone.now()
    if message.status == MessageStatus.PENDING:
        message.attempts += 1
        message.last_attempt_at = now
    again_at = _again_at(message.attempts, problem, now)
    message.status = MessageStatus.PENDING if again_at else MessageStatus.FAILED
    message.next_attempt_at = again_at or now
    with translation.override("nl"):
        message.last_error = str(problem.words)
    message.last_error_technical = str(problem)[:ERRORS_AT_LENGTH]
    message.save(
        update_fields=[
            "status",
            "attempts",
            "last_attempt_at",
            "next_attempt_at",
            "last_error",
            "last_error_technical",
        ]
    )
    if message.secret and message.status == MessageStatus.FAILED:
        erase(message)
    logger.warning("Outbox message %s: %s", message.pk, type(problem).__name__)


def _again_at(attempts: int, problem: DeliveryProblem, now: datetime) -> datetime | None:
    if isinstance(problem, ServerAway):
        return now + min(RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1], SERVER_BACK_WITHIN)
    if isinstance(problem, Postponed) and attempts <= len(RETRY_AFTER):
        return now + RETRY_AFTER[attempts - 1]
    return None
