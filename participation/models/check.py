"""The participation check of a project in one phase: the answers, the choice, and who signed it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import (
    CHECK_EDITABLE,
    CHECK_IN_PREPARATION,
    CHECK_TRANSITIONS,
    CheckStatus,
    ChoiceLeft,
    LegalDuty,
    Level,
    MomentForm,
    NoneReason,
    Outcome,
    Signer,
)
from participation.models.project import Project, ProjectPhase
from participation.querysets import CheckQuerySet
from shared.lifecycle import Lifecycle


class ParticipationCheck(Lifecycle):
    """One look at whether and how people can take part, for one phase. Once signed, its answers never change.

    `number` counts the versions of a project's check; `version` (of the lifecycle) only guards against two people
    acting at once.
    """

    TRANSITIONS = CHECK_TRANSITIONS

    project = models.ForeignKey(Project, models.PROTECT, related_name="checks", verbose_name=_("project"))
    phase = models.ForeignKey(ProjectPhase, models.PROTECT, related_name="checks", verbose_name=_("fase"))
    number = models.PositiveSmallIntegerField(_("versie"))
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="+", verbose_name=_("vorige versie"), null=True, blank=True
    )
    status = models.CharField(
        _("status"), max_length=12, choices=CheckStatus, default=CheckStatus.DRAFT, editable=False
    )

    # The handbook's questions; empty means: not answered yet
    legal_duty = models.CharField(_("wettelijke plicht"), max_length=15, choices=LegalDuty, blank=True)
    legal_article = models.CharField(_("wet en artikel"), max_length=200, blank=True)
    law_excludes = models.BooleanField(_("de wet sluit participatie uit"), default=False)
    choice_left = models.CharField(_("wat valt er te kiezen"), max_length=10, choices=ChoiceLeft, blank=True)
    fixed = models.TextField(_("wat ligt vast"), max_length=2000, blank=True)
    open = models.TextField(_("wat is nog open"), max_length=2000, blank=True)
    noticed_by = models.TextField(_("wie merkt er iets van"), max_length=1000, blank=True)
    impact = models.PositiveSmallIntegerField(
        _("hoeveel merken zij ervan"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    area = models.CharField(_("in welk gebied"), max_length=200, blank=True)
    needs_knowledge = models.BooleanField(_("kennis van buiten nodig"), null=True, blank=True)
    knowledge = models.TextField(_("welke kennis"), max_length=1000, blank=True)
    enough_means = models.BooleanField(_("genoeg tijd, mensen en geld"), null=True, blank=True)
    means = models.TextField(_("toelichting op tijd, mensen en geld"), max_length=1000, blank=True)
    hours = models.PositiveIntegerField(_("uren"), null=True, blank=True)
    budget = models.DecimalField(
        _("geld voor participatie"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    urgent = models.BooleanField(_("er is spoed"), null=True, blank=True)
    urgency = models.TextField(_("waarom spoed"), max_length=1000, blank=True)
    sensitive = models.BooleanField(_("bestuurlijk gevoelig"), default=False)

    # What follows from the answers, and what people chose
    score = models.SmallIntegerField(_("punten"), null=True, blank=True, editable=False)
    advice = models.CharField(_("advies van de regel"), max_length=15, choices=Outcome, blank=True, editable=False)
    outcome = models.CharField(_("uitkomst"), max_length=15, choices=Outcome, blank=True)
    overruled_because = models.TextField(_("waarom anders dan het advies"), max_length=1500, blank=True)
    none_reason = models.CharField(_("reden voor geen participatie"), max_length=15, choices=NoneReason, blank=True)
    none_text = models.TextField(_("uitleg bij geen participatie, voor de website"), max_length=1500, blank=True)
    level = models.CharField(_("niveau in deze fase"), max_length=10, choices=Level, blank=True)

    # What everybody may read once it is published (with `fixed` and `open`)
    decision_text = models.TextField(_("wat wordt er besloten, en wanneer"), max_length=1000, blank=True)
    public_text = models.TextField(_("hoe kunt u meedoen"), max_length=3000, blank=True)

    # The way of the check
    drafted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("begonnen door"), null=True
    )
    drafted_at = models.DateTimeField(_("begonnen op"))
    handed_in_at = models.DateTimeField(_("naar de ambassadeur op"), null=True, blank=True)
    returned_because = models.TextField(_("waarom teruggestuurd"), max_length=1500, blank=True)
    passed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("compleet volgens"), null=True, blank=True
    )
    passed_at = models.DateTimeField(_("compleet op"), null=True, blank=True)
    coordinator_advice = models.TextField(_("advies van de wijkcoördinator"), max_length=3000, blank=True)
    advised_level = models.CharField(_("geadviseerd niveau"), max_length=10, choices=Level, blank=True)
    advised_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("advies van"), null=True, blank=True
    )
    advised_at = models.DateTimeField(_("advies op"), null=True, blank=True)
    signer = models.CharField(_("vastgesteld door"), max_length=10, choices=Signer, blank=True)
    signer_name = models.CharField(_("naam of vergadering"), max_length=150, blank=True)
    signed_on = models.DateField(_("vastgesteld op"), null=True, blank=True)
    signature_reference = models.CharField(_("kenmerk van het besluit"), max_length=120, blank=True)
    signed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("opgeschreven door"), null=True, blank=True
    )
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True)
    running_at = models.DateTimeField(_("participatie begonnen op"), null=True, blank=True)
    fed_back_at = models.DateTimeField(_("teruggekoppeld op"), null=True, blank=True)
    evaluated_at = models.DateTimeField(_("geëvalueerd op"), null=True, blank=True)
    ended_at = models.DateTimeField(_("gesloten, herzien of vervallen op"), null=True, blank=True)
    lapsed_because = models.TextField(_("waarom vervallen"), max_length=1000, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="check_number_once_per_project"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(status__in=sorted(CHECK_IN_PREPARATION)),
                name="check_one_in_preparation",
            ),
            models.CheckConstraint(
                # Both ways: what bears a signature is never a draft again, else a draft could open a gate.
                condition=Q(status__in=sorted([*CHECK_IN_PREPARATION, CheckStatus.LAPSED]), signed_on__isnull=True)
                | (
                    ~Q(status__in=sorted(CHECK_IN_PREPARATION))
                    & Q(signed_on__isnull=False)
                    & ~Q(signer="")
                    & ~Q(signer_name="")
                    & ~Q(outcome="")
                ),
                name="check_confirmed_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | ~Q(outcome=Outcome.NONE)
                | (~Q(none_reason="") & ~Q(none_text="")),
                name="check_none_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(outcome=models.F("advice")) | ~Q(overruled_because=""),
                name="check_overruled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference} {self.get_status_display()}"

    @property
    def is_editable(self) -> bool:
        """The lead can still write in it."""
        return self.status in CHECK_EDITABLE

    @property
    def is_signed(self) -> bool:
        """Confirmed by whoever had to."""
        return self.signed_on is not None

    @property
    def promise(self) -> str:
        """What the municipality promises at the level of this phase."""
        return Level(self.level).promise if self.level else ""


class StakeholderGroup(models.Model):
    """A group of people or organisations with an interest; never the names of residents."""

    check_of = models.ForeignKey(
        ParticipationCheck, models.CASCADE, related_name="groups", verbose_name=_("check"), db_column="check_id"
    )
    name = models.CharField(_("groep"), max_length=120)
    interest = models.CharField(_("belang"), max_length=300, blank=True)
    level = models.CharField(_("niveau"), max_length=10, choices=Level, default=Level.INFORM)
    hard_to_reach = models.BooleanField(_("moeilijk te bereiken"), default=False)
    reached_by = models.CharField(_("hoe bereiken wij hen"), max_length=300, blank=True)
    partner = models.CharField(_("wie helpt daarbij"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")
        ordering = ["check_of", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "name"], name="group_once_per_check"),
            models.CheckConstraint(
                condition=Q(hard_to_reach=False) | ~Q(reached_by=""), name="group_hard_to_reach_has_a_way"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedMoment(models.Model):
    """A moment that the check promises; the moment itself, with its day and place, is made from it later."""

    check_of = models.ForeignKey(
        ParticipationCheck,
        models.CASCADE,
        related_name="planned_moments",
        verbose_name=_("check"),
        db_column="check_id",
    )
    form = models.CharField(_("vorm"), max_length=10, choices=MomentForm)
    about = models.CharField(_("waarover"), max_length=200, blank=True)
    planned_on = models.DateField(_("rond"), null=True, blank=True)

    class Meta:
        verbose_name = _("gepland moment")
        verbose_name_plural = _("geplande momenten")
        ordering = ["check_of", "planned_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.about}" if self.about else str(self.get_form_display())
