"""What happens between receipt and decision: completing, waiting, hearing, notes."""

from datetime import date
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.enums import ContactKind
from shared.terms import legal_days
from subsidies.enums import ExtensionKind, Outcome, SuspensionGround
from subsidies.models.application import Application
from subsidies.models.catalogue import Ground
from subsidies.models.fields import EuroField


class CompletionRequest(models.Model):
    """What an applicant still has to send, and until when: without a last day the clock would not stop (Awb 4:5)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="completion_requests")
    items = ArrayField(models.CharField(max_length=300), verbose_name=_("wat ontbreekt"))
    text = models.TextField(_("toelichting"), max_length=2000, blank=True)
    sent_on = models.DateField(_("gevraagd op"))
    due_on = models.DateField(_("uiterlijk"))
    completed_on = models.DateField(_("aangevuld op"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The term passed unused, and the reviewer was told.
    lapsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("gevraagd door"))

    class Meta:
        verbose_name = _("aanvulverzoek")
        verbose_name_plural = _("aanvulverzoeken")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("sent_on")), name="completionrequest_due_after_sent"),
            models.UniqueConstraint(fields=["application", "sent_on", "due_on"], name="completionrequest_once"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.items)

    @cached_property
    def last_day(self) -> date:
        """The last day for the applicant; later than `due_on` when the portal did not work on it."""
        return legal_days.last_day_for_residents(self.due_on)


class Pause(models.Model):
    """Another stretch of days on which the clock stands still, with its ground (Awb article 4:15(2))."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="pauses")
    ground = models.CharField(_("grond"), max_length=15, choices=SuspensionGround)
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"))
    text = models.CharField(_("toelichting"), max_length=300)

    class Meta:
        verbose_name = _("opschorting")
        verbose_name_plural = _("opschortingen")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="pause_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.get_ground_display())


class LaterDecision(models.Model):
    """A message to the applicant that the decision comes later: it extends the term, or only says so (Awb 4:14)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="later_decisions")
    kind = models.CharField(_("soort"), max_length=10, choices=ExtensionKind)
    sent_on = models.DateField(_("verstuurd op"))
    # Weeks that the scheme allows on top, or weeks in all when the term is the eight weeks of the Awb.
    weeks = models.PositiveSmallIntegerField(_("weken"), null=True, blank=True)
    expected_on = models.DateField(_("nieuwe datum"))
    reason = models.TextField(_("reden"), max_length=1000)
    # Which decision comes later: the settlement, or the first one.
    about_settlement = models.BooleanField(_("over de vaststelling"), default=False, editable=False)

    class Meta:
        verbose_name = _("bericht over later besluit")
        verbose_name_plural = _("berichten over later besluit")
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ExtensionKind.NOTICE) | Q(weeks__isnull=False), name="laterdecision_extends_by_weeks"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Hearing(models.Model):
    """The applicant is asked for a view before a decision that needs it (Awb articles 4:7 and 4:12)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="hearings")
    intended = models.TextField(_("wat de gemeente van plan is"), max_length=3000)
    # Only this decision on these grounds, or a lighter one, can be taken after it.
    outcome = models.CharField(_("voorgenomen besluit"), max_length=15, choices=Outcome, blank=True)
    grounds = models.ManyToManyField(Ground, related_name="+", verbose_name=_("gronden"), blank=True)
    amount = EuroField(_("voorgenomen bedrag"), null=True, blank=True)
    asked_on = models.DateField(_("gevraagd op"))
    due_on = models.DateField(_("uiterlijk"))
    view = models.ForeignKey(
        "subsidies.CaseMessage", models.PROTECT, related_name="+", verbose_name=_("zienswijze"), null=True, blank=True
    )
    ended_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("gevraagd door"))

    class Meta:
        verbose_name = _("zienswijze")
        verbose_name_plural = _("zienswijzen")
        ordering = ["asked_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(due_on__gt=F("asked_on")), name="hearing_due_after_asked")]

    def __str__(self) -> str:
        return self.intended

    @cached_property
    def last_day(self) -> date:
        """The last day for the applicant; later than `due_on` when the portal did not work on it."""
        return legal_days.last_day_for_residents(self.due_on)

    def is_over(self, on: date) -> bool:
        """Whether the applicant reacted, or let the term pass; a term that lapsed can have been moved since."""
        lapsed_early = self.ended_on == self.due_on and self.view_id is None and self.last_day > self.due_on
        if self.ended_on and not lapsed_early:
            return self.ended_on <= on
        return self.last_day < on


class CaseNote(models.Model):
    """An internal note, or what was said outside the portal; the applicant sees it only by a right to the file."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("schrijver"))
    text = models.TextField(_("tekst"), max_length=4000)
    # Filled in for a conversation with the applicant: how and when.
    contact = models.CharField(_("soort contact"), max_length=10, choices=ContactKind, blank=True)
    contact_on = models.DateField(_("gesproken op"), null=True, blank=True)
    written_at = models.DateTimeField(_("geschreven op"), auto_now_add=True)

    class Meta:
        verbose_name = _("notitie")
        verbose_name_plural = _("notities")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact="", contact_on=None) | (~Q(contact="") & Q(contact_on__isnull=False)),
                name="casenote_contact_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Reply(models.Model):
    """What we wrote to the applicant about the application, outside the fixed letters; often an answer to a message."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="replies")
    message = models.ForeignKey(
        "subsidies.CaseMessage",
        models.PROTECT,
        related_name="replies",
        verbose_name=_("antwoord op"),
        null=True,
        blank=True,
    )
    text = models.TextField(_("tekst"), max_length=4000)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("schrijver"))
    sent_at = models.DateTimeField(_("verstuurd op"))

    class Meta:
        verbose_name = _("bericht aan de aanvrager")
        verbose_name_plural = _("berichten aan aanvragers")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
