"""What happens by itself each day, each case in its own transaction; safe to run twice."""

from datetime import date

from partners.enums.offers import MatchStatus
from partners.models import Listing, Match
from partners.workflow import listings, needs, organisations, proposals, results, silence


def close(today: date) -> None:
    """End what is over: past its last day, of a plan that is done, of an organisation that stopped."""
    for listing in Listing.objects.lapsing(today).order_by("pk"):
        listings.lapse(listing, today)
    needs.close_finished()
    organisations.close_ended(today)


def ask(today: date) -> None:
    """Ask initiators about help, remind who did not answer a proposal, and ask both sides what came of it."""
    for initiative in needs.to_ask():
        needs.ask_help(initiative)
    silence.remind(today)
    for match in Match.objects.filter(status=MatchStatus.CONTACT, result_asked_at__isnull=True).order_by("pk"):
        results.ask(match, today)


def propose(today: date) -> None:
    """Look again for everything that is asked now, and write each reader one letter, also with what comes back now."""
    needs.catch_up()
    silence.lapse(today)
    for match in Match.objects.coming_back(today).order_by("pk"):
        proposals.ask_again(match)
    for need in proposals.needs_with_a_fit():
        proposals.match_up(need)
    proposals.tell(Match.objects.filter(status=MatchStatus.PROPOSED, told_at=None).with_sides())
