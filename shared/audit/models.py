"""One table that only grows: a database trigger refuses every change and removal."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.audit.enums import ACTION_LABELS, Visibility
from shared.audit.querysets import EventQuerySet


class Event(models.Model):
    """Something that happened. Subject and actor are kept as text, so that no removal elsewhere can touch the trail."""

    action = models.CharField(_("handeling"), max_length=80)
    subject_type = models.CharField(_("soort"), max_length=80)
    subject_id = models.CharField(_("nummer"), max_length=64, blank=True)
    subject_label = models.CharField(_("onderwerp"), max_length=200, blank=True)
    actor_id = models.BigIntegerField(_("gebruikersnummer"), null=True, blank=True)
    actor_label = models.CharField(_("door"), max_length=200, blank=True)
    text = models.TextField(_("omschrijving"), blank=True)
    old = models.JSONField(_("oud"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(_("nieuw"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    visibility = models.CharField(_("zichtbaar voor"), max_length=10, choices=Visibility.choices)
    channel = models.CharField(_("kanaal"), max_length=20, blank=True)
    request_id = models.CharField(_("verzoek"), max_length=64, blank=True)
    occurred_at = models.DateTimeField(_("wanneer"), default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("logboek")
        ordering = ["-occurred_at", "-pk"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "-occurred_at"],
                name="event_of_subject",
            ),
            models.Index(fields=["-occurred_at", "-id"], name="event_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.action_label}: {self.subject_label}"

    @property
    def action_label(self) -> str:
        """What the action is called on a screen."""
        return str(ACTION_LABELS.get(self.action, self.action))
