"""Money that leaves the building: the account, the payment, and the batch for the bank."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.lifecycle import Lifecycle
from subsidies.enums import PAYMENT_TRANSITIONS, BatchStatus, PaymentStatus
from subsidies.models.application import Application, CaseFile
from subsidies.models.decision import Decision
from subsidies.models.fields import EuroField
from subsidies.querysets import PaymentQuerySet


class BankAccount(models.Model):
    """The account that an applicant gave at the signed link, or the supplier's; a change is a new row."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="bank_accounts")
    iban = models.CharField(_("IBAN"), max_length=34)
    holder = models.CharField(_("op naam van"), max_length=70)
    is_supplier = models.BooleanField(_("rekening van de leverancier"), default=False)
    invoice_number = models.CharField(_("factuurnummer"), max_length=35, blank=True)
    # What we pay the supplier for; finance compares it with the account and the decision.
    invoice = models.ForeignKey(
        CaseFile, models.SET_NULL, related_name="+", verbose_name=_("factuur"), null=True, blank=True
    )
    given_at = models.DateTimeField(_("doorgegeven op"))
    # The name check: differs from the applicant's name, used by another application, …
    findings = models.JSONField(_("aandachtspunten"), default=list, blank=True)
    checked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("nagekeken door"), null=True, blank=True
    )
    checked_at = models.DateTimeField(_("nagekeken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("rekening")
        verbose_name_plural = _("rekeningen")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["iban"], name="bankaccount_iban")]

    def __str__(self) -> str:
        return f"•••• {self.iban[-4:]}"


class PaymentBatch(models.Model):
    """Payments that go to the bank in one file; one person makes it, another releases it."""

    reference = models.CharField(_("kenmerk"), max_length=35, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus, default=BatchStatus.OPEN)
    execute_on = models.DateField(_("uitvoeren op"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("gemaakt door"))
    made_at = models.DateTimeField(_("gemaakt op"))
    released_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("vrijgegeven door"), null=True, blank=True
    )
    released_at = models.DateTimeField(_("vrijgegeven op"), null=True, blank=True)
    total = EuroField(_("totaal"))
    file = models.BinaryField(_("betaalbestand"), null=True, editable=False)
    file_sha256 = models.CharField(_("vingerafdruk"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("betaalbestand")
        verbose_name_plural = _("betaalbestanden")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("made_by")),
                name="paymentbatch_two_people",
            )
        ]
        permissions = [("release_paymentbatch", "Can release payment batches")]

    def __str__(self) -> str:
        return self.reference


class Payment(Lifecycle):
    """One payment that follows from a decision; it is paid when the account is credited (Awb article 4:89(3))."""

    TRANSITIONS = PAYMENT_TRANSITIONS

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payments", verbose_name=_("besluit"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="payments", verbose_name=_("aanvraag"))
    status = models.CharField(_("status"), max_length=20, choices=PaymentStatus, default=PaymentStatus.WAITING_FOR_IBAN)
    # What it is for, so that one decision never pays the same thing twice.
    purpose = models.CharField(_("waarvoor"), max_length=20)
    amount = EuroField(_("bedrag"))
    due_on = models.DateField(_("uiterlijk betaald"))
    account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="payments", verbose_name=_("rekening"), null=True, blank=True
    )
    batch = models.ForeignKey(
        PaymentBatch, models.PROTECT, related_name="payments", verbose_name=_("betaalbestand"), null=True, blank=True
    )
    end_to_end = models.CharField(_("betalingskenmerk"), max_length=35, unique=True)
    blocked_because = models.CharField(_("geblokkeerd omdat"), max_length=300, blank=True)
    credited_on = models.DateField(_("bijgeschreven op"), null=True, blank=True)
    returned_on = models.DateField(_("teruggekomen op"), null=True, blank=True)
    returned_because = models.CharField(_("teruggekomen omdat"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", verbose_name=_("in plaats van"), null=True, blank=True
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("betaling")
        verbose_name_plural = _("betalingen")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            models.CheckConstraint(
                condition=~Q(status=PaymentStatus.PAID) | Q(credited_on__isnull=False),
                name="payment_paid_with_bank_date",
            ),
            models.UniqueConstraint(
                fields=["decision", "purpose"],
                condition=~Q(status__in=[PaymentStatus.RETURNED, PaymentStatus.CANCELLED]),
                name="payment_once_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end

    @property
    def could_be_in_time(self) -> bool:
        """The account was known before the last day; who cannot be paid yet is not paid late (BW 6:59)."""
        return self.account is not None and timezone.localdate(self.account.given_at) <= self.due_on


class LateInterest(models.Model):
    """What came of a payment that was late: interest, set by decision (Awb article 4:99), or why there is none."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="late_interest", verbose_name=_("betaling"))
    first_day = models.DateField(_("te laat vanaf"))
    last_day = models.DateField(_("betaald op"))
    amount = EuroField(_("wettelijke rente"))
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="late_interest", verbose_name=_("besluit"), null=True, blank=True
    )
    none_because = models.CharField(_("geen rente omdat"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rente over een late betaling")
        verbose_name_plural = _("rente over late betalingen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, none_because="") | (Q(decision__isnull=True) & ~Q(none_because="")),
                name="lateinterest_amount_or_why_none",
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.amount}"
