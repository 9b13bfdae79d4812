"""Which reminder went out for which deadline, so that none is sent twice and none is forgotten."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.models.project import Project


class SentReminder(models.Model):
    """One rung of the ladder of reminders for one deadline.

    `subject` is what is awaited: "check:<phase>", "feedback:<moment>" or "evaluation:<project>".
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reminders", verbose_name=_("project"))
    subject = models.CharField(max_length=40)
    due_on = models.DateField(_("uiterlijk"))
    # Days after the deadline; negative is before.
    rung = models.SmallIntegerField()
    sent_on = models.DateField(_("verstuurd op"))

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "due_on", "rung"], name="reminder_once_per_rung"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.rung:+d}"
