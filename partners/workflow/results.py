"""What came of it: asked once, told once, kept on both pages."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from partners.enums.offers import ListingStatus, MatchStatus, Side
from partners.letters import matches as letters
from partners.models import Listing, Match
from partners.querysets.offers import MatchQuerySet
from partners.workflow import need_news, proposals
from partners.workflow.match_mail import send
from partners.workflow.people import readers_of
from partners.workflow.proposals import lock
from shared import municipality
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.ui import page_cache
from shared.wijken.querysets import AreaQuerySet


@transaction.atomic
def ask(match: Match, today: date) -> bool:
    """Ask both sides once, some days after they met and not before the day that it is about."""
    match = lock(match)
    days = timedelta(days=municipality.current().periods.match_result_days)
    if match.status != MatchStatus.CONTACT or match.result_asked_at or match.contact_at is None:
        return False
    if today < max(timezone.localdate(match.contact_at) + days, match.need.ends_on or date.min):
        return False
    match.result_asked_at = timezone.now()
    match.save(update_fields=["result_asked_at"])
    for side in Side:
        for reader in readers_of(match.listing_of(side)):
            send(letters.result_question(match, side, reader), reader, f"result_question:{match.pk}:{side}", match)
    return True


def told_by_nobody(initiative: Initiative) -> list[Match]:
    """The partners that the initiator of this plan met, of which nobody told yet how it went."""
    found = Match.objects.filter(need__initiative=initiative, status=MatchStatus.CONTACT)
    return list(found.with_sides().order_by("pk"))


def to_call(wijken: AreaQuerySet) -> MatchQuerySet:
    """What we asked initiators without an e-mail address in these wijken: the coordinator asks it aloud."""
    asked = Match.objects.in_wijken(wijken).filter(status=MatchStatus.CONTACT, result_asked_at__isnull=False)
    found: MatchQuerySet = asked.filter(need__initiative__email="").with_sides().order_by("result_asked_at", "pk")
    return found


@transaction.atomic
def tell(match: Match, *, succeeded: bool, text: str, side: Side, by: User | None, channel: str = "") -> Match:
    """One of the two sides says how it went; the need is done, or looks on.

    `channel` says how the answer came when a colleague writes it down.

    Raises:
        WorkflowError: the other side was first, or they never met.
    """
    match = lock(match)
    if match.status != MatchStatus.CONTACT:
        raise WorkflowError(_("Het resultaat is al verteld."))
    match.move_to(MatchStatus.SUCCEEDED if succeeded else MatchStatus.FAILED)
    match.result, match.result_by, match.closed_at = text, side, timezone.now()
    match.save()
    for listing in (match.need, match.offer):
        _settle(listing, succeeded=succeeded)
    trail.record("partners.match_result", subject=match, by=by, visibility=Visibility.RESIDENT, channel=channel)
    other = Side.NEED if side == Side.OFFER else Side.OFFER
    for reader in readers_of(match.listing_of(other)):
        send(letters.result_told(match, reader), reader, f"result_told:{match.pk}", match)
    page_cache.touch()
    return match


def _settle(listing: Listing, *, succeeded: bool) -> None:
    """What was taken is done, or open again when there is still time."""
    if listing.status != ListingStatus.AGREED:
        return
    over = listing.ends_on is not None and listing.ends_on < timezone.localdate()
    if succeeded:
        action, status = "partners.listing_done", ListingStatus.DONE
    elif over:
        action, status = "partners.listing_ended", ListingStatus.ENDED
    else:
        action, status = "partners.listing_reopened", ListingStatus.OPEN
    listing.move_to(status)
    listing.closed_at = None if status == ListingStatus.OPEN else timezone.now()
    listing.save()
    trail.record(action, subject=listing, visibility=Visibility.PUBLIC)
    if status == ListingStatus.OPEN:
        proposals.propose_for(listing)
        need_news.announce(listing)
