"""Letters about an offer that meets a need. Before both agreed none of them names a resident."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from partners.enums.offers import Side
from partners.models import HelpConsent, Listing, Match
from shared import municipality
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.outbox import Recipient

ANSWER = "partners.answer"
RESULT = "partners.result"
HELP = "partners.help"


@dataclass(frozen=True)
class Reader:
    """Who gets a letter about a listing; `user_pk` is 0 for who has no account (a plan, a department's mailbox)."""

    to: Recipient
    user_pk: int = 0
    language: str = "nl"


@dataclass(frozen=True)
class Proposal:
    """A match as it stands in a letter."""

    match: Match
    why: str
    mine: Listing
    theirs: Listing
    url: str


def proposals(matches: list[Match], reader: Reader, *, again: bool = False) -> Letter:
    """Ask the offering side: your offer fits these needs; yes, no or later? `again` is the reminder."""
    return _letter("proposals", reader, **_several(matches, Side.OFFER, reader), again=again)


def who_may_help(matches: list[Match], reader: Reader) -> Letter:
    """Tell the side that needs something whom we asked; it may say now whether it wants that."""
    return _letter("who_may_help", reader, **_several(matches, Side.NEED, reader))


def need_question(match: Match, reader: Reader, *, again: bool = False) -> Letter:
    """Ask the side that needs something: may they contact you? `again` is the reminder."""
    with translation.override(reader.language):
        found = _proposal(match, Side.NEED, reader)
    return _letter("need_question", reader, proposal=found, again=again)


def in_contact(match: Match, side: Side, reader: Reader, other: list[Reader]) -> Letter:
    """Both said yes: how to reach the other side."""
    return _letter(
        "in_contact",
        reader,
        match=match,
        mine=match.listing_of(side),
        theirs=match.other_of(side),
        people=[one.to for one in other],
        is_offer=side == Side.OFFER,
        url=result_url(match, side, reader),
    )


def refused(match: Match, reader: Reader) -> Letter:
    """Tell the offering side that the other side does not need it; nothing about who or why."""
    return _letter("refused", reader, match=match, mine=match.offer, theirs=match.need)


def unanswered(match: Match, reader: Reader) -> Letter:
    """Tell who wanted to help that the other side did not answer; nothing about who."""
    return _letter("unanswered", reader, match=match, mine=match.offer, theirs=match.need)


def result_question(match: Match, side: Side, reader: Reader) -> Letter:
    """Ask once what came of it."""
    return _letter(
        "result_question",
        reader,
        match=match,
        mine=match.listing_of(side),
        theirs=match.other_of(side),
        url=result_url(match, side, reader),
    )


def result_told(match: Match, reader: Reader) -> Letter:
    """Tell the other side what was said about the result."""
    return _letter("result_told", reader, match=match)


def help_question(consent: HelpConsent) -> Letter:
    """Ask an initiator whether partners may see which help the plan needs."""
    initiative = consent.initiative
    reader = Reader(Recipient(name=initiative.name, email=initiative.email), language=initiative.language)
    token = sign(HELP, initiative=initiative.pk, email=initiative.email)
    return _letter("help_question", reader, initiative=initiative, url=absolute(reverse("partners:help", args=[token])))


def answer_url(match: Match, side: Side, reader: Reader) -> str:
    """Where this reader answers the proposal."""
    token = sign(ANSWER, match=match.pk, side=side.value, user=reader.user_pk, email=reader.to.email)
    return absolute(reverse("partners:answer", args=[token]))


def result_url(match: Match, side: Side, reader: Reader) -> str:
    """Where this reader tells what came of it."""
    token = sign(RESULT, match=match.pk, side=side.value, user=reader.user_pk, email=reader.to.email)
    return absolute(reverse("partners:result", args=[token]))


def _several(matches: list[Match], side: Side, reader: Reader) -> dict[str, Any]:
    with translation.override(reader.language):
        found = [_proposal(match, side, reader) for match in matches]
    return {"proposals": found, "number": len(found), "first": found[0]}


def _proposal(match: Match, side: Side, reader: Reader) -> Proposal:
    return Proposal(match, match.why, match.listing_of(side), match.other_of(side), answer_url(match, side, reader))


def _letter(name: str, reader: Reader, **context: Any) -> Letter:
    values = {"recipient": reader.to, "days": municipality.current().periods.match_link_days}
    return compose(f"partners/letters/{name}.txt", values | context, language=reader.language)
