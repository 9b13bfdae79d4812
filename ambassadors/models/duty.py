"""Which department answers for which theme."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets import ThemeDutyQuerySet


class ThemeDuty(models.Model):
    """A department answers for a theme, everywhere or in one wijk. A duty is never rewritten: it ends."""

    theme = models.ForeignKey("themes.Theme", models.PROTECT, related_name="+", verbose_name=_("thema"))
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="theme_duties", verbose_name=_("afdeling")
    )
    wijk = models.ForeignKey(
        "wijken.Wijk",
        models.PROTECT,
        related_name="+",
        verbose_name=_("wijk"),
        null=True,
        blank=True,
        help_text=_("Leeg: in alle wijken."),
    )
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"), null=True, blank=True)

    objects = ThemeDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema van een afdeling")
        verbose_name_plural = _("thema's van afdelingen")
        ordering = ["theme__position", "theme__name", "department__name", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "department", "wijk"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="theme_duty_once",
                violation_error_message=_("Deze afdeling heeft dit thema daar al."),
            ),
            # One day before the first is a duty that was taken back on the day it began.
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="theme_duty_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.department}" + (f" ({self.wijk})" if self.wijk else "")
