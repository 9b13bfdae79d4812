"""A complaint about how we dealt with somebody (Awb chapter 9): about a decision there is an objection instead."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from subsidies.enums import ComplaintOutcome
from subsidies.models.application import Application, CaseMessage
from subsidies.querysets import ComplaintQuerySet


class Complaint(models.Model):
    """One complaint, handled by somebody who was not involved (Awb article 9:7)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="complaints", verbose_name=_("aanvraag"))
    message = models.OneToOneField(CaseMessage, models.PROTECT, related_name="complaint")
    received_on = models.DateField(_("ontvangen op"))
    handler = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("behandelaar"), null=True, blank=True
    )
    # The person or committee that advises on it, when the municipality has one (Awb article 9:14).
    adviser = models.CharField(_("klachtadviseur"), max_length=120, blank=True)
    advised_on = models.DateField(_("advies op"), null=True, blank=True)
    advised = models.CharField(_("advies"), max_length=15, choices=ComplaintOutcome, blank=True)
    advice = models.TextField(_("tekst van het advies"), max_length=6000, blank=True)
    # Why we conclude something else (Awb article 9:16).
    deviates_because = models.TextField(_("afwijking van het advies"), max_length=2000, blank=True)
    extended_on = models.DateField(_("verdaagd op"), null=True, blank=True)
    due_on = models.DateField(_("uiterlijk"))
    heard_on = models.DateField(_("gehoord op"), null=True, blank=True)
    # Awb article 9:10(2): evidently unfounded, or the complainant did not want to be heard.
    not_heard_because = models.CharField(_("niet gehoord omdat"), max_length=300, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=15, choices=ComplaintOutcome, blank=True)
    answer = models.TextField(_("antwoord"), max_length=6000, blank=True)
    ended_on = models.DateField(_("afgehandeld op"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("klacht")
        verbose_name_plural = _("klachten")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_on=None) | (~Q(outcome="") & Q(ended_on__isnull=False)),
                name="complaint_ends_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(advised_on=None) | (~Q(adviser="") & ~Q(advised="") & ~Q(advice="")),
                name="complaint_advice_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.received_on:%d-%m-%Y}"


class ComplaintDelay(models.Model):
    """A later day still, as far as the complainant agrees to it in writing (Awb article 9:11(3))."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="agreed_delays", verbose_name=_("klacht"))
    # Who agreed in writing, and where that can be found: the file has to show it.
    consent = models.CharField(_("hoe de indiener instemde"), max_length=500)
    consent_on = models.DateField(_("ingestemd op"))
    told_on = models.DateField(_("gemeld op"))
    until = models.DateField(_("nieuwe laatste dag"))
    reason = models.TextField(_("reden"), max_length=1000)

    class Meta:
        verbose_name = _("verder uitstel van een klacht")
        verbose_name_plural = _("verder uitstel van klachten")
        ordering = ["told_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("told_on")), name="complaint_delay_later_than_told")
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.until:%d-%m-%Y}"
