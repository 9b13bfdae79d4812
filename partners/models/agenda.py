"""An item of the agenda that a partner or the municipality put there, and the secret address of somebody's own one."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums.agenda import TRANSITIONS, ItemKind, ItemStatus, Repeats, Visibility
from partners.querysets.agenda import AgendaItemQuerySet, PersonalFeedQuerySet
from shared import municipality
from shared.lifecycle import Lifecycle
from shared.themes.models import Theme


class AgendaItem(Lifecycle):
    """Something that takes place in one or more wijken, once or again and again.

    `sequence` is what calendars go by: it rises with each change. Nothing about residents stands here.
    """

    TRANSITIONS = TRANSITIONS

    status = models.CharField(
        _("gaat het door"), max_length=10, choices=ItemStatus, default=ItemStatus.PLANNED, editable=False
    )
    kind = models.CharField(_("soort"), max_length=10, choices=ItemKind, default=ItemKind.ACTIVITY)
    title = models.CharField(_("titel"), max_length=120)
    text = models.TextField(_("wat gebeurt er"), max_length=2000, blank=True)
    wijken = models.ManyToManyField("wijken.Wijk", verbose_name=_("wijken"), related_name="agenda_items")
    theme = models.ForeignKey(
        Theme, models.PROTECT, verbose_name=_("thema"), related_name="agenda_items", null=True, blank=True
    )
    place = models.CharField(_("plek"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"), null=True, blank=True)
    repeats = models.CharField(_("komt het terug"), max_length=10, choices=Repeats, default=Repeats.ONCE)
    repeats_until = models.DateField(_("tot en met"), null=True, blank=True)
    visibility = models.CharField(_("wie mag het zien"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)

    # Who holds it: a partner, a department, or else the municipality as a whole.
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        verbose_name=_("wijkpartner"),
        related_name="agenda_items",
        null=True,
        blank=True,
    )
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, verbose_name=_("afdeling"), related_name="+", null=True, blank=True
    )
    created_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("door"), related_name="+")
    created_at = models.DateTimeField(_("in de agenda gezet"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("gewijzigd"), default=timezone.now, editable=False)
    sequence = models.PositiveIntegerField(_("volgnummer"), default=0, editable=False)
    cancel_reason = models.CharField(_("waarom gaat het niet door"), max_length=300, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at", "id"], name="agenda_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="agenda_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(repeats=Repeats.ONCE, repeats_until__isnull=True)
                | (~Q(repeats=Repeats.ONCE) & Q(repeats_until__isnull=False)),
                name="agenda_repeats_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(department__isnull=True), name="agenda_has_one_organiser"
            ),
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.CANCELLED) | ~Q(cancel_reason=""), name="agenda_cancelled_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page; of what is not public it opens for who may see it."""
        return reverse("partners:agenda_item", args=[self.pk])

    @property
    def uid(self) -> str:
        """What calendars know it by; never changes."""
        return f"agenda-{self.pk}"

    @property
    def organiser(self) -> str:
        """Who holds it, in words."""
        return str(self.partner or self.department or municipality.current().full_name)

    @property
    def is_cancelled(self) -> bool:
        """It does not go on."""
        return self.status == ItemStatus.CANCELLED

    @property
    def is_public(self) -> bool:
        """Everybody may see it."""
        return self.visibility == Visibility.PUBLIC


class PersonalFeed(models.Model):
    """The secret address at which somebody's own calendar reads along; of a renewed one only the new address opens."""

    user = models.ForeignKey("accounts.User", models.CASCADE, verbose_name=_("van wie"), related_name="agenda_feeds")
    secret = models.CharField(_("geheim deel van het adres"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    ended_at = models.DateTimeField(_("gestopt"), null=True, blank=True)

    objects = PersonalFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen agenda-adres")
        verbose_name_plural = _("eigen agenda-adressen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="one_agenda_feed_in_use")
        ]

    def __str__(self) -> str:
        return str(self.user)
