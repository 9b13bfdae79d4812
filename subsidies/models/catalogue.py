"""What belongs to a scheme: its maxima, questions, criteria, grounds and duties, its rounds, letters and mandates."""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shared.terms import legal_days
from subsidies.enums import AccountabilityMode, GroundKind, GroundRule
from subsidies.models.fields import EuroField
from subsidies.models.scheme import Scheme, SchemeVersion
from subsidies.querysets import RoundQuerySet
from subsidies.statute import LOWER_ARTICLES, ObligationKind

# A reference to the Act alone, such as "Awb artikel 4:38, eerste lid".
_AWB = re.compile(r"\bawb\b|\bartikel(en)?\b|\b4:\d+\b|\b(eerste|tweede|derde) lid\b|\bonder [a-h]\b", re.IGNORECASE)


class CategoryCap(models.Model):
    """A lower maximum for one kind of activity, such as a neighbourhood barbecue."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="category_caps")
    name = models.CharField(_("soort activiteit"), max_length=80)
    maximum_amount = EuroField(_("maximumbedrag"))

    class Meta:
        verbose_name = _("maximum per soort activiteit")
        verbose_name_plural = _("maxima per soort activiteit")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["scheme_version", "name"], name="categorycap_once")]

    def __str__(self) -> str:
        return self.name


class EligibilityQuestion(models.Model):
    """One question of "kom ik in aanmerking?"; a scheme version has at most five."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="eligibility_questions")
    position = models.PositiveSmallIntegerField(_("volgorde"))
    question = models.CharField(_("vraag"), max_length=200)
    yes_is_right = models.BooleanField(_("“ja” is goed"), default=True)
    stops = models.BooleanField(
        _("een ander antwoord sluit uit"), default=True, help_text=_("Niet aangevinkt: dan raden wij een gesprek aan.")
    )
    why_not = models.TextField(_("waarom niet"), max_length=500)
    instead = models.TextField(_("wat kan dan wel"), max_length=500)

    class Meta:
        verbose_name = _("vraag vooraf")
        verbose_name_plural = _("vragen vooraf")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme_version", "position"], name="eligibilityquestion_place_once"),
            models.CheckConstraint(
                condition=Q(position__range=(1, 5)),
                name="eligibilityquestion_at_most_five",
                violation_error_message=_("Er passen vijf vragen. Kies een plaats van 1 tot en met 5."),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Criterion(models.Model):
    """What a reviewer looks at before deciding; the answer is kept with the application."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("volgorde"), default=1)
    article = models.CharField(_("artikel"), max_length=60, blank=True)
    question = models.CharField(_("vraag aan de behandelaar"), max_length=200)
    text = models.TextField(_("uitleg"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("criterium")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.question


class Ground(models.Model):
    """A ground in the catalogue: an article, and what it means in plain words."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="grounds")
    position = models.PositiveSmallIntegerField(_("volgorde"), default=1)
    kind = models.CharField(_("waarvoor"), max_length=15, choices=GroundKind)
    article = models.CharField(_("artikel"), max_length=80)
    text = models.TextField(_("in gewone taal"), max_length=1000)
    needs_hearing = models.BooleanField(_("eerst een zienswijze vragen (Awb 4:12)"), default=False)
    rule = models.CharField(_("controle"), max_length=12, choices=GroundRule, default=GroundRule.NONE, blank=True)
    active = models.BooleanField(_("kan gekozen worden"), default=True)

    class Meta:
        verbose_name = _("grond")
        verbose_name_plural = _("gronden")
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.article}: {self.text}"

    def clean(self) -> None:
        """Less than was granted is set only on the four grounds of the law (Awb article 4:46(2))."""
        if self.kind == GroundKind.LOWER and self.article.strip() not in LOWER_ARTICLES:
            raise ValidationError(
                {
                    "article": _("Lager vaststellen kan alleen op een van deze vier: %(articles)s.")
                    % {"articles": "; ".join(LOWER_ARTICLES)}
                }
            )


class Obligation(models.Model):
    """A duty that can be tied to a grant; it is written out in the decision."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="obligations")
    position = models.PositiveSmallIntegerField(_("volgorde"), default=1)
    kind = models.CharField(_("grondslag"), max_length=5, choices=ObligationKind)
    basis = models.CharField(_("artikel"), max_length=80)
    text = models.TextField(_("tekst"), max_length=500)
    by_default = models.BooleanField(_("staat vanzelf aan"), default=True)

    class Meta:
        verbose_name = _("verplichting")
        verbose_name_plural = _("verplichtingen")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def with_basis(self) -> str:
        """The duty as a decision states it, with what it rests on (Awb articles 4:37-4:39)."""
        article = self.kind[:4]
        basis = self.basis if article in self.basis else f"{self.basis}; Awb {article}"
        return f"{self.text} ({basis})"

    def clean(self) -> None:
        """Any duty but the standard ones has its place in the scheme itself (Awb articles 4:38(2) and 4:39(1))."""
        by_scheme = self.kind in (ObligationKind.PURPOSE, ObligationKind.OTHER)
        if by_scheme and not _AWB.sub("", self.basis).strip(" ,;."):
            raise ValidationError(
                {"basis": _("Noem het artikel van de regeling: bij Awb 4:38 en 4:39 staat de verplichting daarin.")}
            )


class AccountabilityBand(models.Model):
    """From which amount on the recipient accounts in which way."""

    scheme_version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="accountability_bands")
    from_amount = EuroField(_("vanaf"))
    mode = models.CharField(_("verantwoording"), max_length=10, choices=AccountabilityMode)

    class Meta:
        verbose_name = _("verantwoording per bedrag")
        verbose_name_plural = _("verantwoording per bedrag")
        ordering = ["from_amount"]
        constraints = [
            models.UniqueConstraint(fields=["scheme_version", "from_amount"], name="accountabilityband_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_amount}: {self.get_mode_display()}"


class Round(models.Model):
    """A period in which applications for one scheme come in together and are ranked."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds", verbose_name=_("regeling"))
    name = models.CharField(_("naam"), max_length=60)
    opens_on = models.DateField(_("open vanaf"))
    closes_on = models.DateField(_("open tot en met"))
    decide_by = models.DateField(_("besluit uiterlijk"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")) & Q(decide_by__gt=F("closes_on")),
                name="round_dates_in_order",
                violation_error_message=_("Een ronde sluit na de eerste dag, en het besluit komt na de sluiting."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def last_day(self) -> date:
        """The last day to apply; later than `closes_on` when the portal did not work on it (Wmebv)."""
        return legal_days.last_day_for_residents(self.closes_on)


class LetterText(models.Model):
    """A text that the municipality writes itself into a letter of one scheme, or of all."""

    scheme = models.ForeignKey(
        Scheme, models.CASCADE, related_name="letter_texts", verbose_name=_("regeling"), null=True, blank=True
    )
    letter = models.CharField(_("brief"), max_length=40)
    body = models.TextField(_("tekst"), max_length=6000)
    changed_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    class Meta:
        verbose_name = _("brieftekst")
        verbose_name_plural = _("briefteksten")
        ordering = ["letter", "scheme"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "letter"], nulls_distinct=False, name="lettertext_once")
        ]

    def __str__(self) -> str:
        scheme = self.scheme or _("alle regelingen")
        return f"{scheme}: {self.body[:40]}"


class Mandate(models.Model):
    """Who may decide in the name of the executive, up to which amount, from and to (Awb title 10.1)."""

    scheme = models.ForeignKey(
        Scheme, models.CASCADE, related_name="mandates", verbose_name=_("regeling"), null=True, blank=True
    )
    role = models.CharField(_("rol"), max_length=30)
    user = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        verbose_name=_("alleen deze persoon"),
        null=True,
        blank=True,
    )
    maximum_amount = EuroField(_("tot en met"))
    valid_from = models.DateField(_("vanaf"))
    valid_to = models.DateField(_("tot en met datum"), null=True, blank=True)
    source = models.CharField(_("mandaatbesluit"), max_length=200)

    class Meta:
        verbose_name = _("mandaat")
        verbose_name_plural = _("mandaatregister")
        ordering = ["role", "-maximum_amount"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="mandate_ends_after_start",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} ≤ {self.maximum_amount}"


class InterestRate(models.Model):
    """The statutory interest from this day on (Besluit wettelijke rente), and below which sum none is due.

    The portal brings no percentage of its own: whoever enters one says where it was published.
    """

    valid_from = models.DateField(_("vanaf"), unique=True)
    percent = models.DecimalField(
        _("procent per jaar"),
        max_digits=5,
        decimal_places=2,
        help_text=_("De wettelijke rente voor niet-handelstransacties (Burgerlijk Wetboek 6:119 en 6:120)."),
    )
    minimum = EuroField(
        _("geen rente onder"),
        default=Decimal(10),
        help_text=_("Als de gemeente moet betalen (Awb 4:98, tweede lid). Kijk elk jaar na of het bedrag nog klopt."),
    )
    source = models.CharField(_("bron"), max_length=120, help_text=_("Bijvoorbeeld het nummer van het Staatsblad."))

    class Meta:
        verbose_name = _("rentepercentage")
        verbose_name_plural = _("wettelijke rente")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0) & Q(minimum__gte=0),
                name="interestrate_not_negative",
                violation_error_message=_("Vul 0 of meer in."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d-%m-%Y}: {self.percent} %"


class PenaltyRate(models.Model):
    """Euros a day for a late decision, for notices of default received from this day on (Awb article 4:17)."""

    valid_from = models.DateField(_("vanaf"), unique=True)
    first = EuroField(_("dag 1 tot en met 14"))
    second = EuroField(_("dag 15 tot en met 28"))
    third = EuroField(_("dag 29 tot en met 42"))
    source = models.CharField(_("bron"), max_length=120)

    class Meta:
        verbose_name = _("dwangsombedrag")
        verbose_name_plural = _("dwangsombedragen")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d-%m-%Y}"
