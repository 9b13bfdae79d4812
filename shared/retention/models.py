"""The list of what is destroyed, and the certificate that stays."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DestructionList(models.Model):
    """Files whose term is over. People agree with it before anything goes; nothing is added after the first one did."""

    made_on = models.DateField(_("gemaakt op"))
    first_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("goedgekeurd door"), null=True, blank=True
    )
    first_at = models.DateTimeField(_("goedgekeurd op"), null=True, blank=True)
    second_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("tweede akkoord door"), null=True, blank=True
    )
    second_at = models.DateTimeField(_("tweede akkoord op"), null=True, blank=True)
    # Enough people agreed: from here on it is carried out.
    approved_at = models.DateTimeField(_("akkoord compleet op"), null=True, blank=True)
    finished_on = models.DateField(_("vernietigd op"), null=True, blank=True)
    certificate = models.BinaryField(_("verklaring van vernietiging"), null=True, editable=False)
    certificate_sha256 = models.CharField(_("vingerafdruk"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("vernietigingslijst")
        verbose_name_plural = _("vernietigingslijsten")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")), name="destructionlist_two_people"
            ),
            models.UniqueConstraint(
                fields=["made_on"], condition=Q(first_at__isnull=True), name="destructionlist_one_open_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.made_on:%d-%m-%Y}"

    @property
    def is_open(self) -> bool:
        """People still have to agree."""
        return self.approved_at is None


class DestructionItem(models.Model):
    """One file on a list: without a name, so that the list itself can stay."""

    list = models.ForeignKey(DestructionList, models.PROTECT, related_name="items", verbose_name=_("lijst"))
    kind = models.CharField(_("soort"), max_length=80)
    record_id = models.CharField(max_length=64)
    reference = models.CharField(_("nummer"), max_length=40)
    ground = models.CharField(_("grondslag"), max_length=120)
    category = models.CharField(_("categorie"), max_length=120)
    closed_on = models.DateField(_("gesloten op"))
    term_over_on = models.DateField(_("bewaard tot en met"))
    # Somebody took it off the list: why, and until when.
    kept_until = models.DateField(_("langer bewaren tot en met"), null=True, blank=True)
    kept_because = models.CharField(_("omdat"), max_length=300, blank=True)
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, blank=True)
    # What stood in the way at the moment itself.
    refused_because = models.CharField(_("niet vernietigd omdat"), max_length=300, blank=True)
    destroyed_at = models.DateTimeField(_("vernietigd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("dossier op een vernietigingslijst")
        verbose_name_plural = _("dossiers op een vernietigingslijst")
        ordering = ["kind", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["list", "kind", "record_id"], name="destructionitem_once_per_list"),
            models.CheckConstraint(
                condition=Q(kept_until__isnull=True) | ~Q(kept_because=""), name="destructionitem_kept_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_to_go(self) -> bool:
        """On the list, and nothing happened with it yet."""
        return self.kept_until is None and self.destroyed_at is None and not self.refused_because
