"""An offer and a need that may fit, what each side said, and what came of it."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partners.enums.offers import MATCH_TRANSITIONS, DayPart, MatchStatus, Resource, Side, Weekday
from partners.models.offers import Listing
from partners.querysets.offers import MatchQuerySet
from shared.accounts.models import User
from shared.lifecycle import Lifecycle


class Match(Lifecycle):
    """A proposal to two sides. The need's name and contact are shown to the other side from `need_agreed_at` only."""

    TRANSITIONS = MATCH_TRANSITIONS

    status = models.CharField(
        _("status"), max_length=10, choices=MatchStatus, default=MatchStatus.PROPOSED, editable=False
    )
    offer = models.ForeignKey(Listing, models.PROTECT, verbose_name=_("aanbod"), related_name="offer_matches")
    need = models.ForeignKey(
        Listing, models.PROTECT, verbose_name=pgettext_lazy("what somebody needs", "vraag"), related_name="need_matches"
    )
    points = models.PositiveSmallIntegerField(_("punten"))
    # [[code, value], …] as `rules.matching.Reason`: rendered in the language of who reads.
    reasons = models.JSONField(_("waarom dit past"), default=list)
    proposed_at = models.DateTimeField(_("voorgesteld op"))
    # Empty: the offering side has to be told (again).
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Once: that we asked the other side.
    need_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    later_on = models.DateField(_("opnieuw vragen op"), null=True, blank=True)
    offer_agreed_at = models.DateTimeField(_("aanbieder zei ja op"), null=True, blank=True)
    need_agreed_at = models.DateTimeField(_("vrager zei ja op"), null=True, blank=True)
    contact_at = models.DateTimeField(_("in contact sinds"), null=True, blank=True)
    result_asked_at = models.DateTimeField(_("resultaat gevraagd op"), null=True, blank=True)
    result = models.TextField(_("wat leverde het op"), max_length=1000, blank=True)
    result_by = models.CharField(_("resultaat verteld door"), max_length=5, choices=Side, blank=True)
    closed_at = models.DateTimeField(_("gesloten op"), null=True, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["status", "later_on"], name="match_by_status")]
        constraints = [
            models.UniqueConstraint(fields=["offer", "need"], name="match_proposed_once"),
            # Nobody's name goes to the other side before both said yes.
            models.CheckConstraint(
                condition=~Q(status__in=[MatchStatus.CONTACT, MatchStatus.SUCCEEDED, MatchStatus.FAILED])
                | Q(offer_agreed_at__isnull=False, need_agreed_at__isnull=False, contact_at__isnull=False),
                name="match_contact_after_both_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} / {self.need}"

    @property
    def why(self) -> str:
        """The reasons in a sentence: “Past omdat: zelfde wijk, ruimte, zaterdag.”"""
        words = [_reason_in_words(code, value, self.need) for code, value in self.reasons]
        return gettext("Past omdat: %(reasons)s.") % {"reasons": ", ".join(filter(None, words))}

    @property
    def asked_at(self) -> datetime | None:
        """Since when somebody is to answer; None when nobody has to now."""
        since = {MatchStatus.PROPOSED: self.told_at, MatchStatus.WILLING: self.offer_agreed_at}
        return since.get(MatchStatus(self.status))

    @property
    def is_in_contact(self) -> bool:
        """Both sides know each other."""
        return self.contact_at is not None

    def listing_of(self, side: str) -> Listing:
        """The listing on this side."""
        return self.offer if side == Side.OFFER else self.need

    def side_of(self, initiator: User) -> Side:
        """On which side a plan of this resident stands; the plan that asks goes first."""
        asks = self.need.initiative and self.need.initiative.initiator_id == initiator.pk
        return Side.NEED if asks else Side.OFFER

    def other_of(self, side: str) -> Listing:
        """The listing on the other side."""
        return self.need if side == Side.OFFER else self.offer


REASONS: dict[str, Callable[[str, Listing], str]] = {
    "wijk": lambda value, need: gettext("zelfde wijk"),
    "buurt": lambda value, need: gettext("zelfde buurt"),
    "kind": lambda value, need: str(Resource(value).label),
    "day": lambda value, need: format_date(date.fromisoformat(value), "l j F"),
    "weekday": lambda value, need: str(Weekday(int(value)).label),
    "part": lambda value, need: str(DayPart(value).label),
    "theme": lambda value, need: need.theme.label if need.theme else "",
    "word": lambda value, need: f"“{value}”",
    "offered": lambda value, need: gettext("op deze vraag aangeboden"),
    "asked": lambda value, need: gettext("op dit aanbod gevraagd"),
}


def _reason_in_words(code: str, value: str, need: Listing) -> str:
    return REASONS[code](value, need)
