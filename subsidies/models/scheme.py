"""A scheme and its versions: every rule of a small grant is a setting, frozen in the version an applicant read."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from subsidies.enums import (
    AdviserKind,
    ApplicantKind,
    AreaKind,
    Distribution,
    OwnContributionKind,
    SupportMode,
)
from subsidies.models.fields import EuroField
from subsidies.querysets import SchemeQuerySet, SchemeVersionQuerySet

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def _residents() -> list[str]:
    return [ApplicantKind.RESIDENT.value, ApplicantKind.GROUP.value]


class Scheme(models.Model):
    """A regulation under which residents can ask for money, such as the Buurtbon.

    It opens only with a legal basis (Awb article 4:23), a published version and, when a ceiling is set, with that
    ceiling published before its period (Awb article 4:27).
    """

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("naam"), max_length=80, unique=True)
    summary = models.CharField(_("in één zin"), max_length=200)
    legal_basis = models.CharField(
        _("wettelijke grondslag"), max_length=300, blank=True, help_text=_("De regeling waarop de subsidie berust.")
    )
    legal_basis_url = models.URLField(_("adres van de regeling"), blank=True, help_text=_("Op overheid.nl (CVDR)."))
    valid_from = models.DateField(_("geldig vanaf"))
    valid_to = models.DateField(_("geldig tot en met"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opengesteld op"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True, editable=False)
    evaluate_by = models.DateField(
        _("evaluatie uiterlijk"), null=True, blank=True, help_text=_("Ten minste eens in de vijf jaar (Awb 4:24).")
    )

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("regeling")
        verbose_name_plural = _("regelingen")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="scheme_ends_after_start",
                violation_error_message=_("De laatste dag kan niet vóór de eerste dag liggen."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(legal_basis=""),
                name="scheme_opens_with_legal_basis",
                violation_error_message=_("Een regeling die open is, heeft een wettelijke grondslag (Awb 4:23)."),
            ),
        ]
        permissions = [("export_applications", "Can export applications and reports of the scheme")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("subsidies:scheme", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Opened, and not closed since; rounds and validity dates are looked at elsewhere."""
        return self.opened_at is not None and self.closed_at is None


class SchemeVersion(models.Model):
    """The rules and texts of a scheme from one day on. A published version never changes: a change is a new version."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions", verbose_name=_("regeling"))
    number = models.PositiveSmallIntegerField(_("versie"))
    valid_from = models.DateField(_("geldt voor aanvragen vanaf"))
    published_at = models.DateTimeField(_("vastgesteld op"), null=True, blank=True, editable=False)

    # Texts that the applicant reads
    for_whom = models.TextField(_("voor wie"), max_length=1000)
    what_for = models.TextField(_("waarvoor"), max_length=2000)
    not_for = models.TextField(_("waarvoor niet"), max_length=2000, blank=True)
    conditions = models.TextField(_("voorwaarden in gewone taal"), max_length=4000, help_text=_("Eén per regel."))

    # Who
    applicant_kinds = ArrayField(
        models.CharField(max_length=15, choices=ApplicantKind), verbose_name=_("wie mag aanvragen"), default=_residents
    )
    minimum_age = models.PositiveSmallIntegerField(_("leeftijd om te ondertekenen"), default=18)
    must_live_here = models.BooleanField(_("aanvrager woont in de gemeente"), default=True)
    co_signers = models.PositiveSmallIntegerField(_("aantal mede-aanvragers"), default=0)

    # Money
    minimum_amount = EuroField(_("minimumbedrag"), default=Decimal(0))
    maximum_amount = EuroField(_("maximumbedrag"))
    percent_of_costs = models.PositiveSmallIntegerField(
        _("ten hoogste dit deel van de kosten (%)"), default=100, validators=PERCENT
    )
    own_share_percent = models.PositiveSmallIntegerField(_("eigen bijdrage (%)"), default=0, validators=PERCENT)
    own_share_kinds = ArrayField(
        models.CharField(max_length=10, choices=OwnContributionKind),
        verbose_name=_("eigen bijdrage mag zijn"),
        default=list,
        blank=True,
    )
    eligible_costs = models.TextField(_("kosten die meetellen"), max_length=1000, blank=True)
    ineligible_costs = models.TextField(_("kosten die niet meetellen"), max_length=1000, blank=True)
    advance_percent = models.PositiveSmallIntegerField(_("voorschot (%)"), default=100, validators=PERCENT)
    advance_above = EuroField(
        _("voorschot alleen boven"), default=Decimal(0), help_text=_("Tot en met dit bedrag is er geen voorschot.")
    )
    direct_settlement_until = EuroField(
        _("direct vaststellen tot en met"), default=Decimal(0), help_text=_("Eén besluit (Awb 4:42).")
    )
    unspent_return_above = EuroField(_("terugbetalen als er meer overblijft dan"), default=Decimal(0))
    pays_supplier = models.BooleanField(
        _("betalen aan een leverancier kan"),
        default=True,
        help_text=_("Betalen aan een ander kan alleen als de regeling dat zegt (Awb 4:89)."),
    )
    rounded_up_to = EuroField(_("afronden naar boven op"), default=Decimal("0.01"))

    # Budget
    distribution = models.CharField(
        _("verdeling"), max_length=20, choices=Distribution, default=Distribution.FIRST_COMPLETE
    )
    reallocate_on = models.CharField(
        _("overheveling tussen wijken op"), max_length=5, blank=True, help_text=_("Dag en maand, zoals 01-11.")
    )

    # Time
    lead_time_weeks = models.PositiveSmallIntegerField(_("weken vóór de activiteit"), default=0)
    service_days_small = models.PositiveSmallIntegerField(_("streven in werkdagen, kleine aanvraag"), default=10)
    service_small_until = EuroField(_("klein is tot en met"), default=Decimal(500))
    service_days = models.PositiveSmallIntegerField(_("streven in werkdagen"), default=20)
    decision_weeks = models.PositiveSmallIntegerField(
        _("beslistermijn in weken"), null=True, blank=True, help_text=_("Leeg: acht weken (Awb 4:13).")
    )
    atw_applies = models.BooleanField(_("de Algemene termijnenwet geldt voor de eigen termijn"), default=False)
    extension_weeks = models.PositiveSmallIntegerField(
        _("verdaging in weken"), default=0, help_text=_("Nul: de regeling kent geen verdaging.")
    )
    completion_days = models.PositiveSmallIntegerField(_("dagen om aan te vullen"), default=14)
    execute_months = models.PositiveSmallIntegerField(_("uitvoeren binnen maanden"), default=12)
    report_weeks = models.PositiveSmallIntegerField(_("verslag binnen weken na de activiteit"), default=6)
    settlement_weeks = models.PositiveSmallIntegerField(
        _("vaststellen binnen weken na het verslag"), null=True, blank=True, help_text=_("Leeg: acht weken (Awb 4:13).")
    )
    ex_officio_weeks = models.PositiveSmallIntegerField(
        _("zonder verslag vaststellen binnen weken"),
        default=13,
        help_text=_("Na de laatste dag voor het verslag, of van de activiteit als er geen verslag hoeft (Awb 4:47)."),
    )
    payment_weeks = models.PositiveSmallIntegerField(
        _("betaaltermijn in weken"), null=True, blank=True, help_text=_("Leeg: zes weken (Awb 4:87).")
    )

    # Proof
    support_mode = models.CharField(_("draagvlak"), max_length=10, choices=SupportMode, default=SupportMode.NUMBER)
    support_minimum = models.PositiveSmallIntegerField(_("aantal buren"), default=0)
    addresses_by_staff = models.BooleanField(
        _("de gemeente noemt de adressen"),
        default=False,
        help_text=_("De aanvrager hoort van ons bij welke adressen hij langsgaat."),
    )
    extra_proof_above = EuroField(_("bewijs van draagvlak boven"), null=True, blank=True)
    attachments_allowed = models.BooleanField(_("bijlagen kunnen mee"), default=True)
    attachments_required = models.BooleanField(_("bijlage verplicht"), default=False)

    # Rules
    once_per_initiative = models.BooleanField(_("één keer per initiatief"), default=True)
    per_year_per_applicant = models.PositiveSmallIntegerField(
        _("aanvragen per jaar per aanvrager"), null=True, blank=True
    )
    per_year_per_area = models.PositiveSmallIntegerField(_("aanvragen per jaar per gebied"), null=True, blank=True)
    area = models.CharField(_("dat gebied is de"), max_length=10, choices=AreaKind, default=AreaKind.BUURT)
    maximum_years = models.PositiveSmallIntegerField(
        _("jaren achter elkaar voor hetzelfde plan"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leeg: geen grens. Na drie jaar geldt Awb 4:51."),
    )
    must_be_new = models.BooleanField(_("moet nieuw zijn"), default=False)
    not_after_the_fact = models.BooleanField(_("niet achteraf"), default=True)
    open_to_all = models.BooleanField(_("iedereen in de buurt is welkom"), default=True)
    no_profit = models.BooleanField(_("geen winst"), default=True)
    permit_check = models.BooleanField(_("vergunning nagaan"), default=True)
    public_space_check = models.BooleanField(_("openbare ruimte nagaan"), default=True)
    public_space_department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        related_name="+",
        verbose_name=_("afdeling die instemt met gebruik van de openbare ruimte"),
        null=True,
        blank=True,
        help_text=_("Leeg: de behandelaar gaat het na."),
    )
    upkeep_check = models.BooleanField(_("onderhoud en beheer nagaan"), default=True)

    # Decision
    four_eyes_above = EuroField(_("tweede paar ogen boven"), default=Decimal(1000))
    adviser = models.CharField(
        _("wie adviseert voordat u toekent"), max_length=12, choices=AdviserKind, default=AdviserKind.NONE
    )
    adviser_name = models.CharField(
        _("naam van het panel of de partner"), max_length=120, blank=True, help_text=_("De aanvrager leest deze naam.")
    )
    adviser_email = models.EmailField(_("e-mailadres van het panel of de partner"), blank=True)
    advice_binding = models.BooleanField(_("advies is bindend"), default=False)
    hearing_days = models.PositiveSmallIntegerField(_("dagen voor een zienswijze"), default=14)
    score_criteria = models.TextField(
        _("criteria voor de rangschikking"),
        max_length=2000,
        blank=True,
        help_text=_("Eén per regel, alleen bij rondes."),
    )

    # After
    sample_percent = models.PositiveSmallIntegerField(_("steekproef (%)"), default=0, validators=PERCENT)
    publish_result = models.BooleanField(_("resultaat op de website, als de aanvrager dat goed vindt"), default=True)

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een regeling")
        verbose_name_plural = _("versies van regelingen")
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="schemeversion_number_once"),
            models.CheckConstraint(
                condition=Q(minimum_amount__gte=0) & Q(maximum_amount__gte=F("minimum_amount")),
                name="schemeversion_amounts_in_order",
                violation_error_message=_("Het maximumbedrag kan niet lager zijn dan het minimumbedrag."),
            ),
            models.CheckConstraint(
                condition=Q(attachments_allowed=True) | Q(attachments_required=False),
                name="schemeversion_required_is_allowed",
                violation_error_message=_("Een bijlage die verplicht is, kan mee."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, {self.number}"

    @property
    def score_lines(self) -> list[str]:
        """The criteria of the ranking; empty for a scheme that does not rank by points."""
        if self.distribution == Distribution.VOTE:
            return []
        return [line.strip() for line in self.score_criteria.splitlines() if line.strip()]
