"""The noticeboard of a wijk: short messages among professionals, kept for one year."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.querysets.noticeboard import NoticeQuerySet


class Notice(models.Model):
    """A message, or a reply to one. Taken down, its words are gone; who did that and why stays in the trail."""

    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="notices")
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name=_("antwoord op"), related_name="replies", null=True, blank=True
    )
    author = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("van"), related_name="notices")
    text = models.TextField(_("bericht"), max_length=1000, blank=True)
    until_on = models.DateField(_("geldt tot en met"), null=True, blank=True)
    mentioned = models.ManyToManyField(
        "accounts.User", verbose_name=_("genoemd"), related_name="notices_about_me", blank=True
    )
    posted_at = models.DateTimeField(_("geplaatst op"), default=timezone.now)
    removed_at = models.DateTimeField(_("weggehaald op"), null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("weggehaald door"), related_name="+", null=True, blank=True
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht op het prikbord")
        verbose_name_plural = _("berichten op het prikbord")
        ordering = ["posted_at", "pk"]
        indexes = [models.Index(fields=["wijk", "-posted_at"], name="notice_of_wijk")]
        constraints = [
            models.CheckConstraint(condition=Q(removed_at__isnull=True) | Q(text=""), name="notice_removed_is_empty"),
            models.CheckConstraint(condition=Q(removed_at__isnull=False) | ~Q(text=""), name="notice_has_words"),
        ]

    def __str__(self) -> str:
        # The trail and the list of messages show this: never the words themselves, which have to be gone in a year.
        return f"{self.wijk}, {timezone.localtime(self.posted_at):%d-%m-%Y %H:%M}"

    def get_absolute_url(self) -> str:
        """The message with its replies."""
        return reverse("partners:notice", args=[self.parent_id or self.pk])

    @property
    def is_removed(self) -> bool:
        """Somebody took it down."""
        return self.removed_at is not None


class NoticeReading(models.Model):
    """Somebody read a message."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("gelezen bericht")
        verbose_name_plural = _("gelezen berichten")
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.notice}"
