"""What residents do about a decision, or about one that does not come."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shared.lifecycle import Lifecycle
from shared.terms import legal_days
from subsidies.enums import (
    OBJECTION_TRANSITIONS,
    ObjectionOutcome,
    ObjectionStatus,
    ObjectorRole,
    PostponementGround,
)
from subsidies.models.application import Application, CaseMessage
from subsidies.models.decision import Decision
from subsidies.models.fields import EuroField
from subsidies.querysets import ObjectionQuerySet


class DefaultNotice(models.Model):
    """A notice of default (ingebrekestelling) and the penalty that follows (Awb articles 4:17 and 4:18)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="default_notices")
    message = models.OneToOneField(CaseMessage, models.PROTECT, related_name="default_notice")
    # Which decision is late: that on this objection, the settlement, or the first one on the application.
    objection = models.ForeignKey(
        "subsidies.Objection",
        models.PROTECT,
        related_name="default_notices",
        verbose_name=_("bezwaar"),
        null=True,
        blank=True,
    )
    about_settlement = models.BooleanField(_("over de vaststelling"), default=False, editable=False)
    received_on = models.DateField(_("ontvangen op"))
    # Empty when the notice has effect; else why it has none (too early, or not by an interested party).
    no_effect_because = models.CharField(_("zonder gevolg omdat"), max_length=300, blank=True)
    first_day_safe = models.DateField(_("dwangsom vanaf (voorzichtig)"), null=True, blank=True)
    first_day = models.DateField(_("dwangsom vanaf"), null=True, blank=True)
    amount = EuroField(_("dwangsom"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", verbose_name=_("dwangsombesluit"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("ingebrekestelling")
        verbose_name_plural = _("ingebrekestellingen")
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.received_on:%d-%m-%Y}"


class Objection(Lifecycle):
    """An objection to a decision (Awb chapters 6 and 7); handled by someone else than who decided (10:3(3))."""

    TRANSITIONS = OBJECTION_TRANSITIONS

    status = models.CharField(_("status"), max_length=10, choices=ObjectionStatus, default=ObjectionStatus.RECEIVED)
    against = models.ForeignKey(Decision, models.PROTECT, related_name="objections", verbose_name=_("besluit"))
    message = models.OneToOneField(CaseMessage, models.PROTECT, related_name="objection")
    received_on = models.DateField(_("ontvangen op"))
    # Who objects, when that is not the applicant: letters go to them (Awb articles 2:1 and 6:5).
    role = models.CharField(_("indiener"), max_length=15, choices=ObjectorRole, default=ObjectorRole.APPLICANT)
    objector_name = models.CharField(_("naam van de indiener"), max_length=120, blank=True)
    objector_email = models.EmailField(_("e-mailadres van de indiener"), blank=True)
    objector_address = models.TextField(_("adres van de indiener"), max_length=300, blank=True)
    authorised_on = models.DateField(_("machtiging gezien op"), null=True, blank=True)
    is_late = models.BooleanField(_("te laat"), default=False)
    excused_because = models.CharField(_("te laat, maar verschoonbaar omdat (Awb 6:11)"), max_length=500, blank=True)
    committee = models.BooleanField(_("adviescommissie"), default=False)
    committee_told_on = models.DateField(_("commissie gemeld op"), null=True, blank=True)
    advised_on = models.DateField(_("advies van de commissie op"), null=True, blank=True)
    advised = models.CharField(_("advies"), max_length=15, choices=ObjectionOutcome, blank=True)
    advice = models.TextField(_("tekst van het advies"), max_length=6000, blank=True)
    # Why the decision is another than the committee advised (Awb article 7:13(7)).
    deviates_because = models.TextField(_("afwijking van het advies"), max_length=2000, blank=True)
    extended_on = models.DateField(_("verdaagd op"), null=True, blank=True)
    hearing_on = models.DateField(_("hoorzitting op"), null=True, blank=True)
    # Who was there and what was said (Awb article 7:7).
    hearing_record = models.TextField(_("verslag van de hoorzitting"), max_length=6000, blank=True)
    # Of an objection by somebody else: the decision can become worse for the applicant (Awb articles 7:2 and 7:11).
    applicant_invited_on = models.DateField(_("aanvrager uitgenodigd op"), null=True, blank=True)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)
    withdrawal = models.OneToOneField(
        CaseMessage, models.PROTECT, related_name="+", verbose_name=_("intrekking"), null=True, blank=True
    )
    due_legal = models.DateField(_("wettelijke datum"), null=True, blank=True)
    due_safe = models.DateField(_("veilige datum"), null=True, blank=True)
    handler = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        verbose_name=_("behandelaar"),
        null=True,
        blank=True,
    )
    outcome = models.CharField(_("uitkomst"), max_length=15, choices=ObjectionOutcome, blank=True)
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        related_name="on_objection",
        verbose_name=_("beslissing op bezwaar"),
        null=True,
        blank=True,
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ObjectionStatus.DECIDED) | ~Q(outcome=""), name="objection_decided_with_outcome"
            ),
            models.CheckConstraint(
                condition=Q(role=ObjectorRole.APPLICANT) | ~Q(objector_name=""), name="objection_other_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(advised_on=None) | (~Q(advised="") & ~Q(advice="")), name="objection_advice_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.against_id}: {self.get_status_display()}"

    @property
    def by_other(self) -> bool:
        """Whether it was made by somebody who is neither the applicant nor acts for the applicant."""
        return self.role == ObjectorRole.OTHER

    @property
    def addressee(self) -> str:
        """Who is written to."""
        return self.objector_name or self.against.application.name

    @property
    def address_lines(self) -> list[str]:
        """Name and address as they stand in the window of an envelope."""
        if self.role == ObjectorRole.APPLICANT:
            return self.against.application.address_lines
        return [self.objector_name, *self.objector_address.splitlines()]

    @property
    def was_heard(self) -> bool:
        """The hearing was held, and what was said is on file (Awb articles 7:2 and 7:7)."""
        return self.hearing_on is not None and self.hearing_record != ""

    @property
    def applicant_was_heard(self) -> bool:
        """The applicant could be there when somebody else was heard, and the record says what was said."""
        return self.was_heard and self.applicant_invited_on is not None

    @property
    def repair(self) -> "RepairRequest | None":
        """What was asked for last, with whether it came."""
        return self.repair_requests.last()


class PastHearing(models.Model):
    """A hearing that was followed by another one; each has its own record (Awb article 7:7)."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="past_hearings", verbose_name=_("bezwaar"))
    held_on = models.DateField(_("gehouden op"))
    record = models.TextField(_("verslag"), max_length=6000)

    class Meta:
        verbose_name = _("eerdere hoorzitting")
        verbose_name_plural = _("eerdere hoorzittingen")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.held_on:%d-%m-%Y}"


class RepairRequest(models.Model):
    """A request to add what is missing, such as the reasons; the term stands still meanwhile (Awb 6:6 and 7:10(2))."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="repair_requests", verbose_name=_("bezwaar"))
    asked_on = models.DateField(_("herstel gevraagd op"))
    due_on = models.DateField(_("herstel uiterlijk"))
    repaired_on = models.DateField(_("hersteld op"), null=True, blank=True)

    class Meta:
        verbose_name = _("verzoek om herstel")
        verbose_name_plural = _("verzoeken om herstel")
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.due_on:%d-%m-%Y}"

    @property
    def last_day(self) -> date:
        """The last day to send what is missing; later when the portal did not work on it."""
        return legal_days.last_day_for_residents(self.due_on)


class Postponement(models.Model):
    """A later day for the decision on an objection, by consent or for the procedure (Awb article 7:10(4))."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="postponements", verbose_name=_("bezwaar"))
    ground = models.CharField(_("grond"), max_length=10, choices=PostponementGround)
    # Who agreed, when and how: the file has to show it.
    consent = models.CharField(_("wie stemde in, en hoe"), max_length=500, blank=True)
    consent_on = models.DateField(_("ingestemd op"), null=True, blank=True)
    told_on = models.DateField(_("gemeld op"))
    until = models.DateField(_("nieuwe laatste dag"))
    reason = models.TextField(_("reden"), max_length=1000)

    class Meta:
        verbose_name = _("verder uitstel")
        verbose_name_plural = _("verder uitstel")
        ordering = ["told_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground=PostponementGround.PROCEDURE) | (~Q(consent="") & Q(consent_on__isnull=False)),
                name="postponement_with_consent",
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("told_on")), name="postponement_later_than_told"),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.until:%d-%m-%Y}"
