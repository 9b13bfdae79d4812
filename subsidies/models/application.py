"""An application: what someone asks, in their words, and the file that grows around it."""

import uuid
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from shared.lifecycle import Lifecycle, YearCounter
from subsidies.enums import (
    TRANSITIONS,
    UNDECIDED,
    ApplicantKind,
    Channel,
    FilePurpose,
    MessageKind,
    RetentionClass,
    Status,
)
from subsidies.models.catalogue import Round
from subsidies.models.fields import EuroField
from subsidies.models.scheme import Scheme, SchemeVersion
from subsidies.querysets import (
    ApplicationDraftQuerySet,
    ApplicationQuerySet,
    CaseFileQuerySet,
    CaseMessageQuerySet,
)


class ApplicationCounter(YearCounter):
    """The last number of an application, year by year."""


class ApplicationDraft(models.Model):
    """Answers that were not sent yet, as typed; found again by a signed link in an e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="drafts")
    initiative = models.ForeignKey("initiatives.Initiative", models.SET_NULL, related_name="+", null=True, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    answers = models.JSONField(_("antwoorden"), default=dict)
    started_at = models.DateTimeField(_("begonnen op"))
    saved_at = models.DateTimeField(_("bewaard op"))
    idle_until = models.DateTimeField(_("gewist na"), null=True, blank=True)
    warned_at = models.DateTimeField(_("gewaarschuwd op"), null=True, blank=True)
    application = models.OneToOneField(
        "subsidies.Application", models.CASCADE, related_name="draft", null=True, blank=True
    )

    objects = ApplicationDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept van een aanvraag")
        verbose_name_plural = _("concepten van aanvragen")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.answers.get("title") or _("zonder titel"))


class Application(Lifecycle):
    """A request for a decision on a small grant (Awb article 4:1); it counts as received on the day it was sent."""

    TRANSITIONS = TRANSITIONS

    reference = models.CharField(_("nummer"), max_length=14, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.RECEIVED, editable=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="applications", verbose_name=_("regeling"))
    # The rules and texts that the applicant read.
    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="applications", verbose_name=_("versie van de regeling")
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="applications", verbose_name=_("ronde"), null=True, blank=True
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        related_name="applications",
        verbose_name=_("initiatief"),
        null=True,
        blank=True,
    )
    channel = models.CharField(_("binnengekomen via"), max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(_("taal van de aanvrager"), max_length=2, default="nl")

    # The plan, in the applicant's words
    title = models.CharField(_("titel"), max_length=120)
    what = models.TextField(_("wat gaat u doen"), max_length=3000)
    benefit = models.TextField(_("voor wie en wat wordt er beter"), max_length=1500, blank=True)
    theme = models.ForeignKey(
        "themes.Theme", models.PROTECT, related_name="+", verbose_name=_("thema"), null=True, blank=True
    )
    category = models.CharField(_("soort activiteit"), max_length=80, blank=True)
    everybody_welcome = models.BooleanField(_("iedereen is welkom"), null=True, blank=True)
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, related_name="applications", verbose_name=_("wijk"))
    buurt = models.ForeignKey(
        "wijken.Buurt", models.PROTECT, related_name="applications", verbose_name=_("buurt"), null=True, blank=True
    )
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)
    starts_on = models.DateField(_("eerste dag van de activiteit"), null=True, blank=True)
    ends_on = models.DateField(_("laatste dag van de activiteit"), null=True, blank=True)
    supporters_count = models.PositiveIntegerField(_("aantal buren dat meedoet"), null=True, blank=True)
    supporters_pro = models.PositiveIntegerField(_("aantal buren vóór"), null=True, blank=True)
    supporters_con = models.PositiveIntegerField(_("aantal buren tegen"), null=True, blank=True)
    supporters_neutral = models.PositiveIntegerField(_("aantal buren neutraal"), null=True, blank=True)
    # Names and addresses of neighbours go soon after the decision; what was counted stays.
    support_list_gone_on = models.DateField(_("draagvlaklijst vernietigd op"), null=True, blank=True, editable=False)
    support = models.TextField(_("wie doet er mee en hoe weet u dat"), max_length=1000, blank=True)
    permits = models.TextField(_("vergunningen"), max_length=500, blank=True)
    public_space = models.BooleanField(_("gebruikt de openbare ruimte"), null=True, blank=True)
    upkeep = models.TextField(_("onderhoud daarna"), max_length=500, blank=True)
    # What the applicant keeps private, with the reason (Awb article 4:3).
    withheld = models.TextField(_("wil niet vertellen, en waarom"), max_length=500, blank=True)

    # Money, in euros
    asked_amount = EuroField(_("gevraagd bedrag"), null=True, blank=True, validators=[MinValueValidator(Decimal(0))])
    own_money = EuroField(_("eigen geld"), default=Decimal(0))
    own_hours = models.PositiveIntegerField(_("eigen uren"), default=0)
    own_goods = models.CharField(_("eigen spullen of plek"), max_length=300, blank=True)
    other_funds = models.TextField(_("ander geld"), max_length=500, blank=True)

    # The applicant (Awb article 4:2: name and address)
    applicant_kind = models.CharField(_("wie vraagt aan"), max_length=15, choices=ApplicantKind, default="resident")
    name = models.CharField(_("naam"), max_length=120)
    organisation = models.CharField(_("organisatie of groep"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    # Asked for, and not confirmed yet by who reads it.
    email_pending = models.EmailField(_("nieuw e-mailadres, nog niet bevestigd"), blank=True)
    # A message goes by e-mail only to who made known to be reached so, and can take that back (Awb articles 2:8, 2:9).
    by_email = models.BooleanField(
        _("wil berichten per e-mail"), default=True, help_text=_("Anders gaan brieven en het besluit op papier.")
    )
    phone = models.CharField(_("telefoonnummer"), max_length=20, blank=True)
    street = models.CharField(_("straat"), max_length=120, blank=True)
    house_number = models.CharField(_("huisnummer"), max_length=12, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("woonplaats"), max_length=80, blank=True)
    lives_here = models.BooleanField(_("woont in de gemeente"), default=False)
    co_applicants = models.TextField(_("mede-aanvragers"), max_length=500, blank=True)
    shows_result = models.BooleanField(_("resultaat en foto mogen op de website"), default=False)
    declared_at = models.DateTimeField(_("naar waarheid ondertekend op"), null=True, blank=True)
    applicant = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="applications",
        verbose_name=_("aanvrager"),
        null=True,
        blank=True,
        help_text=_("Bekend zodra het e-mailadres is bevestigd."),
    )
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("ingevoerd door"), null=True, blank=True
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="later",
        verbose_name=_("eerdere aanvraag"),
        null=True,
        blank=True,
        help_text=_("Na een weigering is iets nieuws nodig (Awb 4:6)."),
    )

    # The file; dates are days in Europe/Amsterdam
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="owned_applications",
        verbose_name=_("behandelaar"),
        null=True,
        blank=True,
    )
    submitted_at = models.DateTimeField(_("verstuurd op"))
    received_on = models.DateField(_("ontvangen op"))
    complete_on = models.DateField(_("volledig op"), null=True, blank=True)
    lot = models.PositiveIntegerField(
        _("lotnummer"),
        null=True,
        blank=True,
        help_text=_(
            "Volgorde tussen aanvragen die op dezelfde dag volledig waren of in een ronde dezelfde score hebben."
        ),
    )
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    # Kept as counted by `subsidies.dates`; every step that moves them counts them again.
    due_legal = models.DateField(_("wettelijke datum"), null=True, blank=True, editable=False)
    due_safe = models.DateField(_("veilige datum"), null=True, blank=True, editable=False)
    promised_on = models.DateField(_("streefdatum"), null=True, blank=True, editable=False)
    warned_share = models.PositiveSmallIntegerField(_("gewaarschuwd bij (%)"), default=0, editable=False)
    # The same for the settlement after a grant, as counted by `subsidies.settlement`.
    settle_due_legal = models.DateField(_("vaststellen uiterlijk"), null=True, blank=True, editable=False)
    settle_due_safe = models.DateField(_("vaststellen, veilige datum"), null=True, blank=True, editable=False)
    settle_warned_share = models.PositiveSmallIntegerField(
        _("gewaarschuwd over de vaststelling bij (%)"), default=0, editable=False
    )
    checklist = models.JSONField(_("toetsing"), default=dict, blank=True)
    decided_at = models.DateTimeField(_("besluit genomen op"), null=True, blank=True)
    # Filled in when the grant is charged to a later budget than that of the day of the decision (Awb article 4:34).
    budget_year = models.PositiveSmallIntegerField(_("begrotingsjaar"), null=True, blank=True, editable=False)
    granted_amount = EuroField(_("toegekend bedrag"), null=True, blank=True)
    settled_amount = EuroField(_("vastgesteld bedrag"), null=True, blank=True)
    payment_stopped_until = models.DateField(
        _("betaling stilgelegd tot en met"), null=True, blank=True, help_text=_("Ten hoogste 13 weken (Awb 4:56).")
    )
    # From this day on the duty to pay stands still; it comes on top of the last day to pay.
    payment_stopped_on = models.DateField(null=True, blank=True, editable=False)
    # Of the stops before this one: together they last thirteen weeks at most.
    payment_stopped_days = models.PositiveSmallIntegerField(default=0, editable=False)
    unread_since = models.DateTimeField(_("ongelezen bericht sinds"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("gesloten op"), null=True, blank=True)
    retention_class = models.CharField(
        _("bewaartermijn"), max_length=10, choices=RetentionClass, blank=True, editable=False
    )

    # After the retention term: only sums and dates are left.
    destroyed_on = models.DateField(_("vernietigd op"), null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "due_safe"], name="application_worklist"),
            models.Index(
                fields=["settle_due_safe"], condition=Q(settle_due_safe__isnull=False), name="application_settle"
            ),
            models.Index(fields=["wijk", "status"], name="application_wijk_status"),
            models.Index(fields=["scheme", "complete_on", "lot"], name="application_queue"),
            models.Index(Lower("email"), name="application_email"),
            models.Index(fields=["postcode", "house_number"], name="application_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True) | Q(granted_amount__gte=0), name="application_grant_positive"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="application_ends_after_start",
            ),
        ]
        permissions = [
            ("review_application", "Can review applications"),
            ("decide_application", "Can decide on applications"),
            ("export_personal_data", "Can export personal data of applicants"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_undecided(self) -> bool:
        """No first decision was taken yet: a later one can wait for a second pair of eyes too."""
        return self.status in UNDECIDED and self.decided_at is None

    @property
    def is_to_settle(self) -> bool:
        """Money was promised and the amount is not final (Awb articles 4:42-4:47)."""
        if self.granted_amount is None or self.settled_amount is not None or self.decided_at is None:
            return False
        return self.status in (Status.GRANTED, Status.PROPOSED)

    @property
    def public_status(self) -> str:
        """The status in words for the applicant."""
        return Status(self.status).public_label

    @property
    def reads_email(self) -> bool:
        """Messages go by e-mail: there is an address, and the applicant wants them there."""
        return bool(self.email) and self.by_email

    @property
    def address_lines(self) -> list[str]:
        """Name and address as they stand in the window of an envelope."""
        street = f"{self.street} {self.house_number}".strip()
        town = f"{self.postcode}  {self.town}".strip()
        return [line for line in (self.organisation, self.name, street, town) if line]


class CostLine(models.Model):
    """What something costs, in euros including VAT; `eligible` is the reviewer's verdict."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="cost_lines")
    what = models.CharField(_("waarvoor"), max_length=120)
    amount = EuroField(_("bedrag"), validators=[MinValueValidator(Decimal("0.01"))])
    eligible = models.BooleanField(_("telt mee"), default=True)
    why_not = models.CharField(_("waarom niet"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kostenpost")
        verbose_name_plural = _("kostenposten")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.amount}"


class CaseMessage(models.Model):
    """An official message from the applicant, with its moment of receipt; it is never changed (Wmebv)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="messages")
    kind = models.CharField(_("soort"), max_length=15, choices=MessageKind)
    text = models.TextField(_("tekst"), max_length=6000, blank=True)
    channel = models.CharField(_("kanaal"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("ontvangen om"))
    # For paper: the day it came in, and the day it was posted (Awb article 6:9(2)).
    received_on = models.DateField(_("ontvangen op"))
    posted_on = models.DateField(_("gepost op"), null=True, blank=True)
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("ingevoerd door"), null=True, blank=True
    )
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    # An appeal that was sent to us instead of to the court (Awb article 6:15).
    forwarded_on = models.DateField(_("doorgestuurd aan de rechtbank op"), null=True, blank=True)

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht van de aanvrager")
        verbose_name_plural = _("berichten van aanvragers")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.application_id}"


class CaseFile(models.Model):
    """A photo, quote or receipt in the file; nothing here is public by itself."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    file = models.OneToOneField("documents.StoredFile", models.PROTECT, related_name="+")
    message = models.ForeignKey(CaseMessage, models.PROTECT, related_name="files", null=True, blank=True)
    report = models.ForeignKey("subsidies.Report", models.PROTECT, related_name="files", null=True, blank=True)
    purpose = models.CharField(_("waarvoor"), max_length=15, choices=FilePurpose, default=FilePurpose.OTHER, blank=True)
    alt_text = models.CharField(_("wat is er te zien"), max_length=200, blank=True)
    is_public = models.BooleanField(_("op de website"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(alt_text=""), name="casefile_public_with_alt_text")
        ]

    def __str__(self) -> str:
        return str(self.file_id)
