"""Offers and needs on the start page of the coordinator: which proposals wait, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from partners.enums.offers import MatchStatus
from partners.models import Match
from partners.workflow import needs, results
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
    """The initiators to call and the proposals in one's own wijken that wait for a yes or no; nothing without any."""
    wijken = wijken_of(user)
    found = Match.objects.in_wijken(wijken).filter(status__in=[MatchStatus.PROPOSED, MatchStatus.WILLING])
    matches = list(found.with_sides().order_by("proposed_at", "pk")[: MOST_ROWS + 1])
    calls = list(needs.to_call(wijken)[:MOST_ROWS])
    ended = list(results.to_call(wijken)[:MOST_ROWS])
    if not matches and not calls and not ended:
        return None
    return WaitingMatches(
        rows=[*map(_call, calls), *map(_call_about_result, ended), *map(_row, matches[:MOST_ROWS])],
        total=len(calls) + len(ended) + (len(matches) if len(matches) <= MOST_ROWS else found.count()),
        more_url=reverse("admin:partners_match_changelist"),
    )


def _call(plan: Initiative) -> WaitingMatch:
    return WaitingMatch(
        title=plan.title,
        waits_for=_("Bel de indiener: mogen wijkpartners meehelpen?"),
        since=plan.published_at or plan.submitted_at,
        url=_ask_aloud(plan),
    )


def _call_about_result(match: Match) -> WaitingMatch:
    plan = match.need.initiative
    assert plan is not None, "only initiators are called"
    return WaitingMatch(
        title=f"{match.offer.title} / {match.need.title}",
        waits_for=_("Bel de indiener: hoe ging het met %(owner)s?") % {"owner": match.offer.owner_name},
        since=match.result_asked_at or match.proposed_at,
        url=reverse("partners:result_aloud", args=[plan.reference, match.pk]),
    )


def _ask_aloud(plan: Initiative) -> str:
    return reverse("partners:ask_aloud", args=[plan.reference])


def _row(match: Match) -> WaitingMatch:
    willing = match.status == MatchStatus.WILLING
    plan = match.need.initiative
    by_voice = willing and plan is not None and not plan.email
    names = {"offer": match.offer.owner_name, "need": match.need.owner_name}
    return WaitingMatch(
        title=f"{match.offer.title} / {match.need.title}",
        waits_for=_("%(need)s: mag %(offer)s contact opnemen?") % names
        if willing
        else _("%(offer)s: ja of nee?") % names,
        since=match.offer_agreed_at or match.proposed_at,
        # Who has no e-mail hears it by letter, or from the coordinator.
        url=_ask_aloud(plan) if by_voice and plan else reverse("admin:partners_match_change", args=[match.pk]),
    )
