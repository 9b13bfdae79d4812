"""Wijken and buurten as Statistics Netherlands (CBS) draws them, and the postcodes that lead to them."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shared.wijken.querysets import AreaQuerySet, PostcodeQuerySet

# CBS calls a wijk "Wijk 01 Centrum"; people call it "Centrum".
OFFICIAL_PREFIX = re.compile(r"^Wijk \d+ (?=\S)")


class Area(models.Model):
    """What a wijk and a buurt have in common. An area that ends keeps its row: old cases still point at it."""

    code = models.CharField(_("CBS-code"), max_length=12)
    name = models.CharField(_("naam"), max_length=100)
    slug = models.SlugField(_("naam in het webadres"), max_length=120, unique=True)
    geometry = models.JSONField(
        _("grens"),
        default=dict,
        blank=True,
        help_text=_("GeoJSON (Polygon of MultiPolygon) in lengte- en breedtegraden."),
    )
    source = models.CharField(
        _("bron van de grens"), max_length=200, blank=True, help_text=_("Staat onder elke kaart, zoals de bron vraagt.")
    )
    inhabitants = models.PositiveIntegerField(_("aantal inwoners"), null=True, blank=True)
    valid_from = models.DateField(_("geldig vanaf"))
    valid_to = models.DateField(_("geldig tot en met"), null=True, blank=True)
    updated_at = models.DateTimeField(_("bijgewerkt op"), auto_now=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="%(class)s_code_once_per_start"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="%(class)s_code_once_in_force"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="%(class)s_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wijk(Area):
    """A district of the municipality: a coordinator's territory."""

    short_name = models.CharField(
        _("korte naam"), max_length=100, help_text=_("Zo noemt de portal de wijk, bijvoorbeeld “Centrum”.")
    )
    municipality_code = models.CharField(_("gemeentecode"), max_length=6)
    municipality_name = models.CharField(_("gemeente"), max_length=100)

    class Meta(Area.Meta):
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")

    def __str__(self) -> str:
        return self.short_name


class Buurt(Area):
    """A neighbourhood: the part of a wijk that a resident chooses."""

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="buurten", verbose_name=_("wijk"))

    class Meta(Area.Meta):
        verbose_name = _("buurt")
        verbose_name_plural = _("buurten")


class PostcodeArea(models.Model):
    """Where a postcode lies: an address from the official CBS table, or a guess for a whole four-digit area."""

    postcode = models.CharField(_("postcode"), max_length=6, help_text=_("“3342AC”, of “3342” voor een heel gebied."))
    house_number = models.PositiveIntegerField(_("huisnummer"), null=True, blank=True)
    # Empty: the postcode belongs to the municipality but nobody lives there (PO boxes).
    buurt = models.ForeignKey(
        Buurt, models.CASCADE, related_name="postcodes", null=True, blank=True, verbose_name=_("buurt")
    )
    certain = models.BooleanField(_("officieel"), default=True)
    weight = models.PositiveSmallIntegerField(
        _("gewicht"), default=1, help_text=_("Bij een benadering: hoe hoger, hoe waarschijnlijker.")
    )

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        ordering = ["postcode", "house_number", "buurt"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.UniqueConstraint(
                fields=["postcode", "house_number", "buurt"], nulls_distinct=False, name="postcodearea_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.postcode} {self.house_number or ''}".strip()
