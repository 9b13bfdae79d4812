"""Take the answers of both sides, and let them meet when both said yes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import UNDECIDED, Answer, Direction, ListingStatus, MatchStatus, Side
from partners.letters import matches as letters
from partners.models import Listing, Match
from partners.workflow import need_news
from partners.workflow.match_mail import send
from partners.workflow.people import readers_of
from partners.workflow.proposals import bring, let_go, lock, tell
from shared import municipality
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.ui import page_cache


@transaction.atomic
def answer_offer(match: Match, answer: Answer, *, by: User | None) -> Match:
    """The offering side says yes, no or later.

    Raises:
        WorkflowError: they answered already, or one of the two is no longer open.
    """
    match = lock(match)
    if match.status not in (MatchStatus.PROPOSED, MatchStatus.LATER):
        raise WorkflowError(_("Op dit voorstel is al geantwoord, of het is niet meer open."))
    if answer == Answer.LATER:
        return _later(match, by)
    if answer == Answer.NO:
        return _decline(match, MatchStatus.DECLINED, by)
    match.offer_agreed_at = timezone.now()
    if match.need_agreed_at:
        return _meet(match, by)
    match.move_to(MatchStatus.WILLING)
    match.reminded_at = None
    match.save()
    trail.record("partners.match_willing", subject=match, by=by, visibility=Visibility.RESIDENT)
    for reader in readers_of(match.need):
        send(letters.need_question(match, reader), reader, f"need_question:{match.pk}", match)
    return match


@transaction.atomic
def answer_need(match: Match, answer: Answer, *, by: User | None, channel: str = "") -> Match:
    """The side that needs something agrees to be contacted, or not; it may say so before the other side does.

    `channel` says how the answer came when a colleague writes it down.

    Raises:
        WorkflowError: they answered already, or one of the two is no longer open.
    """
    match = lock(match)
    if match.status not in UNDECIDED or match.need_agreed_at:
        raise WorkflowError(_("Op dit voorstel is al geantwoord, of het is niet meer open."))
    if answer != Answer.YES:
        was_willing = match.status == MatchStatus.WILLING
        match = _decline(match, MatchStatus.REFUSED, by, channel)
        for reader in readers_of(match.offer) if was_willing else []:
            send(letters.refused(match, reader), reader, f"refused:{match.pk}", match)
        return match
    match.need_agreed_at = timezone.now()
    if match.offer_agreed_at:
        return _meet(match, by, channel)
    match.save()
    trail.record("partners.match_welcome", subject=match, by=by, visibility=Visibility.RESIDENT, channel=channel)
    return match


@transaction.atomic
def say_yes_at_once(made: Listing, other: Listing, *, by: User | None) -> Match | None:
    """Who puts something on the list for one offer or need has said yes to it: only the other side is asked."""
    match = bring(made, other)
    if match is None:
        return None
    if made.is_offer:
        need_news.take_back_from(readers_of(made), other)
        return answer_offer(match, Answer.YES, by=by)
    match = answer_need(match, Answer.YES, by=by)
    tell([match])
    return match


def _later(match: Match, by: User | None) -> Match:
    days = municipality.current().periods.match_later_days
    match.later_on = timezone.localdate() + timedelta(days=days)
    if match.status != MatchStatus.LATER:
        match.move_to(MatchStatus.LATER)
        trail.record("partners.match_later", subject=match, by=by)
    match.save()
    return match


def _decline(match: Match, status: MatchStatus, by: User | None, channel: str = "") -> Match:
    match.move_to(status)
    match.closed_at = timezone.now()
    match.save()
    action = "partners.match_declined" if status == MatchStatus.DECLINED else "partners.match_refused"
    trail.record(action, subject=match, by=by, visibility=Visibility.RESIDENT, channel=channel)
    return match


def _meet(match: Match, by: User | None, channel: str = "") -> Match:
    """Both said yes: each gets the other's name and contact, and other proposals for what is taken lapse."""
    match.move_to(MatchStatus.CONTACT)
    match.contact_at = timezone.now()
    match.save()
    _take(match.need, Direction.NEED)
    if not match.offer.repeats:
        _take(match.offer, Direction.OFFER)
    trail.record("partners.match_contact", subject=match, by=by, visibility=Visibility.RESIDENT, channel=channel)
    sides = {Side.OFFER: readers_of(match.offer), Side.NEED: readers_of(match.need)}
    for side, readers in sides.items():
        other = sides[Side.NEED if side == Side.OFFER else Side.OFFER]
        for reader in readers:
            send(letters.in_contact(match, side, reader, other), reader, f"contact:{match.pk}:{side}", match)
    page_cache.touch()
    return match


def _take(listing: Listing, direction: Direction) -> None:
    if listing.status != ListingStatus.OPEN:
        return
    listing.move_to(ListingStatus.AGREED)
    listing.save()
    trail.record("partners.listing_agreed", subject=listing, visibility=Visibility.PUBLIC)
    need_news.take_back(listing)
    let_go(Match.objects.undecided().filter(**{direction.value: listing}), gone=listing)
