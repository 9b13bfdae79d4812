"""Money that the council still has to make available: its budget, and grants that were made before it (Awb 4:34)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from subsidies.models.application import Application
from subsidies.models.decision import Decision
from subsidies.querysets import BudgetProvisoQuerySet


class MunicipalBudget(models.Model):
    """The budget of the municipality for a year; a grant for it can be made under a proviso until it is adopted."""

    year = models.PositiveSmallIntegerField(_("begrotingsjaar"), unique=True)
    expected_on = models.DateField(
        _("vaststelling verwacht op"), help_text=_("De dag waarop de gemeenteraad er volgens de planning over beslist.")
    )
    adopted_on = models.DateField(
        _("vastgesteld op"),
        null=True,
        blank=True,
        help_text=_("Vanaf deze dag is er vier weken om een beroep te doen op het begrotingsvoorbehoud (Awb 4:34)."),
    )
    source = models.CharField(_("raadsbesluit"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("gemeentebegroting")
        verbose_name_plural = _("gemeentebegrotingen")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class BudgetProviso(models.Model):
    """A grant that was made "if money is made available"; open until it is invoked, let go, or has lapsed."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="proviso", verbose_name=_("besluit"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="provisos", verbose_name=_("aanvraag"))
    budget = models.ForeignKey(
        MunicipalBudget, models.PROTECT, related_name="provisos", verbose_name=_("gemeentebegroting")
    )
    invoked_by = models.OneToOneField(
        Decision, models.PROTECT, related_name="invokes", verbose_name=_("beroep gedaan met"), null=True, blank=True
    )
    lapsed_on = models.DateField(_("vervallen op"), null=True, blank=True)

    objects = BudgetProvisoQuerySet.as_manager()

    class Meta:
        verbose_name = _("begrotingsvoorbehoud")
        verbose_name_plural = _("begrotingsvoorbehouden")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invoked_by__isnull=True) | Q(lapsed_on__isnull=True), name="proviso_ends_one_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.budget_id}"
