"""A challenge: what a group of residents wants to take over, and how the municipality answered."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.enums import Channel, Sender
from participation.challenges.enums import OUTCOMES, TRANSITIONS, Criterion, Status, Verdict
from participation.challenges.querysets import ChallengeDraftQuerySet, ChallengeQuerySet
from shared.lifecycle import Lifecycle, YearCounter


class ChallengeCounter(YearCounter):
    """The last number given out in a year."""


class Challenge(Lifecycle):
    """A request of a group to take over a task. The answers are the group's words and are never edited by staff."""

    TRANSITIONS = TRANSITIONS

    reference = models.CharField(_("nummer"), max_length=12, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNCONFIRMED, editable=False)
    channel = models.CharField(_("binnengekomen via"), max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(_("taal van de groep"), max_length=2, default="nl")

    # The request, in the group's words
    title = models.CharField(_("taak"), max_length=120)
    now = models.TextField(_("wat gaat er nu niet goed genoeg"), max_length=2000)
    plan = models.TextField(_("hoe wil de groep het doen"), max_length=3000)
    value = models.TextField(_("wat wordt er beter"), max_length=1500)
    group_name = models.CharField(_("naam van de groep"), max_length=120)
    members = models.PositiveSmallIntegerField(_("met hoeveel mensen"), validators=[MinValueValidator(2)])
    support = models.TextField(_("wie staat erachter"), max_length=1500)
    costs = models.TextField(_("wat kost het"), max_length=1500, blank=True)
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="challenges")
    buurt = models.ForeignKey(
        "wijken.Buurt", models.PROTECT, verbose_name=_("buurt"), related_name="challenges", null=True, blank=True
    )
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)

    # Who speaks for the group
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=20, blank=True)
    postal_address = models.TextField(_("postadres"), max_length=300, blank=True)
    may_publish = models.BooleanField(_("mag op de website"), default=False)
    contact = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("contactpersoon"),
        related_name="challenges",
        null=True,
        blank=True,
        help_text=_("Bekend zodra het e-mailadres is bevestigd."),
    )
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("ingevoerd door"), related_name="+", null=True, blank=True
    )

    # The file
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("behandelaar"),
        related_name="owned_challenges",
        null=True,
        blank=True,
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        verbose_name=_("initiatief"),
        related_name="challenges",
        null=True,
        blank=True,
    )
    project = models.ForeignKey(
        "participation.Project",
        models.PROTECT,
        verbose_name=_("project"),
        related_name="challenges",
        null=True,
        blank=True,
    )
    submitted_at = models.DateTimeField(_("verstuurd op"))
    received_at = models.DateTimeField(_("ontvangen op"), null=True, blank=True)
    received_on = models.DateField(_("dag van ontvangst"), null=True, blank=True)
    is_request = models.BooleanField(
        _("aanvraag van een besluit"),
        default=False,
        help_text=_("De groep vraagt een besluit als in de Awb (1:3). Dan geldt de termijn van artikel 4:13."),
    )
    talk_by = models.DateField(_("gesprek afspreken vóór"), null=True, blank=True)
    decide_by = models.DateField(_("beslissen vóór of op"), null=True, blank=True)
    term_explained = models.TextField(_("waarom deze dag"), blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    unread_since = models.DateTimeField(_("ongelezen bericht sinds"), null=True, blank=True, editable=False)
    talk_on = models.DateField(_("gesprek op"), null=True, blank=True)
    talk_place = models.CharField(_("waar is het gesprek"), max_length=200, blank=True)
    verdicts = models.JSONField(_("beoordeling"), default=dict, blank=True)
    assessment = models.TextField(_("toelichting op de beoordeling"), max_length=3000, blank=True)
    proposal = models.TextField(_("voorstel"), max_length=4000, blank=True)
    outcome = models.CharField(
        _("uitkomst"), max_length=12, choices=[(status.value, status.label) for status in OUTCOMES], blank=True
    )
    reasons = models.TextField(_("redenen"), max_length=4000, blank=True)
    way_on = models.TextField(_("wat nu wel kan"), max_length=2000, blank=True)
    decided_by = models.CharField(_("besloten door"), max_length=150, blank=True)
    decided_on = models.DateField(_("besloten op"), null=True, blank=True)
    runs_from = models.DateField(_("begonnen op"), null=True, blank=True)
    runs_until = models.DateField(_("loopt tot en met"), null=True, blank=True)
    evaluation = models.TextField(_("waar keken wij op terug"), max_length=3000, blank=True)
    end_reason = models.TextField(_("waarom beëindigd"), max_length=1500, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)

    # What everybody may read
    published_at = models.DateTimeField(_("op de website sinds"), null=True, blank=True)
    public_text = models.TextField(_("tekst op de website"), max_length=2000, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitdaging")
        verbose_name_plural = _("uitdagingen")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "decide_by"], name="challenge_worklist"),
            models.Index(Lower("email"), name="challenge_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[Status.ACCEPTED, Status.PARTLY, Status.DECLINED, Status.RUNNING])
                | (~Q(outcome="") & ~Q(reasons="") & Q(decided_on__isnull=False)),
                name="challenge_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Status.DECLINED) | ~Q(way_on=""), name="challenge_declined_with_way_on"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (Q(may_publish=True) & ~Q(public_text="")),
                name="challenge_published_when_agreed",
            ),
        ]
        permissions = [
            ("review_challenge", "Can review challenges"),
            ("export_challenges", "Can export challenges"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("challenges:detail", args=[self.reference])

    @property
    def public_status(self) -> str:
        """The status in words for residents."""
        return Status(self.status).public_label

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.published_at is not None

    @property
    def judged(self) -> list[tuple[str, str, str]]:
        """Each criterion with its verdict and in which words; empty before the assessment."""
        known = [(criterion, self.verdicts.get(criterion)) for criterion in Criterion if self.verdicts]
        return [(str(one.label), verdict, str(Verdict(verdict).label)) for one, verdict in known if verdict]


class Message(models.Model):
    """One message between the group and the municipality."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="messages")
    sender = models.CharField(_("van"), max_length=10, choices=Sender)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, blank=True)
    text = models.TextField(_("bericht"), max_length=5000)
    sent_at = models.DateTimeField(_("verstuurd op"))

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class ChallengeDraft(models.Model):
    """Answers that were not sent yet, right or wrong; found again in the same browser, or by a link in an e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    answers = models.JSONField(_("antwoorden"), default=dict)
    saved_at = models.DateTimeField(_("bewaard op"))
    kept_until = models.DateTimeField(_("gewist na"))
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    challenge = models.OneToOneField(
        Challenge, models.CASCADE, verbose_name=_("verstuurd als"), related_name="draft", null=True, blank=True
    )

    objects = ChallengeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.answers.get("title") or _("zonder titel"))
