"""The records of taking part: moments, sign-ups, contributions, feedback, scores, evaluations, followed places."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from participation.enums import MomentForm
from participation.models import ParticipationCheck, PlannedMoment, Project, ProjectPhase
from participation.moments.enums import (
    TRANSITIONS,
    ContributionStatus,
    Criterion,
    SignUpStatus,
    Source,
    Status,
    Verdict,
    Way,
)
from participation.moments.querysets import ContributionQuerySet, MomentQuerySet, SignUpQuerySet
from shared.lifecycle import Lifecycle

WAYS = {MomentForm.ONLINE: Way.ONLINE, MomentForm.LETTER: Way.PAPER}


class Moment(Lifecycle):
    """An occasion to take part in a project: an evening, a walk, an online questionnaire, a letter.

    `places_taken` is kept equal to the people who have a place by each step, and never passes `capacity`: the database
    refuses that. `version` is also the SEQUENCE in calendars.
    """

    TRANSITIONS = TRANSITIONS

    project = models.ForeignKey(Project, models.PROTECT, related_name="moments", verbose_name=_("project"))
    phase = models.ForeignKey(
        ProjectPhase, models.PROTECT, related_name="moments", verbose_name=_("fase"), null=True, blank=True
    )
    planned = models.ForeignKey(
        PlannedMoment,
        models.SET_NULL,
        related_name="moments",
        verbose_name=_("beloofd in de check"),
        null=True,
        blank=True,
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    title = models.CharField(_("titel"), max_length=120)
    form = models.CharField(_("vorm"), max_length=10, choices=MomentForm, default=MomentForm.NEIGHBOURHOOD_TABLE)
    text = models.TextField(_("waar gaat het over"), max_length=2000)
    invited = models.CharField(_("voor wie"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    place = models.CharField(_("plek"), max_length=200, blank=True)
    access = models.TextField(_("toegankelijkheid"), max_length=1000, blank=True)
    link = models.URLField(_("link voor wie online meedoet"), max_length=300, blank=True)

    # Sign-up
    takes_sign_ups = models.BooleanField(_("aanmelden"), default=True)
    capacity = models.PositiveSmallIntegerField(_("aantal plekken"), null=True, blank=True)
    sign_up_until = models.DateTimeField(_("aanmelden kan tot"), null=True, blank=True)
    places_taken = models.PositiveSmallIntegerField(_("bezette plekken"), default=0, editable=False)
    attended = models.PositiveSmallIntegerField(_("aantal aanwezigen"), null=True, blank=True, editable=False)

    # Contributions
    takes_contributions = models.BooleanField(_("online meedenken"), default=False)
    question = models.CharField(_("open vraag"), max_length=300, blank=True)
    choice_question = models.CharField(_("keuzevraag"), max_length=300, blank=True)
    choices = models.TextField(_("antwoorden op de keuzevraag"), max_length=1000, blank=True)
    contributions_until = models.DateTimeField(_("meedenken kan tot"), null=True, blank=True)

    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("gepland door"))
    changed_at = models.DateTimeField(_("gewijzigd op"), default=timezone.now, editable=False)
    announced_at = models.DateTimeField(_("aangekondigd op"), null=True, blank=True, editable=False)
    held_at = models.DateTimeField(_("geweest op"), null=True, blank=True, editable=False)
    feedback_due_on = models.DateField(_("terugkoppelen vóór of op"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("waarom gaat het niet door"), max_length=1000, blank=True, editable=False)
    people_forgotten_at = models.DateTimeField(_("namen gewist op"), null=True, blank=True, editable=False)

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("momenten")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="moment_status_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="moment_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="moment_never_over_capacity",
            ),
            models.CheckConstraint(
                condition=Q(takes_contributions=False) | ~Q(question="") | ~Q(choice_question=""),
                name="moment_contributions_answer_something",
            ),
        ]
        permissions = [("organise_moment", "Can organise participation moments")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("moments:moment", args=[self.pk])

    @property
    def reference(self) -> str:
        """How people name it on the phone: the number of the project."""
        return self.project.reference

    @property
    def public_status(self) -> str:
        """The status in words for residents; lists read the feedback along."""
        told = self.status == Status.HELD and hasattr(self, "feedback")
        return Status.CLOSED.public_label if told else Status(self.status).public_label

    @property
    def when(self) -> str:
        """donderdag 12 maart 2026, 19:30 tot 21:30 uur; a period when it takes longer than a day."""
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        if first.date() == last.date():
            return _("%(day)s, %(from)s tot %(to)s uur") % {
                "day": format_date(first, "l j F Y"),
                "from": format_date(first, "H:i"),
                "to": format_date(last, "H:i"),
            }
        return _("%(first)s tot en met %(last)s") % {
            "first": format_date(first, "l j F"),
            "last": format_date(last, "l j F Y"),
        }

    @property
    def is_one_day(self) -> bool:
        """It is over on the day on which it begins."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def is_public(self) -> bool:
        """Everybody may read it."""
        return self.status != Status.DRAFT and self.project.is_published

    @property
    def way(self) -> Way:
        """Somewhere, online or on paper."""
        return WAYS.get(MomentForm(self.form), Way.LIVE)

    @property
    def choice_list(self) -> list[str]:
        """The answers to choose from, one a line."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    @property
    def is_full(self) -> bool:
        """Every place is taken."""
        return self.capacity is not None and self.places_taken >= self.capacity

    @property
    def places_left(self) -> int | None:
        """How many places are free; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.places_taken, 0)

    @property
    def last_sign_up(self) -> object:
        """Until when people can sign up: the day that was set, else until it begins."""
        return self.sign_up_until or self.starts_at

    @property
    def last_contribution(self) -> datetime:
        """Until when people can say online what they think."""
        return self.contributions_until or self.ends_at


class SignUp(models.Model):
    """One person at one moment. Deleted some time after the feedback was sent: only numbers stay."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="sign_ups", verbose_name=_("moment"))
    status = models.CharField(_("status"), max_length=10, choices=SignUpStatus, default=SignUpStatus.ASKED)
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=20, blank=True)
    wants_feedback = models.BooleanField(_("wil horen wat ermee gebeurt"), default=True)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("aangemeld door"), null=True, blank=True
    )
    asked_at = models.DateTimeField(_("aangemeld op"))
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("wacht sinds"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("afgemeld op"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    was_there = models.BooleanField(_("was er"), null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint("moment", Lower("email"), name="sign_up_once", condition=~Q(email="")),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="sign_up_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {self.moment_id}"

    @property
    def has_place(self) -> bool:
        """This person can come."""
        return self.status == SignUpStatus.PLACED


class Contribution(models.Model):
    """What somebody said; without a name. `count` is more than one for a pile of papers with the same choice."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="contributions", verbose_name=_("moment"))
    source = models.CharField(_("binnengekomen via"), max_length=10, choices=Source, default=Source.WEB)
    text = models.TextField(_("antwoord"), max_length=3000, blank=True)
    choice = models.CharField(_("keuze"), max_length=200, blank=True)
    theme = models.ForeignKey(
        "themes.Theme",
        models.PROTECT,
        related_name="contributions",
        verbose_name=_("thema"),
        null=True,
        blank=True,
    )
    count = models.PositiveSmallIntegerField(_("aantal"), default=1, validators=[MinValueValidator(1)])
    photo = models.OneToOneField(
        "documents.StoredFile", models.PROTECT, related_name="+", verbose_name=_("foto"), null=True, blank=True
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    email_confirmed_at = models.DateTimeField(_("adres bevestigd op"), null=True, blank=True)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    sent_at = models.DateTimeField(_("ontvangen op"))
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("opgeschreven door"), null=True, blank=True
    )
    status = models.CharField(
        _("zichtbaar"), max_length=10, choices=ContributionStatus, default=ContributionStatus.PENDING
    )
    hidden_reason = models.CharField(_("waarom verborgen"), max_length=200, blank=True)
    moderated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("bekeken door"), null=True, blank=True
    )
    moderated_at = models.DateTimeField(_("bekeken op"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["status", "sent_at"], name="contribution_queue")]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | ~Q(choice=""), name="contribution_says_something"),
            models.CheckConstraint(
                condition=~Q(status=ContributionStatus.HIDDEN) | ~Q(hidden_reason=""),
                name="contribution_hidden_with_reason",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="contribution_counts_people"),
        ]

    def __str__(self) -> str:
        return (self.text or self.choice)[:60]


class Feedback(models.Model):
    """What we heard, what we do with it, and what not and why; sent to who took part and shown on the page."""

    moment = models.OneToOneField(Moment, models.PROTECT, related_name="feedback", verbose_name=_("moment"))
    heard = models.TextField(_("wat wij hoorden"), max_length=4000)
    doing = models.TextField(_("wat wij ermee doen"), max_length=4000)
    not_doing = models.TextField(_("wat wij niet doen, en waarom"), max_length=4000)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("geschreven door"))
    sent_at = models.DateTimeField(_("verstuurd op"))
    sent_to = models.PositiveIntegerField(_("aantal mensen dat bericht kreeg"), default=0)

    class Meta:
        verbose_name = _("terugkoppeling")
        verbose_name_plural = _("terugkoppelingen")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(heard="") & ~Q(doing="") & ~Q(not_doing=""), name="feedback_answers_all_three"
            )
        ]

    def __str__(self) -> str:
        return str(self.moment)


def _score(words: StrOrPromise) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        words, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Score(models.Model):
    """What one participant thought of it, without a name; `key` keeps it to one per letter."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="scores", verbose_name=_("moment"))
    key = models.CharField(max_length=64)
    could_speak = _score(_("kon zeggen wat ik wilde"))
    was_clear = _score(_("duidelijk waarover"))
    sees_result = _score(_("zie wat ermee gebeurt"))
    given_at = models.DateTimeField(_("gegeven op"))

    class Meta:
        verbose_name = _("oordeel van een deelnemer")
        verbose_name_plural = _("oordelen van deelnemers")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["moment", "key"], name="score_once_per_letter"),
            models.CheckConstraint(
                condition=Q(could_speak__range=(1, 5)) | Q(was_clear__range=(1, 5)) | Q(sees_result__range=(1, 5)),
                name="score_answers_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment_id}: {self.key[:8]}"


class Evaluation(models.Model):
    """How the participation of one check went, by the criteria of the handbook and the scores of participants."""

    check_of = models.OneToOneField(
        ParticipationCheck, models.PROTECT, related_name="evaluation", verbose_name=_("check"), db_column="check_id"
    )
    verdicts = models.JSONField(_("oordeel per criterium"), default=dict)
    went_well = models.TextField(_("wat ging goed"), max_length=3000)
    lessons = models.TextField(_("wat doen wij de volgende keer anders"), max_length=3000)
    passes = models.BooleanField(_("voldoende"), default=False)
    evaluated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("door"))
    evaluated_on = models.DateField(_("op"))

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")
        ordering = ["-evaluated_on", "-pk"]

    def __str__(self) -> str:
        return str(self.check_of)

    @property
    def judged(self) -> list[tuple[str, str]]:
        """Each criterion with its verdict, in words."""
        return [
            (str(criterion.label), str(Verdict(self.verdicts[criterion]).label))
            for criterion in Criterion
            if criterion in self.verdicts
        ]


class AreaFollow(models.Model):
    """A point with a circle around it of which somebody wants the news. Whose it is, only the subscription knows."""

    # Empty: somebody pointed at the map.
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    buurt = models.ForeignKey("wijken.Buurt", models.CASCADE, related_name="+", verbose_name=_("buurt"))
    latitude = models.FloatField(_("breedtegraad"))
    longitude = models.FloatField(_("lengtegraad"))
    radius = models.PositiveIntegerField(_("straal in meters"))

    class Meta:
        verbose_name = _("gevolgd gebied")
        verbose_name_plural = _("gevolgde gebieden")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.postcode or self.buurt}, {self.radius} m"

    @property
    def point(self) -> tuple[float, float]:
        """The middle: longitude and latitude in degrees."""
        return self.longitude, self.latitude
