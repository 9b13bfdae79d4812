"""Matches as lists and pages show them: never a resident's name before both sides agreed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from partners.enums.offers import MatchStatus, Side
from partners.models import Listing, Match
from partners.workflow.people import readers_of
from shared.notifications.outbox import Recipient


@dataclass(frozen=True)
class Helper:
    """Who helped with what, in public words."""

    who: str
    who_url: str
    what: str


@dataclass(frozen=True)
class Helped(Helper):
    """Something that worked, in public words."""

    whom: str
    whom_url: str


@dataclass(frozen=True)
class MatchCard:
    """A match as one of its sides sees it."""

    match: Match
    side: str
    mine: Listing
    theirs: Listing
    state: str
    waits_for_me: bool
    people: tuple[Recipient, ...]
    when: datetime


def helper(match: Match) -> Helper:
    """Who helped: an organisation, department or plan; no people and nobody's own words."""
    offer = match.offer
    return Helper(
        who=_public_name(offer),
        who_url=offer.partner.get_absolute_url() if offer.partner and offer.partner.is_active() else "",
        what=str(offer.get_kind_display()),
    )


def helped(match: Match) -> Helped:
    """Who helped whom."""
    need = match.need
    return Helped(
        **vars(helper(match)),
        whom=_public_name(need),
        whom_url=need.initiative.get_absolute_url() if need.initiative and need.initiative.is_published else "",
    )


def _public_name(listing: Listing) -> str:
    """A plan that is not on the website any more is not named there either."""
    hidden = listing.initiative and not listing.initiative.is_published
    return _("een plan van bewoners") if hidden else listing.owner_name


def card(match: Match, side: str, *, with_people: bool = False) -> MatchCard:
    """What this side may know of the match; the people of the other side only once they are in contact.

    A list leaves the people out, whoever may know them: the page of the match has them.
    """
    theirs = match.other_of(side)
    people = tuple(reader.to for reader in readers_of(theirs)) if with_people and match.is_in_contact else ()
    return MatchCard(
        match=match,
        side=side,
        mine=match.listing_of(side),
        theirs=theirs,
        state=state_in_words(match, side),
        waits_for_me=waits_for(match) == side,
        people=people,
        when=match.contact_at or match.proposed_at,
    )


def waits_for(match: Match) -> str:
    """Whose answer is awaited; empty when nobody's."""
    if match.status == MatchStatus.PROPOSED:
        return Side.OFFER.value
    return Side.NEED.value if match.status == MatchStatus.WILLING else ""


def state_in_words(match: Match, side: str) -> str:
    """How it stands, said to this side."""
    offers = side == Side.OFFER
    words = {
        MatchStatus.PROPOSED: _("Wacht op uw antwoord") if offers else _("Wij hebben gevraagd of zij willen helpen"),
        MatchStatus.LATER: _("U antwoordt later") if offers else _("Zij antwoorden later"),
        MatchStatus.WILLING: _("U zei ja. Wij vroegen of het welkom is") if offers else _("Wacht op uw antwoord"),
        MatchStatus.CONTACT: _("U bent in contact"),
        MatchStatus.DECLINED: _("U zei nee") if offers else _("Dit kon niet"),
        MatchStatus.REFUSED: _("Was niet nodig") if offers else _("U zei nee"),
        MatchStatus.SUCCEEDED: _("Gelukt"),
        MatchStatus.FAILED: _("Niet gelukt"),
        MatchStatus.LAPSED: _("Vervallen"),
    }
    return words[MatchStatus(match.status)]


def cards_of(matches: list[Match], *, partners: set[int], departments: set[int]) -> list[MatchCard]:
    """The matches as these organisations and departments see them, what waits for them first."""
    found = [
        card(match, side)
        for match in matches
        for side in ("offer", "need")
        if match.listing_of(side).partner_id in partners or match.listing_of(side).department_id in departments
    ]
    return sorted(found, key=lambda each: not each.waits_for_me)
