"""A plan that was not sent yet, kept so that the resident can go on later or on another device."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.querysets import DraftQuerySet

# The signed mentions of files that were received before, among the answers.
KEPT_FILES = "files-kept"


class Draft(models.Model):
    """The answers as typed, right or wrong; found again by a signed link in an e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    answers = models.JSONField(_("antwoorden"), default=dict)
    started_at = models.DateTimeField(_("begonnen op"))
    saved_at = models.DateTimeField(_("bewaard op"))
    # When answers go that nobody asked to keep; moves on with each sign of life. Empty: kept as long as was promised.
    idle_until = models.DateTimeField(_("gewist na"), null=True, blank=True)
    warned_at = models.DateTimeField(_("gewaarschuwd op"), null=True, blank=True)
    initiative = models.OneToOneField(
        "initiatives.Initiative",
        models.CASCADE,
        verbose_name=_("verstuurd als"),
        related_name="draft",
        null=True,
        blank=True,
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.answers.get("title") or _("zonder titel"))
