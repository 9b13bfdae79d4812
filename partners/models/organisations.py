"""A wijkpartner: an organisation that works in one or more wijken, and the people who speak for it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.enums.organisations import PartnerKind
from partners.querysets.organisations import PartnerContactQuerySet, PartnerQuerySet
from shared.themes.models import Theme


class Period(models.Model):
    """From a first day up to and including a last one; the day before the first is: ended on the day it began."""

    starts_on = models.DateField(_("eerste dag"), default=timezone.localdate)
    ends_on = models.DateField(_("laatste dag"), null=True, blank=True, help_text=_("Leeg: loopt door."))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            )
        ]

    def is_active(self, on: date | None = None) -> bool:
        """Whether it holds on this day; the last day counts."""
        on = on or timezone.localdate()
        return self.starts_on <= on and not self.has_ended(on)

    def has_ended(self, on: date | None = None) -> bool:
        """Whether the last day has passed."""
        return self.ends_on is not None and self.ends_on < (on or timezone.localdate())


class Partner(Period):
    """An organisation that works in the neighbourhood. All of it is public, except who has an account."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(_("naam in het webadres"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=PartnerKind)
    what = models.TextField(
        _("wat doet deze organisatie in de wijk"),
        max_length=1000,
        blank=True,
        help_text=_("Staat op de website. Twee of drie zinnen zijn genoeg."),
    )
    wijken = models.ManyToManyField(
        "wijken.Wijk",
        verbose_name=_("werkgebied"),
        related_name="partners",
        help_text=_("De wijken waar deze organisatie werkt."),
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("thema's"), related_name="partners", blank=True)
    website = models.URLField(_("website"), blank=True)
    public_contact = models.CharField(
        _("bij wie kunnen bewoners terecht"),
        max_length=120,
        blank=True,
        help_text=_("Bijvoorbeeld “wijkconsulent” of “receptie”. Staat op de website."),
    )
    public_email = models.EmailField(_("e-mailadres voor bewoners"), blank=True)
    public_phone = models.CharField(_("telefoonnummer voor bewoners"), max_length=20, blank=True)
    is_demo = models.BooleanField(
        _("voorbeeld"), default=False, help_text=_("Staat er als voorbeeld: de organisatie doet niet echt mee.")
    )
    remark = models.CharField(
        _("opmerking bij de naam"),
        max_length=200,
        blank=True,
        help_text=_("Bijvoorbeeld dat de naam nog niet is bevestigd. Staat op de website."),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = _("wijkpartner")
        verbose_name_plural = _("wijkpartners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partners:partner", args=[self.slug])


class PartnerContact(Period):
    """Somebody with an account who speaks for an organisation; without `accepted_at` the invitation is still open."""

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("wijkpartner"), related_name="contacts")
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("persoon"), related_name="partner_contacts"
    )
    function = models.CharField(_("functie"), max_length=120, blank=True)
    invited_at = models.DateTimeField(_("uitgenodigd op"), default=timezone.now)
    invited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("uitgenodigd door"), related_name="+", null=True, blank=True
    )
    accepted_at = models.DateTimeField(_("uitnodiging aangenomen op"), null=True, blank=True)
    handed_over_to = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("overgedragen aan"),
        related_name="taken_over_from",
        null=True,
        blank=True,
    )

    objects = PartnerContactQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ["user__name", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["partner", "user"],
                condition=Q(ends_on=None),
                name="partner_contact_once_at_a_time",
                violation_error_message=_("Deze persoon is al contactpersoon van deze organisatie."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(name)s van %(partner)s") % {"name": self.user, "partner": self.partner}

    @property
    def stands(self) -> bool:
        """It was not taken back, and the organisation still takes part (or will)."""
        return self.is_active() and not self.partner.has_ended()
