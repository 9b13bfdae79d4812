"""A decision: one indivisible act, with its letter as it left the building."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.terms.changes import Outage
from subsidies.enums import Outcome
from subsidies.models.application import Application
from subsidies.models.catalogue import Ground, Mandate
from subsidies.models.fields import EuroField

LETTER_KEY = "subsidies.decision:"
LEFT = (MessageStatus.SENT, MessageStatus.PRINTED)


class Proposal(models.Model):
    """A decision that waits for a second pair of eyes; `terms` are the answers of the decision form."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="proposals")
    # Filled in for a decision on an objection; the application itself stays as it is then.
    objection = models.ForeignKey(
        "subsidies.Objection",
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("bezwaar"),
        null=True,
        blank=True,
    )
    outcome = models.CharField(_("uitkomst"), max_length=15, choices=Outcome)
    terms = models.JSONField(_("inhoud"))
    # Where the case stood, so that it goes back there.
    status_before = models.CharField(max_length=15)
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("voorgesteld door")
    )
    proposed_at = models.DateTimeField(_("voorgesteld op"))
    declared_interest = models.CharField(_("gemeld belang"), max_length=500, blank=True)
    returned_at = models.DateTimeField(_("teruggegeven op"), null=True, blank=True)
    returned_because = models.TextField(_("waarom terug"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("voorstel")
        verbose_name_plural = _("voorstellen")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at__isnull=True, objection__isnull=True),
                name="proposal_one_open",
            ),
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(closed_at__isnull=True),
                name="proposal_one_open_per_objection",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class Decision(models.Model):
    """A decision as taken and sent (Awb articles 3:41 and 3:45-3:50); never changed, only followed by another.

    Only the day of notification can move, to a later one, with the term to object that follows from it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions", verbose_name=_("aanvraag"))
    outcome = models.CharField(_("uitkomst"), max_length=15, choices=Outcome)
    amount = EuroField(_("bedrag"), null=True, blank=True)
    advance = EuroField(_("voorschot"), null=True, blank=True)
    grounds = models.ManyToManyField(Ground, related_name="+", verbose_name=_("gronden"), blank=True)
    motivation = models.TextField(_("motivering"), max_length=6000)
    obligations = ArrayField(
        models.CharField(max_length=600), verbose_name=_("verplichtingen"), default=list, blank=True
    )
    execute_until = models.DateField(_("uitvoeren vóór of op"), null=True, blank=True)
    report_due_on = models.DateField(_("verslag uiterlijk"), null=True, blank=True)

    # The budget that was not adopted yet (Awb article 4:34).
    budget_year = models.PositiveSmallIntegerField(_("onder voorbehoud van begroting"), null=True, blank=True)
    # After three years or more: when the intention was made known, and until when the recipient can adapt (4:51).
    announced_on = models.DateField(_("voornemen bekendgemaakt op"), null=True, blank=True)
    reasonable_until = models.DateField(_("redelijke termijn tot en met"), null=True, blank=True)
    # When the recipient broke a duty after the settlement: five years count from then (4:49(3)).
    breached_on = models.DateField(_("overtreding op"), null=True, blank=True)

    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("besloten door"))
    prepared_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("voorbereid door"), null=True, blank=True
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", verbose_name=_("mandaat"))
    no_interest = models.BooleanField(_("verklaard geen eigen belang te hebben"))
    interest = models.CharField(_("gemeld belang"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("besloten om"))
    # The day on which it was sent: it works, and the terms run, from then on (Awb articles 3:40 and 6:8).
    notified_on = models.DateField(_("bekendgemaakt op"))
    objection_due = models.DateField(_("bezwaar kan tot en met"))
    payment_due = models.DateField(_("betalen uiterlijk"), null=True, blank=True)

    # As it left the building
    letter = models.BinaryField(_("brief (pdf)"), editable=False)
    letter_html = models.TextField(_("brief (html)"), editable=False)
    letter_text = models.TextField(_("brief (tekst)"), editable=False)
    letter_sha256 = models.CharField(_("vingerafdruk van de brief"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("besluit")
        verbose_name_plural = _("besluiten")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(motivation=""), name="decision_has_reasons"),
            models.CheckConstraint(condition=Q(no_interest=True) | ~Q(interest=""), name="decision_interest_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.get_outcome_display()}"

    @property
    def last_day_to_object(self) -> date:
        """The day until which one can object; later when the portal did not work on it, or the letter did not leave."""
        last_day = legal_days.last_day_for_residents(self.objection_due, self.outages)
        if last_day >= today() or not self.letter_waits:
            return last_day
        return awb.objection_due(today(), calendar=legal_days.calendar()).due_legal

    @property
    def letter_key(self) -> str:
        """What the letter is called in the outbox."""
        return f"{LETTER_KEY}{self.pk}"

    @cached_property
    def letter_waits(self) -> bool:
        """The letter did not leave yet, so that the decision was not made known (Awb article 3:41)."""
        return OutboxMessage.objects.filter(key=self.letter_key).exclude(status__in=LEFT).exists()

    @cached_property
    def outages(self) -> list[Outage]:
        """The days on which residents could not use the portal."""
        return legal_days.outages()

    @classmethod
    def listed(cls, found: "Iterable[Decision]") -> "list[Decision]":
        """These decisions, with what each of them asks of the outbox and the outages looked up once for all."""
        decisions, outages = list(found), legal_days.outages()
        letters = OutboxMessage.objects.filter(key__in=[each.letter_key for each in decisions])
        waiting = set(letters.exclude(status__in=LEFT).values_list("key", flat=True))
        for each in decisions:
            each.letter_waits, each.outages = each.letter_key in waiting, outages
        return decisions

    @classmethod
    def of_letter(cls, key: str) -> "Decision | None":
        """The decision of which this is the letter; None for any other message."""
        number = key.removeprefix(LETTER_KEY)
        if number == key or not number.isdecimal():
            return None
        return cls.objects.select_related("application").defer("letter").filter(pk=number).first()
