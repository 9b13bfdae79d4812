"""Neighbours around a plan: they join, support or follow it, confirmed by e-mail."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from initiatives.enums import InvolvementKind
from initiatives.querysets import InvolvementQuerySet
from shared.notifications.enums import Frequency


class Involvement(models.Model):
    """One person, one plan, one way of being involved. It counts once the address is confirmed."""

    initiative = models.ForeignKey("initiatives.Initiative", models.CASCADE, related_name="involvements")
    kind = models.CharField(_("hoe"), max_length=10, choices=InvolvementKind)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"))
    message = models.TextField(_("bericht aan de indiener"), max_length=1000, blank=True)
    shares_contact = models.BooleanField(_("indiener mag naam en e-mailadres zien"), default=False)
    frequency = models.CharField(_("hoe vaak nieuws"), max_length=10, choices=Frequency, default=Frequency.DAILY)
    asked_at = models.DateTimeField(_("aangemeld op"))
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    ended_at = models.DateTimeField(_("gestopt op"), null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("betrokken buur")
        verbose_name_plural = _("betrokken buren")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint("initiative", "kind", Lower("email"), name="involvement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.initiative_id}"
