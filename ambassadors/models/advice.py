"""A question to somebody who knows more, about any case of the portal."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import OPEN, TRANSITIONS, AdviceStatus, AdviceVerdict
from ambassadors.querysets import AdviceRequestQuerySet
from shared.lifecycle import Lifecycle

OPEN_VALUES = [str(each) for each in OPEN]
# A doubt comes with its reason.
NEEDS_WORDS = [str(AdviceVerdict.CONCERN), str(AdviceVerdict.RATHER_NOT)]


class AdviceRequest(Lifecycle):
    """A question with a last day and exactly one owner: a colleague for a department, or somebody by e-mail.

    The case is named by kind and number, as in the outbox: cases live in programmes that this one does not know.
    `title` and `reference` are those of the day on which it was asked, so that lists need not read each case.
    """

    TRANSITIONS = TRANSITIONS

    subject_type = models.CharField(_("soort"), max_length=80)
    subject_id = models.CharField(_("nummer"), max_length=64)
    title = models.CharField(_("over"), max_length=200)
    reference = models.CharField(_("kenmerk"), max_length=40, blank=True)
    theme = models.ForeignKey(
        "themes.Theme", models.PROTECT, related_name="+", verbose_name=_("thema"), null=True, blank=True
    )
    wijk = models.ForeignKey(
        "wijken.Wijk", models.PROTECT, related_name="+", verbose_name=_("wijk"), null=True, blank=True
    )

    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        related_name="advice_requests",
        verbose_name=_("afdeling"),
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="advice_requests",
        verbose_name=_("adviseur"),
        null=True,
        blank=True,
    )
    # Of somebody without a role here: a partner, an outsider, a department without an ambassador.
    adviser_name = models.CharField(_("naam of functie"), max_length=120, blank=True)
    adviser_email = models.EmailField(_("e-mailadres"), blank=True)
    # The number under which links know it that were sent when only applications had advice.
    former_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Goes up with each hand-over, so that the link of who had it before no longer answers.
    turn = models.PositiveSmallIntegerField(default=1, editable=False)

    question = models.TextField(_("vraag"), max_length=2000)
    due_on = models.DateField(_("uiterlijk"))
    asked_at = models.DateTimeField(_("gevraagd op"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("gevraagd door"))
    status = models.CharField(_("status"), max_length=12, choices=AdviceStatus, default=AdviceStatus.ASKED)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    # The last day passed without an answer, and the reviewer was told; it stays when the answer comes late.
    lapsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(_("gemeld op"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("gesloten op"), null=True, blank=True, editable=False)
    end_reason = models.CharField(_("reden"), max_length=300, blank=True)

    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    # Empty when it was given at the link of a letter.
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("beantwoord door"), null=True, blank=True
    )
    verdict = models.CharField(_("advies"), max_length=15, choices=AdviceVerdict, blank=True)
    text = models.TextField(_("toelichting"), max_length=3000, blank=True)

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("adviesvraag")
        verbose_name_plural = _("adviesvragen")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(owner__isnull=False, department__isnull=False, adviser_email=""))
                | (Q(owner__isnull=True) & ~Q(adviser_email="")),
                name="advice_has_one_owner",
            ),
            models.CheckConstraint(
                condition=(Q(status=AdviceStatus.ANSWERED, answered_at__isnull=False) & ~Q(verdict=""))
                | (~Q(status=AdviceStatus.ANSWERED) & Q(answered_at__isnull=True, verdict="")),
                name="advice_answered_with_a_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=NEEDS_WORDS) | ~Q(text=""), name="advice_doubt_comes_with_words"
            ),
            models.UniqueConstraint(
                "subject_type",
                "subject_id",
                "owner",
                condition=Q(status__in=OPEN_VALUES, owner__isnull=False),
                name="advice_asked_once_of_a_colleague",
            ),
            models.UniqueConstraint(
                "subject_type",
                "subject_id",
                Lower("adviser_email"),
                condition=Q(status__in=OPEN_VALUES) & ~Q(adviser_email=""),
                name="advice_asked_once_of_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="advice_about"),
            models.Index(fields=["department", "status", "due_on"], name="advice_of_department"),
        ]
        permissions = [("export_advice", "Can export requests for advice")]

    def __str__(self) -> str:
        return f"{self.adviser}: {self.title}"

    @property
    def adviser(self) -> str:
        """Who answers, in words: with the department for a colleague."""
        if self.owner is not None:
            return f"{self.owner} ({self.department})"
        return self.adviser_name or self.adviser_email

    @property
    def letters_are_about(self) -> tuple[str, str]:
        """Letters of a request are kept with its case, so that who reviews the case reads them there."""
        return self.subject_type, self.subject_id

    @property
    def is_open(self) -> bool:
        """Still waiting for the adviser."""
        return self.status in OPEN

    def is_late(self, day: date) -> bool:
        """Open, and its last day has passed."""
        return self.is_open and self.due_on < day


class HandOver(models.Model):
    """A request went from one adviser to another, with a note; kept, so that nobody asks who had it."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="handovers")
    from_adviser = models.CharField(_("van"), max_length=320)
    to_adviser = models.CharField(_("naar"), max_length=320)
    note = models.TextField(_("toelichting"), max_length=1000)
    # Empty when the portal did it, because somebody is an ambassador no more.
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("door"), null=True, blank=True
    )
    at = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_adviser} → {self.to_adviser}"
