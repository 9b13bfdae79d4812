"""After the activity: the report, what the sample asks, the money that comes back, and what people thought of it."""

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shared.terms import legal_days
from subsidies.enums import AccountabilityMode
from subsidies.models.application import Application
from subsidies.models.decision import Decision
from subsidies.models.fields import EuroField
from subsidies.querysets import RecoveryQuerySet, ReportQuerySet


class Report(models.Model):
    """How the recipient accounts (verantwoording): a photo and three questions, receipts, or a whole account."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="report")
    mode = models.CharField(_("verantwoording"), max_length=10, choices=AccountabilityMode)
    due_on = models.DateField(_("uiterlijk"))
    # The sample asks receipts of some who otherwise only send a photo.
    sampled_at = models.DateTimeField(_("in de steekproef sinds"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    second_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The term that the reminder sets (Awb article 4:44(3)); after it the amount can be set without a report (4:47).
    second_due_on = models.DateField(_("uiterlijk na herinnering"), null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The first time that it came in: the application for settlement (Awb article 4:44), also when it was sent back.
    applied_on = models.DateField(_("vaststelling gevraagd op"), null=True, blank=True)
    received_on = models.DateField(_("ontvangen op"), null=True, blank=True)
    took_place = models.BooleanField(_("is het doorgegaan"), null=True, blank=True)
    what_happened = models.TextField(_("wat heeft u gedaan"), max_length=2000, blank=True)
    people_count = models.PositiveIntegerField(_("hoeveel mensen deden mee"), null=True, blank=True)
    what_changed = models.TextField(_("wat is er beter geworden"), max_length=2000, blank=True)
    spent = EuroField(_("uitgegeven"), null=True, blank=True)
    approved_on = models.DateField(_("goedgekeurd op"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("goedgekeurd door"), null=True, blank=True
    )
    # Or why the case goes on without one.
    returned_because = models.TextField(_("teruggestuurd omdat"), max_length=1000, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.get_mode_display()}"

    @property
    def asks_receipts(self) -> bool:
        """Receipts are part of it: by the amount, or because the sample drew it."""
        return self.mode in (AccountabilityMode.RECEIPTS, AccountabilityMode.ACCOUNT) or self.sampled_at is not None

    @property
    def asks_account(self) -> bool:
        """A list of what every euro was spent on is part of it."""
        return self.mode == AccountabilityMode.ACCOUNT

    @property
    def last_day(self) -> date:
        """Until when the recipient can send it; later when the portal did not work on that day."""
        return legal_days.last_day_for_residents(self.second_due_on or self.due_on)

    @property
    def is_judged(self) -> bool:
        """Approved, or let go."""
        return self.approved_on is not None


class ReportReturn(models.Model):
    """The report was not complete and went back, with a last day: until then the clock stands still (Awb 4:15)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="returns")
    sent_on = models.DateField(_("gevraagd op"))
    due_on = models.DateField(_("uiterlijk"))
    completed_on = models.DateField(_("aangevuld op"), null=True, blank=True)

    class Meta:
        verbose_name = _("teruggestuurd verslag")
        verbose_name_plural = _("teruggestuurde verslagen")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=models.F("sent_on")), name="reportreturn_due_after_sent")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.sent_on:%d-%m-%Y}"


class Evaluation(models.Model):
    """One mark and one line about how the municipality did; asked once, never required."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="evaluation")
    asked_at = models.DateTimeField(_("gevraagd op"))
    mark = models.PositiveSmallIntegerField(
        _("cijfer"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    text = models.TextField(_("toelichting"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return str(self.mark or "-")


class Recovery(models.Model):
    """Money that has to come back after lower settlement or withdrawal (Awb article 4:57)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recoveries")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="recovery", verbose_name=_("besluit"))
    amount = EuroField(_("bedrag"))
    due_on = models.DateField(_("uiterlijk"))
    received_on = models.DateField(_("terugontvangen op"), null=True, blank=True)
    received_amount = EuroField(_("terugontvangen"), default=0)
    waived_amount = EuroField(_("kwijtgescholden"), default=0)
    # Filled in when it may be paid in parts (Awb article 4:94); `due_on` is then the day of the last part.
    instalment = EuroField(_("bedrag per maand"), null=True, blank=True)
    first_part_on = models.DateField(_("eerste deel uiterlijk"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("terugvordering")
        verbose_name_plural = _("terugvorderingen")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_is_positive"),
            models.CheckConstraint(
                condition=Q(received_amount__gte=0)
                & Q(waived_amount__gte=0)
                & Q(received_amount__lte=models.F("amount") - models.F("waived_amount")),
                name="recovery_not_more_than_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"

    @property
    def left(self) -> Decimal:
        """What still has to come back."""
        return self.amount - self.received_amount - self.waived_amount

    @property
    def version(self) -> int:
        """The version of the case: who books saw the claim as it stood then."""
        return int(self.application.version)


class Repayment(models.Model):
    """Money that came back on one day; a claim can be paid in parts. Never changed: the ledger holds the same."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="repayments", verbose_name=_("terugvordering"))
    amount = EuroField(_("bedrag"))
    received_on = models.DateField(_("ontvangen op"))
    # What the bank calls it, so that the same statement read twice books it once.
    bank_reference = models.CharField(_("kenmerk van de bank"), max_length=80, null=True, blank=True, unique=True)
    booked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("geboekt door"))
    booked_at = models.DateTimeField(_("geboekt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("terugbetaling")
        verbose_name_plural = _("terugbetalingen")
        ordering = ["received_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_is_positive")]

    def __str__(self) -> str:
        return f"{self.received_on:%d-%m-%Y}: {self.amount}"


class Waiver(models.Model):
    """What the municipality does not claim back: of a recovery (Awb 4:94a), or of what it never asked (4:57(1))."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="waivers")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="waivers", verbose_name=_("besluit"))
    recovery = models.ForeignKey(
        Recovery, models.PROTECT, related_name="waivers", verbose_name=_("terugvordering"), null=True, blank=True
    )
    amount = EuroField(_("bedrag"))

    class Meta:
        verbose_name = _("afzien van terugvordering")
        verbose_name_plural = _("afzien van terugvordering")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="waiver_is_positive")]

    def __str__(self) -> str:
        return f"{self.amount}"
