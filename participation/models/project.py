"""A project or policy theme of the municipality, and its phases."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.enums import (
    PROJECT_TRANSITIONS,
    BudgetBand,
    DecidingBody,
    PhaseKind,
    ProjectKind,
    ProjectStatus,
)
from participation.querysets import ProjectQuerySet
from shared.lifecycle import Lifecycle, YearCounter


class ProjectCounter(YearCounter):
    """The last number given out in a year."""


class Alderman(models.Model):
    """A member of the executive who answers for projects (portefeuillehouder)."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    portfolio = models.CharField(_("portefeuille"), max_length=200, blank=True)
    active = models.BooleanField(_("kan gekozen worden"), default=True)

    class Meta:
        verbose_name = _("portefeuillehouder")
        verbose_name_plural = _("portefeuillehouders")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Project(Lifecycle):
    """A plan of the municipality that residents may notice; nobody's personal data but the names of staff.

    Without wijken it is for the whole municipality. `phase` changes by the workflow only, and the database refuses
    a phase beyond the start note without a signed check.
    """

    TRANSITIONS = PROJECT_TRANSITIONS

    reference = models.CharField(_("nummer"), max_length=14, unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=ProjectStatus, default=ProjectStatus.ACTIVE, editable=False
    )
    title = models.CharField(_("titel"), max_length=120)
    summary = models.TextField(
        _("samenvatting"), max_length=1500, help_text=_("In gewone taal: dit komt op de website.")
    )
    kind = models.CharField(_("soort"), max_length=12, choices=ProjectKind, default=ProjectKind.PROJECT)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="projects", verbose_name=_("afdeling")
    )
    lead = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="led_projects",
        verbose_name=_("projectleider"),
        null=True,
        blank=True,
    )
    alderman = models.ForeignKey(
        Alderman, models.PROTECT, related_name="projects", verbose_name=_("portefeuillehouder"), null=True, blank=True
    )
    deciding_body = models.CharField(
        _("wie beslist"), max_length=10, choices=DecidingBody, default=DecidingBody.EXECUTIVE
    )
    budget_band = models.CharField(_("budget"), max_length=10, choices=BudgetBand, default=BudgetBand.UNKNOWN)

    # Where and what about
    wijken = models.ManyToManyField(
        "wijken.Wijk",
        related_name="projects",
        verbose_name=_("wijken"),
        blank=True,
        help_text=_("Geen wijk gekozen: het project gaat over de hele gemeente."),
    )
    buurten = models.ManyToManyField("wijken.Buurt", related_name="projects", verbose_name=_("buurten"), blank=True)
    themes = models.ManyToManyField("themes.Theme", related_name="projects", verbose_name=_("thema's"), blank=True)
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("breedtegraad"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(50)), MaxValueValidator(Decimal(54))],
    )
    longitude = models.DecimalField(
        _("lengtegraad"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(3)), MaxValueValidator(Decimal(8))],
    )

    # How far
    started_on = models.DateField(_("begonnen op"))
    phase = models.CharField(_("fase"), max_length=10, choices=PhaseKind, default=PhaseKind.START_NOTE, editable=False)
    decided_on = models.DateField(_("besluit genomen op"), null=True, blank=True, editable=False)
    decision_reference = models.CharField(_("kenmerk van het besluit"), max_length=120, blank=True, editable=False)
    evaluation_due_on = models.DateField(_("evaluatie uiterlijk"), null=True, blank=True, editable=False)
    evaluated_on = models.DateField(_("geëvalueerd op"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("afgerond of gestopt op"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("waarom gestopt"), max_length=1000, blank=True, editable=False)

    # Who residents can call; empty: the general number of the municipality
    contact_name = models.CharField(
        _("contactpersoon op de website"), max_length=120, blank=True, help_text=_("Een naam of een functie.")
    )
    contact_phone = models.CharField(_("telefoon op de website"), max_length=30, blank=True)
    contact_email = models.EmailField(_("e-mailadres op de website"), blank=True)

    published_at = models.DateTimeField(_("op de website sinds"), null=True, blank=True, editable=False)
    registered_at = models.DateTimeField(_("aangemeld op"), editable=False)
    registered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("aangemeld door"), null=True, editable=False
    )

    # Taken over from a department's list
    source = models.CharField(_("bron"), max_length=200, blank=True, editable=False)
    source_id = models.CharField(_("nummer in de bron"), max_length=100, blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projecten")
        ordering = ["-registered_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="project_public", condition=Q(published_at__isnull=False)
            ),
            models.Index(fields=["status", "phase"], name="project_status_phase"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="project_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="project_point_is_whole",
                violation_error_message=_("Vul de breedtegraad en de lengtegraad allebei in, of geen van beide."),
            ),
        ]
        permissions = [
            ("register_project", "Can register projects"),
            ("import_projects", "Can import a list of projects"),
            ("export_projects", "Can export projects and checks"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("participation:project", args=[self.reference])

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.published_at is not None

    @property
    def is_active(self) -> bool:
        """There is still work on it."""
        return self.status == ProjectStatus.ACTIVE

    @property
    def has_point(self) -> bool:
        """It has one place on the map."""
        return self.latitude is not None

    @property
    def with_own_letters(self) -> models.QuerySet[Any]:
        """Its moments: who signed up hears it when the project stops."""
        found: models.QuerySet[Any] = self.moments.all()
        return found

    @property
    def phase_label(self) -> str:
        """The phase in words."""
        return str(PhaseKind(self.phase).label)


class ProjectPhase(models.Model):
    """A phase that this project goes through, with its planned and its real dates."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="phases", verbose_name=_("project"))
    kind = models.CharField(_("fase"), max_length=10, choices=PhaseKind)
    # Follows from the kind; so that phases can be put in order by the database.
    position = models.PositiveSmallIntegerField(editable=False)
    planned_from = models.DateField(_("gepland vanaf"), null=True, blank=True)
    planned_to = models.DateField(_("gepland tot en met"), null=True, blank=True)
    started_on = models.DateField(_("begonnen op"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("afgerond op"), null=True, blank=True, editable=False)
    # The last day for a signed check of this phase; empty where an earlier check serves.
    check_due_on = models.DateField(_("check uiterlijk"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("fasen")
        ordering = ["project", "position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="phase_once_per_project"),
            models.CheckConstraint(
                condition=Q(planned_to__isnull=True)
                | Q(planned_from__isnull=True)
                | Q(planned_to__gte=F("planned_from")),
                name="phase_planned_to_after_from",
                violation_error_message=_("De laatste dag van een fase kan niet vóór de eerste dag liggen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
