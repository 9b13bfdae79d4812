"""A neighbourhood walk: the checklist, who walks along, what is in order, and what was found."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums.walks import (
    FINDING_OPEN,
    FINDING_TRANSITIONS,
    TAKES_FINDINGS,
    TRANSITIONS,
    FindingStatus,
    WalkStatus,
)
from partners.querysets.walks import ChecklistItemQuerySet, FindingQuerySet, WalkQuerySet
from shared.lifecycle import Lifecycle
from shared.themes.models import Theme


class ChecklistItem(models.Model):
    """Something to look at on a walk; the municipality edits the list and switches off what it no longer asks."""

    name = models.CharField(_("punt"), max_length=80, unique=True)
    hint = models.CharField(_("waar let u op"), max_length=200, blank=True)
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        verbose_name=_("thema"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Voor een signaal of actie die uit een bevinding komt."),
    )
    shows_good = models.BooleanField(
        _("hier staat wat goed gaat"),
        default=False,
        help_text=_("Wat u bij dit punt opschrijft, hoeft niemand op te lossen."),
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    active = models.BooleanField(_("staat op de lijst"), default=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punt van de wijkschouw")
        verbose_name_plural = _("punten van de wijkschouw")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Walk(Lifecycle):
    """One walk through (a part of) a wijk, with who organises it and who walks along."""

    TRANSITIONS = TRANSITIONS

    status = models.CharField(
        _("status"), max_length=20, choices=WalkStatus, default=WalkStatus.PLANNED, editable=False
    )
    title = models.CharField(_("titel"), max_length=120)
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="walks")
    starts_at = models.DateTimeField(_("wanneer"))
    gather_at = models.CharField(_("verzamelen bij"), max_length=160)
    route = models.TextField(_("route"), max_length=1000, blank=True)
    organiser = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("organisator"), related_name="organised_walks"
    )
    participants = models.ManyToManyField(
        "accounts.User", verbose_name=_("deelnemers"), related_name="walks", blank=True
    )
    residents = models.PositiveSmallIntegerField(_("bewoners die meeliepen"), default=0)
    summary = models.TextField(_("in het kort"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("verslag verstuurd op"), null=True, blank=True)

    # What calendars need to see that something moved.
    changed_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijkschouw")
        verbose_name_plural = _("wijkschouwen")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for who walks along."""
        return reverse("partners:walk", args=[self.pk])

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(WalkStatus(self.status).label)

    @property
    def takes_findings(self) -> bool:
        """Findings can be written down now."""
        return self.status in TAKES_FINDINGS

    @property
    def is_planned(self) -> bool:
        """It still has to begin."""
        return self.status == WalkStatus.PLANNED

    @property
    def is_underway(self) -> bool:
        """People are walking."""
        return self.status == WalkStatus.UNDERWAY

    @property
    def is_the_day(self) -> bool:
        """Today is the day of the walk, or it has passed."""
        return timezone.localdate(self.starts_at) <= timezone.localdate()


class InOrder(models.Model):
    """A point of the checklist that was looked at and needs nothing."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="in_order")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("punt in orde")
        verbose_name_plural = _("punten in orde")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "item"], name="walk_item_in_order_once")]

    def __str__(self) -> str:
        return str(self.item)


class Finding(Lifecycle):
    """Something that was seen on a walk, with its place and perhaps a photo; followed until it is done."""

    TRANSITIONS = FINDING_TRANSITIONS

    status = models.CharField(
        _("status"), max_length=20, choices=FindingStatus, default=FindingStatus.NEW, editable=False
    )
    walk = models.ForeignKey(Walk, models.PROTECT, verbose_name=_("wijkschouw"), related_name="findings")
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, verbose_name=_("punt"), related_name="findings", null=True, blank=True
    )
    text = models.TextField(_("wat ziet u"), max_length=1000)
    buurt = models.ForeignKey(
        "wijken.Buurt", models.PROTECT, verbose_name=_("buurt"), related_name="+", null=True, blank=True
    )
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    photo = models.OneToOneField(
        "documents.StoredFile", models.PROTECT, verbose_name=_("foto"), related_name="+", null=True, blank=True
    )
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("opgeschreven door"), related_name="+")
    noted_at = models.DateTimeField(_("opgeschreven op"), default=timezone.now)

    # Who has to do something about it: an organisation or a department, never both.
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        verbose_name=_("wijkpartner"),
        related_name="findings",
        null=True,
        blank=True,
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        verbose_name=_("afdeling"),
        related_name="findings",
        null=True,
        blank=True,
    )
    due_on = models.DateField(_("graag vóór"), null=True, blank=True)
    result = models.TextField(_("wat is er gedaan"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    late_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    signal = models.OneToOneField(
        "partners.Signal", models.PROTECT, verbose_name=_("signaal"), related_name="finding", null=True, blank=True
    )
    action = models.ForeignKey(
        "partners.JointAction",
        models.PROTECT,
        verbose_name=_("gezamenlijke actie"),
        related_name="findings",
        null=True,
        blank=True,
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bevinding")
        verbose_name_plural = _("bevindingen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(department__isnull=True), name="finding_has_one_addressee"
            ),
            models.CheckConstraint(
                condition=~Q(status=FindingStatus.ASSIGNED) | Q(partner__isnull=False) | Q(department__isnull=False),
                name="finding_assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[FindingStatus.DONE, FindingStatus.NOT_POSSIBLE]) | ~Q(result=""),
                name="finding_closed_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(status=FindingStatus.GOOD) | Q(partner__isnull=True, department__isnull=True),
                name="finding_good_asks_nobody",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False),
                name="finding_whole_point",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """The page for who works on it."""
        return reverse("partners:finding", args=[self.pk])

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(FindingStatus(self.status).label)

    @property
    def is_open(self) -> bool:
        """Somebody has to do something."""
        return self.status in FINDING_OPEN

    @property
    def is_good(self) -> bool:
        """It goes well: nobody has to do anything."""
        return self.status == FindingStatus.GOOD

    @property
    def addressee(self) -> str:
        """Who has to do something about it; empty when nobody was asked."""
        return str(self.partner or self.department or "")

    @property
    def where(self) -> str:
        """The place in one line."""
        return ", ".join(filter(None, [self.place, str(self.buurt or "")]))

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is still open."""
        return self.is_open and self.due_on is not None and self.due_on < today
