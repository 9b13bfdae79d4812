"""A joint action with its steps, and the wijkagenda that the actions of a wijk form in a year."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums.actions import AT_WORK, OPEN, TRANSITIONS, ActionStatus
from partners.querysets.actions import ActionStepQuerySet, JointActionQuerySet
from shared.lifecycle import Lifecycle
from shared.themes.models import Theme


def this_year() -> int:
    """The year in which an action is proposed, unless somebody says otherwise."""
    return timezone.localdate().year


class JointAction(Lifecycle):
    """Something that several partners do together in a wijk; exactly one person keeps it going."""

    TRANSITIONS = TRANSITIONS

    status = models.CharField(
        _("status"), max_length=20, choices=ActionStatus, default=ActionStatus.PROPOSED, editable=False
    )
    title = models.CharField(_("titel"), max_length=120)
    goal = models.TextField(_("doel"), max_length=1500)
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="joint_actions")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name=_("thema"), related_name="joint_actions")
    year = models.PositiveSmallIntegerField(_("jaar van de wijkagenda"), default=this_year)
    partners = models.ManyToManyField(
        "partners.Partner", verbose_name=_("wijkpartners"), related_name="joint_actions", blank=True
    )
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("trekker"), related_name="owned_joint_actions"
    )
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("voorgesteld door"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("voorgesteld op"), default=timezone.now)
    agreed_at = models.DateTimeField(_("afgesproken op"), null=True, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    due_on = models.DateField(_("klaar vóór"), null=True, blank=True)
    result = models.TextField(_("resultaat"), max_length=2000, blank=True)
    stop_reason = models.TextField(_("waarom gestopt"), max_length=1000, blank=True)
    is_public = models.BooleanField(_("in de openbare wijkagenda"), default=False)

    objects = JointActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("gezamenlijke actie")
        verbose_name_plural = _("gezamenlijke acties")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["wijk", "year", "status"], name="joint_action_agenda")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.DONE) | ~Q(result=""), name="joint_action_done_with_result"
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.STOPPED) | ~Q(stop_reason=""), name="joint_action_stopped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for who works on it."""
        return reverse("partners:action", args=[self.pk])

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(ActionStatus(self.status).label)

    @property
    def is_open(self) -> bool:
        """Not finished and not stopped."""
        return self.status in OPEN

    @property
    def is_at_work(self) -> bool:
        """Steps are taken now."""
        return self.status in AT_WORK


class ActionStep(models.Model):
    """One step of an action: what, by whom, before when."""

    action = models.ForeignKey(JointAction, models.CASCADE, verbose_name=_("actie"), related_name="steps")
    what = models.CharField(_("wat"), max_length=200)
    responsible = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("wie"),
        related_name="action_steps",
        null=True,
        blank=True,
        help_text=_("Leeg: de trekker."),
    )
    due_on = models.DateField(_("vóór"), null=True, blank=True)
    done_at = models.DateTimeField(_("gedaan op"), null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("gedaan door"), related_name="+", null=True, blank=True
    )
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    late_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What calendars need to see that a day moved.
    changed_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)

    objects = ActionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="action_step_due"),
        ]

    def __str__(self) -> str:
        return self.what

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and nobody did it."""
        return self.done_at is None and self.due_on is not None and self.due_on < today


class WijkAgenda(models.Model):
    """The living plan of a wijk for a year. It holds only what introduces it: its contents are the joint actions."""

    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="wijkagendas")
    year = models.PositiveSmallIntegerField(_("jaar"))
    intro = models.TextField(_("inleiding"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("op de website sinds"), null=True, blank=True)
    changed_at = models.DateTimeField(_("gewijzigd op"), default=timezone.now)
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("gewijzigd door"), related_name="+")
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)

    class Meta:
        verbose_name = _("wijkagenda")
        verbose_name_plural = _("wijkagenda's")
        ordering = ["-year", "wijk"]
        constraints = [models.UniqueConstraint(fields=["wijk", "year"], name="one_wijkagenda_per_year")]

    def __str__(self) -> str:
        return f"{self.wijk} {self.year}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partners:wijkagenda", args=[self.wijk.slug, self.year])

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.published_at is not None
