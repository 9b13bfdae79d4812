"""Messages, subscriptions and news: `OutboxMessageFactory(failed=True)`, `OutboxMessageFactory(to_print=True)`."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shared.notifications.compose import Letter
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.layout import html, text
from shared.notifications.markup import Block, Link
from shared.notifications.models import DigestItem, MessageAttachment, OutboxMessage, Subscription
from shared.notifications.outbox import message_id


def letter(subject: str = "Uw idee is ontvangen", words: str = "Dank u wel voor uw idee.") -> Letter:
    """A letter without a template of its own."""
    blocks = (
        Block("paragraph", ("Beste Anna,",)),
        Block("paragraph", (words,)),
        Block("button", (Link("Bekijk uw idee", "http://localhost:8000/mijn/"),)),
        Block("footer", ("U krijgt dit bericht omdat u een idee stuurde.",)),
    )
    return Letter(subject, text(blocks), html(subject, blocks), blocks)


class OutboxMessageFactory(DjangoModelFactory):
    """An e-mail that may leave now."""

    class Meta:
        model = OutboxMessage

    key = factory.Sequence(lambda n: f"test:{n}")
    category = "initiatives"
    channel = Channel.EMAIL
    recipient_name = "Anna de Vries"
    recipient_email = factory.Sequence(lambda n: f"anna{n}@voorbeeld.example")
    subject = "Uw idee is ontvangen"
    text = factory.LazyAttribute(lambda made: letter(made.subject).text)
    html = factory.LazyAttribute(lambda made: letter(made.subject).html)
    blocks = factory.LazyAttribute(lambda made: [block.as_json() for block in letter(made.subject).blocks])
    message_id = factory.LazyAttribute(lambda made: message_id(made.key))

    class Params:
        confidential = factory.Trait(secret=True, subject="Uw code is 123456")
        sent = factory.Trait(status=MessageStatus.SENT, attempts=1, sent_at=factory.LazyFunction(timezone.now))
        failed = factory.Trait(
            status=MessageStatus.FAILED,
            attempts=1,
            last_error="Dit e-mailadres bestaat niet of neemt geen berichten aan.",
            last_error_technical="550 5.1.1 User unknown",
        )
        later = factory.Trait(
            attempts=1, next_attempt_at=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))
        )
        sending = factory.Trait(
            status=MessageStatus.SENDING, attempts=1, last_attempt_at=factory.LazyFunction(timezone.now)
        )
        to_print = factory.Trait(
            channel=Channel.PRINT, recipient_email="", recipient_address="Dorpsstraat 1\n3341 AB Hendrik-Ido-Ambacht"
        )


class MessageAttachmentFactory(DjangoModelFactory):
    """A small file."""

    class Meta:
        model = MessageAttachment

    message = factory.SubFactory(OutboxMessageFactory)
    name = "idee.pdf"
    content_type = "application/pdf"
    content = b"%PDF-1.7 small"


class SubscriptionFactory(DjangoModelFactory):
    """Somebody who gets the news of a category every day."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda n: f"lezer{n}@voorbeeld.example")
    topic_kind = "initiatives"
    confirmed_at = factory.LazyFunction(timezone.now)

    class Params:
        weekly = factory.Trait(frequency="weekly")
        unconfirmed = factory.Trait(confirmed_at=None)
        ended = factory.Trait(unsubscribed_at=factory.LazyFunction(timezone.now))


class DigestItemFactory(DjangoModelFactory):
    """News that is in no digest yet."""

    class Meta:
        model = DigestItem

    subscription = factory.SubFactory(SubscriptionFactory)
    email = factory.LazyAttribute(lambda made: made.subscription.email)
    key = factory.Sequence(lambda n: f"news:{n}")
    category = "initiatives"
    title = factory.Sequence(lambda n: f"Nieuws {n}")
    url = "http://localhost:8000/initiatieven/"
