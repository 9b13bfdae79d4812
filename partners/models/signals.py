"""A signal: something that was noticed in the neighbourhood, about a theme and a place."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums.signals import OPEN, TRANSITIONS, SignalSource, SignalStatus
from partners.querysets.signals import SignalQuerySet
from shared.lifecycle import Lifecycle
from shared.themes.models import Theme


class Signal(Lifecycle):
    """What somebody noticed. There is no field for a person in it, and the text is checked for them."""

    TRANSITIONS = TRANSITIONS

    status = models.CharField(
        _("status"), max_length=20, choices=SignalStatus, default=SignalStatus.NEW, editable=False
    )
    title = models.CharField(_("wat valt op"), max_length=120)
    text = models.TextField(_("toelichting"), max_length=1500, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name=_("thema"), related_name="signals")
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="signals")
    buurt = models.ForeignKey(
        "wijken.Buurt", models.PROTECT, verbose_name=_("buurt"), related_name="signals", null=True, blank=True
    )
    place = models.CharField(_("straat of plek"), max_length=120, blank=True)
    source = models.CharField(_("gemeld door"), max_length=12, choices=SignalSource)
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, verbose_name=_("wijkpartner"), related_name="signals", null=True, blank=True
    )
    author = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("opgeschreven door"), related_name="+")
    noted_at = models.DateTimeField(_("gemeld op"), default=timezone.now)
    action = models.ForeignKey(
        "partners.JointAction",
        models.PROTECT,
        verbose_name=_("gezamenlijke actie"),
        related_name="signals",
        null=True,
        blank=True,
    )
    outcome = models.TextField(_("wat ermee is gedaan"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    public_text = models.CharField(_("tekst op de website"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("op de website sinds"), null=True, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        ordering = ["-noted_at", "-pk"]
        indexes = [models.Index(fields=["wijk", "theme", "status"], name="signal_wijk_theme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(public_text=""), name="signal_published_with_text"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.ACTION) | Q(action__isnull=False), name="signal_became_an_action"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for who works on it."""
        return reverse("partners:signal", args=[self.pk])

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(SignalStatus(self.status).label)

    @property
    def is_open(self) -> bool:
        """Something can still come of it."""
        return self.status in OPEN

    @property
    def is_published(self) -> bool:
        """Everybody may read it."""
        return self.published_at is not None

    @property
    def where(self) -> str:
        """The place in one line."""
        return ", ".join(filter(None, [self.place, str(self.buurt or ""), str(self.wijk)]))

    def close_with_action(self, outcome: str) -> None:
        """Follow the action in memory; the caller saves: handled with its result, or free again when it stopped."""
        self.move_to(SignalStatus.HANDLED if outcome else SignalStatus.SEEN)
        if outcome:
            self.outcome, self.closed_at = outcome, timezone.now()
        else:
            self.action = None
