"""The letter of a wijk, what was told in it, and whether the clock may send it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.enums.newsletter import TRANSITIONS, LetterStatus, Rhythm
from partners.querysets.newsletter import NewsletterQuerySet, ToldQuerySet
from shared.lifecycle import Lifecycle


class Newsletter(Lifecycle):
    """One letter to the weekly or the monthly readers of a wijk.

    A concept holds only the coordinator's own words and choices: the news is looked up until the moment of sending,
    and is kept from then on in `told`. `period` (2026-W48, 2026-11) is empty until then.
    """

    TRANSITIONS = TRANSITIONS

    status = models.CharField(
        _("status"), max_length=10, choices=LetterStatus, default=LetterStatus.CONCEPT, editable=False
    )
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, verbose_name=_("wijk"), related_name="newsletters")
    rhythm = models.CharField(_("hoe vaak"), max_length=10, choices=Rhythm)
    period = models.CharField(_("week of maand"), max_length=8, blank=True, editable=False)
    intro = models.TextField(_("inleiding"), max_length=2000, blank=True)
    left_out = ArrayField(models.CharField(max_length=200), verbose_name=_("weggelaten"), default=list, blank=True)
    made_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("verstuurd"), null=True, blank=True, editable=False)
    # Empty when the clock sent it.
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("verstuurd door"), related_name="+", null=True, blank=True
    )
    readers = models.PositiveIntegerField(_("lezers"), default=0, editable=False)
    # The last reader whose letter is in the outbox: where a worker that stopped goes on.
    handed_over_to = models.PositiveBigIntegerField(default=0, editable=False)
    handed_over_at = models.DateTimeField(_("bij alle lezers"), null=True, blank=True, editable=False)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijkbrief")
        verbose_name_plural = _("wijkbrieven")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wijk", "rhythm"], condition=Q(status=LetterStatus.CONCEPT), name="one_newsletter_in_concept"
            ),
            models.UniqueConstraint(
                fields=["wijk", "rhythm", "period"],
                condition=Q(status=LetterStatus.SENT),
                name="one_newsletter_a_period",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.CONCEPT, sent_at__isnull=True, period="")
                | (Q(status=LetterStatus.SENT, sent_at__isnull=False) & ~Q(period="")),
                name="newsletter_sent_in_a_period",
            ),
        ]
        permissions = [("send_newsletter", _("Wijkbrieven aanpassen en versturen"))]

    def __str__(self) -> str:
        return gettext("Wijkbrief %(wijk)s, %(rhythm)s") % {"wijk": self.wijk, "rhythm": self.get_rhythm_display()}

    def get_absolute_url(self) -> str:
        """The page that everybody may read, once it is sent."""
        return reverse("partners:newsletter", args=[self.wijk.slug, self.pk])

    @property
    def is_sent(self) -> bool:
        """It is out, and never changes again."""
        return self.status == LetterStatus.SENT


class Told(models.Model):
    """One line of a letter that was sent, or that is not in it: left out, or told on another line.

    Readers of that letter never get it again.
    """

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="told")
    # The same as of the letter: the database keeps a line from being told twice.
    wijk = models.ForeignKey("wijken.Wijk", models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500)
    left_out = models.BooleanField(default=False)

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht in een wijkbrief")
        verbose_name_plural = _("berichten in wijkbrieven")
        ordering = ["newsletter", "position"]
        constraints = [models.UniqueConstraint(fields=["wijk", "rhythm", "key"], name="told_once_to_the_same_readers")]

    def __str__(self) -> str:
        return self.title


class NewsletterSettings(models.Model):
    """Whether the clock sends the letters of a wijk that nobody sent; without a row it does."""

    wijk = models.OneToOneField(
        "wijken.Wijk", models.CASCADE, verbose_name=_("wijk"), related_name="newsletter_settings"
    )
    automatic = models.BooleanField(
        _("vanzelf versturen"),
        default=True,
        help_text=_(
            "Aan: heeft niemand de brief verstuurd, dan gaat hij vanzelf weg (donderdag, of de vijfde van de maand). "
            "Uit: de brief wacht op u."
        ),
    )

    class Meta:
        verbose_name = _("instelling van de wijkbrief")
        verbose_name_plural = _("instellingen van de wijkbrief")
        ordering = ["wijk"]

    def __str__(self) -> str:
        return str(self.wijk)
