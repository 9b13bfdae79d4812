"""Offers and needs on the start page of the coordinator: which proposals wait, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.enums.offers import MatchStatus
from partners.models import Match
from shared.accounts.models import User
from shared.accounts.policies import wijken_of

MOST_ROWS = 10


@dataclass(frozen=True)
class WaitingMatch:
    """A proposal that somebody has not answered yet."""

    title: str
    waits_for: str
    since: datetime
    url: str


@dataclass(frozen=True)
class WaitingMatches:
    """The ones that wait longest, and how many there are."""

    rows: list[WaitingMatch]
    total: int
    more_url: str


def waiting(user: User) -> WaitingMatches | None:
    """The proposals in one's own wijken that wait for a yes or no; nothing when there are none."""
    found = Match.objects.in_wijken(wijken_of(user)).filter(status__in=[MatchStatus.PROPOSED, MatchStatus.WILLING])
    matches = list(found.with_sides().order_by("proposed_at", "pk")[: MOST_ROWS + 1])
    if not matches:
        return None
    return WaitingMatches(
        rows=[_row(match) for match in matches[:MOST_ROWS]],
        total=len(matches) if len(matches) <= MOST_ROWS else found.count(),
        more_url=reverse("admin:partners_match_changelist"),
    )


def _row(match: Match) -> WaitingMatch:
    willing = match.status == MatchStatus.WILLING
    names = {"offer": match.offer.owner_name, "need": match.need.owner_name}
    return WaitingMatch(
        title=f"{match.offer.title} / {match.need.title}",
        waits_for=_("%(need)s: mag %(offer)s contact opnemen?") % names
        if willing
        else _("%(offer)s: ja of nee?") % names,
        since=match.offer_agreed_at or match.proposed_at,
        url=reverse("admin:partners_match_change", args=[match.pk]),
    )
