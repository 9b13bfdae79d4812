"""What ambassadors and coordinators tell each other, and what they agree to do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets import ContactNoteQuerySet


class ContactNote(models.Model):
    """A short note about a contact, shared by the department and the coordinator; or an appointment to come."""

    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="contact_notes", verbose_name=_("afdeling")
    )
    wijk = models.ForeignKey(
        "wijken.Wijk", models.PROTECT, related_name="+", verbose_name=_("wijk"), null=True, blank=True
    )
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("schrijver"))
    planned = models.BooleanField(_("afspraak"), default=False)
    held_on = models.DateField(_("wanneer"))
    with_whom = models.CharField(_("met wie"), max_length=150)
    text = models.TextField(_("waarover"), max_length=2000)
    follow_up = models.CharField(_("wat doen we"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("vóór of op"), null=True, blank=True)
    done_at = models.DateTimeField(_("gedaan op"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("gedaan door"), null=True, blank=True
    )
    written_at = models.DateTimeField(_("geschreven op"), auto_now_add=True)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacten")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on=None) | ~Q(follow_up=""), name="contact_day_belongs_to_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | (Q(done_at__isnull=False) & ~Q(follow_up="")),
                name="contact_done_is_a_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.with_whom}"
