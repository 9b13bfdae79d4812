"""The ledger: what a ceiling holds, and every cent that was reserved, granted, paid or came back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from subsidies.enums import EntryKind
from subsidies.models.fields import EuroField
from subsidies.models.scheme import Scheme
from subsidies.querysets import CeilingQuerySet


class Ceiling(models.Model):
    """The most that can be granted under a scheme in a period, for everybody or for one wijk (Awb article 4:25).

    `available` follows from the entries: a trigger in the database adds each entry to it and refuses less than zero.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="ceilings", verbose_name=_("regeling"))
    wijk = models.ForeignKey(
        "wijken.Wijk", models.PROTECT, related_name="+", verbose_name=_("wijk"), null=True, blank=True
    )
    period_from = models.DateField(_("vanaf"))
    period_to = models.DateField(_("tot en met"))
    published_on = models.DateField(
        _("bekendgemaakt op"),
        null=True,
        blank=True,
        help_text=_("Vóór het begin van de periode (Awb 4:27)."),
    )
    published_where = models.CharField(_("bekendgemaakt in"), max_length=200, blank=True)
    available = EuroField(_("beschikbaar"), default=0, editable=False)

    objects = CeilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidieplafond")
        verbose_name_plural = _("subsidieplafonds")
        ordering = ["scheme", "-period_from", "wijk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "wijk", "period_from"], nulls_distinct=False, name="ceiling_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="ceiling_ends_after_start",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            ),
            models.CheckConstraint(condition=Q(available__gte=0), name="ceiling_never_overspent"),
        ]

    def __str__(self) -> str:
        place = f", {self.wijk}" if self.wijk else ""
        return f"{self.scheme} {self.period_from:%d-%m-%Y} – {self.period_to:%d-%m-%Y}{place}"


class Entry(models.Model):
    """One line of the ledger; it is never changed or deleted (a trigger refuses it)."""

    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="entries", verbose_name=_("plafond"))
    kind = models.CharField(_("soort"), max_length=10, choices=EntryKind)
    # Positive, in euros; only the ceiling itself can be lowered with a negative amount.
    amount = EuroField(_("bedrag"))
    application = models.ForeignKey(
        "subsidies.Application",
        models.PROTECT,
        related_name="entries",
        verbose_name=_("aanvraag"),
        null=True,
        blank=True,
    )
    # The legal day: what was available on a day is the sum of the entries up to and including it (Awb 4:25(3)).
    booked_on = models.DateField(_("datum"))
    recorded_at = models.DateTimeField(_("vastgelegd op"), auto_now_add=True)
    by = models.CharField(_("door"), max_length=200, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("boeking")
        verbose_name_plural = _("boekingen")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["ceiling", "booked_on"], name="entry_as_of"),
            models.Index(fields=["application", "kind"], name="entry_of_application"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(kind=EntryKind.CEILING), name="entry_amount_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Lottery(models.Model):
    """A draw between applications of the same day or score, or a sample; the seed makes it repeatable."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="lotteries", verbose_name=_("regeling"))
    about = models.CharField(_("waarover"), max_length=200)
    seed = models.CharField(_("startgetal"), max_length=64)
    # References in the order that they were put in, and in the order that came out.
    entered = models.JSONField(_("deelnemers"))
    drawn = models.JSONField(_("uitkomst"))
    drawn_at = models.DateTimeField(_("geloot op"), auto_now_add=True)

    class Meta:
        verbose_name = _("loting")
        verbose_name_plural = _("lotingen")
        ordering = ["-drawn_at"]

    def __str__(self) -> str:
        return self.about
