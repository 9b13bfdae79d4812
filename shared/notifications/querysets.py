"""Reads of the outbox."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from shared.notifications.enums import OWN_RHYTHM, Channel, MessageStatus

# The mail server gets this long to say whether it took a message; after that nobody will know any more.
ANSWER_WITHIN = timedelta(minutes=15)


class OutboxQuerySet(models.QuerySet):
    """Messages."""

    def about(self, subject: models.Model) -> Self:
        """The messages about this record; one that belongs to a case says so with `letters_are_about`."""
        kind, number = getattr(subject, "letters_are_about", (subject._meta.label_lower, str(subject.pk)))
        return self.filter(about_type=kind, about_id=number)

    def waiting(self) -> Self:
        """E-mail that must still leave, now or later."""
        return self.filter(channel=Channel.EMAIL, status=MessageStatus.PENDING)

    def due(self, now: datetime | None = None) -> Self:
        """E-mail that may leave now; what waits longest first."""
        return self.waiting().filter(next_attempt_at__lte=now or timezone.now()).order_by("next_attempt_at", "pk")

    def unanswered(self, now: datetime | None = None) -> Self:
        """E-mail that was being handed over when its worker stopped: it may have arrived, and it may not."""
        return self.filter(
            status=MessageStatus.SENDING, last_attempt_at__lt=(now or timezone.now()) - ANSWER_WITHIN
        ).order_by("pk")

    def expired(self, now: datetime | None = None) -> Self:
        """E-mail that still waits although nobody has any use for it now."""
        return self.waiting().filter(expires_at__lte=now or timezone.now()).order_by("pk")

    def spilled(self) -> Self:
        """Secret words that are still here although they will never leave."""
        gone = [MessageStatus.FAILED, MessageStatus.CANCELLED]
        return self.filter(secret=True, erased_at__isnull=True, status__in=gone).order_by("pk")

    def failed(self) -> Self:
        """Messages that need a person: they did not leave and will not by themselves."""
        return self.filter(status=MessageStatus.FAILED)

    def to_print(self) -> Self:
        """Letters that wait for the printer, oldest first."""
        return self.filter(channel=Channel.PRINT, status=MessageStatus.PENDING).order_by("created_at", "pk")


class SubscriptionQuerySet(models.QuerySet):
    """Who wants to hear about what."""

    def active(self) -> Self:
        """Confirmed and not ended."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at__isnull=True)

    def in_digests(self) -> Self:
        """Those whose news comes in the digest."""
        return self.exclude(topic_kind__in=list(OWN_RHYTHM))

    def of(self, email: str) -> Self:
        """All of one address, whatever capitals were typed."""
        return self.filter(email=email.strip().lower())


class DigestItemQuerySet(models.QuerySet):
    """News for digests."""

    def waiting(self) -> Self:
        """What is in no digest yet and whose reader still wants it."""
        return self.filter(
            message__isnull=True,
            subscription__confirmed_at__isnull=False,
            subscription__unsubscribed_at__isnull=True,
        )
