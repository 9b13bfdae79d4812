"""What a functional manager tells the legal clock: new free days, and outages of the portal."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import AMSTERDAM
from shared.terms.changes import Outage


class EquatedDay(models.Model):
    """A day that a royal decree equates with a holiday (Algemene termijnenwet, article 3.3)."""

    day = models.DateField(gettext_lazy("dag"), unique=True)
    source = models.CharField(
        gettext_lazy("besluit"), max_length=120, help_text=gettext_lazy("Bijvoorbeeld: Stcrt. 2025, 24713.")
    )

    class Meta:
        verbose_name = gettext_lazy("gelijkgestelde dag")
        verbose_name_plural = gettext_lazy("gelijkgestelde dagen")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y}"


class PortalOutage(models.Model):
    """A time in which residents could not use the portal; it gives them more time (Wmebv)."""

    started_at = models.DateTimeField(gettext_lazy("begonnen om"))
    ended_at = models.DateTimeField(gettext_lazy("voorbij om"))
    what = models.CharField(gettext_lazy("wat werkte er niet"), max_length=200)

    class Meta:
        verbose_name = gettext_lazy("storing van het portaal")
        verbose_name_plural = gettext_lazy("storingen van het portaal")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="portaloutage_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at, AMSTERDAM):%d-%m-%Y %H:%M}"

    def clean(self) -> None:
        """An outage ends after it began; a planned one is entered when it is over.

        Raises:
            ValidationError: the end lies before the beginning.
        """
        if self.started_at and self.ended_at and self.ended_at < self.started_at:
            raise ValidationError({"ended_at": _("Vul een tijd in die na het begin ligt")})

    def as_days(self) -> Outage:
        """The days, in the Netherlands, that this outage touched."""
        first, last = (timezone.localtime(moment, AMSTERDAM).date() for moment in (self.started_at, self.ended_at))
        return Outage(first, last)
