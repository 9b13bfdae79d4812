"""The outbox with its attachments, the digests and the worker's sign of life."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.notifications import layout
from shared.notifications.enums import RHYTHMS, Channel, Frequency, MessageStatus, category_label
from shared.notifications.markup import Block
from shared.notifications.querysets import DigestItemQuerySet, OutboxQuerySet, SubscriptionQuerySet


class OutboxMessage(models.Model):
    """A message exactly as it was written that day. Its words never change; only what happened to it does."""

    key = models.CharField(gettext_lazy("sleutel"), max_length=200, unique=True)
    category = models.CharField(gettext_lazy("soort"), max_length=40)
    channel = models.CharField(gettext_lazy("kanaal"), max_length=10, choices=Channel.choices)
    about_type = models.CharField(gettext_lazy("gaat over"), max_length=80, blank=True)
    about_id = models.CharField(gettext_lazy("nummer"), max_length=64, blank=True)
    secret = models.BooleanField(gettext_lazy("geheim"), default=False)

    recipient_name = models.CharField(gettext_lazy("naam"), max_length=200, blank=True)
    recipient_email = models.CharField(gettext_lazy("e-mailadres"), max_length=254, blank=True)
    recipient_address = models.TextField(gettext_lazy("postadres"), blank=True)
    recipient_phone = models.CharField(gettext_lazy("telefoon"), max_length=40, blank=True)

    subject = models.CharField(gettext_lazy("onderwerp"), max_length=300, blank=True)
    text = models.TextField(gettext_lazy("tekst"), blank=True)
    html = models.TextField(gettext_lazy("opgemaakte tekst"), blank=True)
    blocks = models.JSONField(gettext_lazy("delen"), default=list, blank=True)
    unsubscribe_url = models.URLField(gettext_lazy("afmeldadres"), max_length=500, blank=True)
    message_id = models.CharField(gettext_lazy("berichtnummer"), max_length=200)

    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=MessageStatus.choices, default=MessageStatus.PENDING
    )
    attempts = models.PositiveIntegerField(gettext_lazy("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(gettext_lazy("volgende poging"), default=timezone.now)
    last_attempt_at = models.DateTimeField(gettext_lazy("laatste poging"), null=True, blank=True)
    last_error = models.CharField(gettext_lazy("wat er misging"), max_length=300, blank=True)
    last_error_technical = models.TextField(gettext_lazy("technische melding"), blank=True)
    created_at = models.DateTimeField(gettext_lazy("gemaakt"), default=timezone.now)
    # After this the words are of no use any more, such as a code that is too old: then it does not leave at all.
    expires_at = models.DateTimeField(gettext_lazy("zinloos na"), null=True, blank=True)
    sent_at = models.DateTimeField(gettext_lazy("verstuurd"), null=True, blank=True)
    erased_at = models.DateTimeField(gettext_lazy("inhoud gewist"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("bericht")
        verbose_name_plural = gettext_lazy("berichten")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="outbox_about"),
            models.Index(fields=["-created_at", "-id"], name="outbox_newest_first"),
            models.Index(
                fields=["next_attempt_at", "id"],
                name="outbox_open",
                condition=models.Q(status__in=["pending", "sending", "failed"]),
            ),
        ]
        permissions = [
            ("send_again", gettext_lazy("Berichten opnieuw versturen, tegenhouden en als geprint afmelden")),
            ("read_all", gettext_lazy("Alle berichten lezen, ook over zaken van anderen")),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.recipient_name or self.recipient_email}"

    @property
    def title(self) -> str:
        """The subject, as far as staff may see it."""
        return _("Geheim bericht (bijvoorbeeld een inlogcode)") if self.secret else self.subject

    @property
    def category_label(self) -> str:
        """The words for the category."""
        return category_label(self.category)

    @property
    def is_readable(self) -> bool:
        """Whether staff may read the words: never those of a secret message."""
        return not self.secret and self.erased_at is None

    @property
    def recipient_line(self) -> str:
        """Where it goes, in one line."""
        post = self.recipient_address or self.recipient_phone
        place = str(self.recipient_email if self.channel == Channel.EMAIL else post)
        return ", ".join(filter(None, [self.recipient_name, *place.splitlines()])) or _("geen adres bekend")

    @property
    def channel_label(self) -> str:
        """How it leaves the building, in words."""
        return str(Channel(self.channel).label)

    @property
    def body(self) -> SafeString:
        """The words between heading and footer, for a page of the portal."""
        return layout.page_body(self.letter_blocks)

    @cached_property
    def letter_blocks(self) -> tuple[Block, ...]:
        """The pieces of the letter, for the page and the paper."""
        return tuple(map(Block.from_json, self.blocks))


class MessageAttachment(models.Model):
    """A file that goes along, kept as it was that day."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(gettext_lazy("naam"), max_length=200)
    content_type = models.CharField(gettext_lazy("soort"), max_length=100)
    content = models.BinaryField(gettext_lazy("inhoud"))

    class Meta:
        verbose_name = gettext_lazy("bijlage")
        verbose_name_plural = gettext_lazy("bijlagen")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """Someone wants to hear about a topic: one case, or everything of a category."""

    email = models.CharField(gettext_lazy("e-mailadres"), max_length=254)
    topic_kind = models.CharField(gettext_lazy("onderwerp"), max_length=80)
    topic_id = models.CharField(gettext_lazy("nummer"), max_length=64, blank=True)
    frequency = models.CharField(gettext_lazy("hoe vaak"), max_length=10, choices=RHYTHMS, default=Frequency.DAILY)
    created_at = models.DateTimeField(gettext_lazy("gevraagd"), default=timezone.now)
    confirmed_at = models.DateTimeField(gettext_lazy("bevestigd"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(gettext_lazy("afgemeld"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("abonnement")
        verbose_name_plural = gettext_lazy("abonnementen")
        ordering = ("email", "topic_kind", "topic_id")
        constraints = [
            models.UniqueConstraint(fields=["email", "topic_kind", "topic_id"], name="one_subscription_per_topic"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="subscriber_in_lower"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.topic_kind} {self.topic_id}".rstrip()

    @property
    def is_active(self) -> bool:
        """Confirmed and not ended."""
        return self.confirmed_at is not None and self.unsubscribed_at is None


class DigestItem(models.Model):
    """One piece of news for one reader; `message` is the digest that told it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="items")
    email = models.CharField(gettext_lazy("e-mailadres"), max_length=254)
    key = models.CharField(gettext_lazy("sleutel"), max_length=200)
    category = models.CharField(gettext_lazy("soort"), max_length=40)
    title = models.CharField(gettext_lazy("titel"), max_length=300)
    url = models.CharField(gettext_lazy("adres"), max_length=500)
    created_at = models.DateTimeField(gettext_lazy("wanneer"), default=timezone.now)
    message = models.ForeignKey(
        OutboxMessage, on_delete=models.PROTECT, null=True, blank=True, related_name="digest_items"
    )

    objects = DigestItemQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("nieuws")
        verbose_name_plural = gettext_lazy("nieuws")
        ordering = ("-created_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["email", "key"], name="news_once_per_reader")]

    def __str__(self) -> str:
        return self.title


class Heartbeat(models.Model):
    """When a worker last ran; the clock asks for it every minute."""

    SILENT_AFTER = timedelta(minutes=5)

    name = models.CharField(gettext_lazy("naam"), max_length=40, primary_key=True)
    seen_at = models.DateTimeField(gettext_lazy("gezien"))

    class Meta:
        verbose_name = gettext_lazy("levensteken")
        verbose_name_plural = gettext_lazy("levenstekens")

    def __str__(self) -> str:
        return self.name
