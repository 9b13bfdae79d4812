"""What happens by itself each day, each case in its own transaction; safe to run twice."""

from datetime import date

from partners.enums.offers import UNDECIDED, MatchStatus
from partners.models import Listing, Match
from partners.workflow import listings, matching, needs, organisations, results


def close(today: date) -> None:
    """End what is over: past its last day, of a plan that is done, of an organisation that stopped."""
    for listing in Listing.objects.lapsing(today).order_by("pk"):
        listings.lapse(listing, today)
    needs.close_finished()
    organisations.close_ended(today)


def ask(today: date) -> None:
    """Ask initiators about help, partners again who said later, and both sides what came of it."""
    for initiative in needs.to_ask():
        needs.ask_help(initiative)
    for match in Match.objects.coming_back(today).order_by("pk"):
        matching.ask_again(match)
    for match in Match.objects.filter(status=MatchStatus.CONTACT, result_asked_at__isnull=True).order_by("pk"):
        results.ask(match, today)


def propose() -> None:
    """Look again for needs of which too little waits for an answer."""
    for listing in Listing.objects.open().needs().order_by("pk"):
        if listing.need_matches.filter(status__in=UNDECIDED).count() < matching.MOST_WAITING:
            matching.propose_for(listing)
