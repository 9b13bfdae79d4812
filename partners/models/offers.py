"""What somebody offers or asks: place, materials, hours, money, expertise, permits, publicity."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.offers import (
    LISTING_TRANSITIONS,
    DayPart,
    Direction,
    ListingStatus,
    Resource,
    Weekday,
)
from partners.querysets.offers import HelpConsentQuerySet, ListingQuerySet
from shared.lifecycle import Lifecycle
from shared.themes.models import Theme

# What a plan asks stands once for each kind; what is done or over may be asked again.
KEPT = (ListingStatus.OPEN, ListingStatus.AGREED, ListingStatus.ENDED)
OWNERS = ("partner", "initiative", "department")


def _one_owner() -> Q:
    """Exactly one of the three."""
    found = Q()
    for owner in OWNERS:
        others = {f"{other}__isnull": True for other in OWNERS if other != owner}
        found |= Q(**{f"{owner}__isnull": False}, **others)
    return found


class Listing(Lifecycle):
    """An offer or a need of a partner, a department or a resident's plan. No names of residents in it."""

    TRANSITIONS = LISTING_TRANSITIONS

    direction = models.CharField(gettext_lazy("aanbod of vraag"), max_length=5, choices=Direction)
    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=ListingStatus, default=ListingStatus.OPEN, editable=False
    )
    kind = models.CharField(gettext_lazy("soort hulp"), max_length=10, choices=Resource)
    title = models.CharField(gettext_lazy("in één zin"), max_length=120)
    what = models.TextField(gettext_lazy("toelichting"), max_length=1500, blank=True)
    amount = models.CharField(gettext_lazy("hoeveel"), max_length=80, blank=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, verbose_name=gettext_lazy("thema"), related_name="listings", null=True, blank=True
    )
    conditions = models.TextField(gettext_lazy("voorwaarden"), max_length=600, blank=True)

    # Where
    wijken = models.ManyToManyField("wijken.Wijk", verbose_name=gettext_lazy("wijken"), related_name="listings")
    buurt = models.ForeignKey(
        "wijken.Buurt", models.PROTECT, verbose_name=gettext_lazy("buurt"), related_name="+", null=True, blank=True
    )
    place = models.CharField(gettext_lazy("straat of plek"), max_length=120, blank=True)

    # When
    starts_on = models.DateField(gettext_lazy("vanaf"), null=True, blank=True)
    ends_on = models.DateField(gettext_lazy("tot en met"), null=True, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        verbose_name=gettext_lazy("dagen van de week"),
        default=list,
        blank=True,
    )
    parts = ArrayField(
        models.CharField(max_length=10, choices=DayPart),
        verbose_name=gettext_lazy("dagdelen"),
        default=list,
        blank=True,
    )
    repeats = models.BooleanField(
        gettext_lazy("kan vaker"),
        default=False,
        help_text=gettext_lazy("Blijft open nadat er een afspraak is, bijvoorbeeld een zaal die u vaker uitleent."),
    )

    # Whose
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        verbose_name=gettext_lazy("wijkpartner"),
        related_name="listings",
        null=True,
        blank=True,
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        verbose_name=gettext_lazy("initiatief"),
        related_name="listings",
        null=True,
        blank=True,
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        verbose_name=gettext_lazy("afdeling"),
        related_name="listings",
        null=True,
        blank=True,
    )
    contact = models.ForeignKey(
        "partners.PartnerContact",
        models.PROTECT,
        verbose_name=gettext_lazy("contactpersoon"),
        related_name="listings",
        null=True,
        blank=True,
    )
    created_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=gettext_lazy("ingevoerd door"),
        related_name="+",
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField(gettext_lazy("op de lijst sinds"))
    closed_at = models.DateTimeField(gettext_lazy("gesloten op"), null=True, blank=True)

    # What everybody may read
    may_be_public = models.BooleanField(gettext_lazy("mag op de website"), default=False)
    published_at = models.DateTimeField(gettext_lazy("op de website sinds"), null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("aanbod of vraag")
        verbose_name_plural = gettext_lazy("aanbod en vragen")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            # The question of every match: who offers (or asks) this kind?
            models.Index(
                fields=["direction", "kind"], name="listing_open_by_kind", condition=Q(status=ListingStatus.OPEN)
            ),
            models.Index(fields=["status", "ends_on"], name="listing_lapsing"),
        ]
        constraints = [
            models.CheckConstraint(condition=_one_owner(), name="listing_has_one_owner"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="listing_ends_after_it_starts",
                violation_error_message=gettext_lazy("De laatste dag kan niet vóór de eerste dag liggen."),
            ),
            models.UniqueConstraint(
                fields=["initiative", "kind"],
                condition=Q(initiative__isnull=False, direction=Direction.NEED, status__in=KEPT),
                name="listing_plan_asks_each_kind_once",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(may_be_public=True), name="listing_public_when_allowed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of who takes part."""
        return reverse("partners:listing", args=[self.pk])

    @property
    def is_offer(self) -> bool:
        """Offered, not asked."""
        return self.direction == Direction.OFFER

    @property
    def owner_filter(self) -> dict[str, Any]:
        """The condition for everything of the same owner."""
        return {f"{name}_id": getattr(self, f"{name}_id") for name in OWNERS if getattr(self, f"{name}_id")}

    def has_same_owner_as(self, other: "Listing") -> bool:
        """Both of one organisation, one department or one initiator: nobody is matched with oneself."""
        if self.initiative and other.initiative and self.initiative.initiator_id:
            return self.initiative.initiator_id == other.initiative.initiator_id
        return self.owner_filter == other.owner_filter

    @property
    def owner_name(self) -> str:
        """Whose it is, in words that everybody may read: a resident's plan is named by its title."""
        if self.partner:
            return self.partner.name
        if self.department:
            return self.department.name
        return self.initiative.public_title if self.initiative else ""

    @property
    def who(self) -> str:
        """Whose it is, so that a sentence can go on: “Mag … contact opnemen?”."""
        return _("de indiener van “%(plan)s”") % {"plan": self.owner_name} if self.initiative else self.owner_name

    @property
    def where(self) -> str:
        """The place in words; `wijken` is prefetched by lists."""
        names = ", ".join(sorted(wijk.short_name for wijk in self.wijken.all()))
        parts = [self.place, self.buurt.name if self.buurt else "", names]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    @property
    def days(self) -> list[str]:
        """The days of the week in words."""
        return [str(Weekday(day).label) for day in sorted(self.weekdays)]

    @property
    def day_parts(self) -> list[str]:
        """The parts of a day in words, in the order of a day."""
        return [str(part.label) for part in DayPart if part.value in self.parts]

    @property
    def one_day(self) -> date | None:
        """The only day that it is about."""
        return self.starts_on if self.starts_on and self.starts_on == self.ends_on else None


class HelpConsent(models.Model):
    """Whether an initiator wants partners to see which help the plan asks; asked once for each plan."""

    initiative = models.OneToOneField(
        "initiatives.Initiative",
        models.PROTECT,
        verbose_name=gettext_lazy("initiatief"),
        related_name="help_consent",
    )
    asked_at = models.DateTimeField(gettext_lazy("gevraagd op"))
    agreed_at = models.DateTimeField(gettext_lazy("ja gezegd op"), null=True, blank=True)
    declined_at = models.DateTimeField(gettext_lazy("nee gezegd op"), null=True, blank=True)

    objects = HelpConsentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("toestemming voor hulp")
        verbose_name_plural = gettext_lazy("toestemmingen voor hulp")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(declined_at__isnull=True), name="help_consent_one_answer"
            )
        ]

    def __str__(self) -> str:
        answer = _("ja") if self.agreed_at else _("nee") if self.declined_at else _("nog geen antwoord")
        return f"{self.initiative}: {answer}"
