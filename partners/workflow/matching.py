"""Bring offers and needs together: propose to both sides, take their answers, and let them meet when both said yes.

Two rows are always locked before the match between them, in the order of their keys, so that no two steps wait for
each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import UNDECIDED, Answer, Direction, ListingStatus, MatchStatus, Side
from partners.letters import matches as letters
from partners.letters.matches import Reader
from partners.models import Listing, Match
from partners.querysets.offers import MatchQuerySet
from partners.rules import matching as rules
from partners.workflow.people import readers_of
from shared import municipality
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.ui import page_cache

CATEGORY = "partners"
# More proposals at once are a burden, not a help; the next ones come when these are answered.
MOST_WAITING = 5


def wish_of(listing: Listing) -> rules.Wish:
    """What the rule reads of a listing; `wijken` and the partner's themes are prefetched by lists."""
    themes = {listing.theme_id} if listing.theme_id else set()
    if listing.is_offer and listing.partner and not themes:
        themes = {theme.pk for theme in listing.partner.themes.all()}
    plan = listing.initiative.public_text if listing.initiative else ""
    return rules.Wish(
        kind=listing.kind,
        wijken=frozenset(wijk.pk for wijk in listing.wijken.all()),
        buurt=listing.buurt_id,
        themes=frozenset(themes),
        first=listing.starts_on,
        last=listing.ends_on,
        weekdays=frozenset(listing.weekdays),
        parts=frozenset(listing.parts),
        words=rules.words_of(f"{listing.title} {listing.what} {plan}"),
    )


def find_for(listing: Listing, *, most: int = MOST_WAITING) -> list[tuple[Listing, rules.Fit]]:
    """What fits this listing best and was never proposed, the best first."""
    own = wish_of(listing)
    found = Listing.objects.counterparts_of(listing).with_owners().prefetch_related("partner__themes")
    fits = []
    for other in found:
        offer, need = (own, wish_of(other)) if listing.is_offer else (wish_of(other), own)
        fit = rules.compare(offer, need)
        if fit and fit.is_enough:
            fits.append((other, fit))
    return sorted(fits, key=lambda each: (-each[1].points, each[0].pk))[:most]


@transaction.atomic
def propose_for(listing: Listing) -> list[Match]:
    """Propose what fits to both sides, no more than people can answer; nothing is proposed twice."""
    if listing.status != ListingStatus.OPEN:
        return []
    waiting = Match.objects.filter(status__in=UNDECIDED, **{listing.direction: listing}).count()
    made = []
    for other, fit in find_for(listing, most=max(MOST_WAITING - waiting, 0)):
        offer, need = (listing, other) if listing.is_offer else (other, listing)
        match, created = Match.objects.get_or_create(
            offer=offer,
            need=need,
            defaults={
                "points": fit.points,
                "reasons": [[reason.code, reason.value] for reason in fit.reasons],
                "proposed_at": timezone.now(),
            },
        )
        if created:
            trail.record("partners.match_proposed", subject=match, visibility=Visibility.RESIDENT)
            made.append(match)
    tell(made)
    return made


@transaction.atomic
def tell(matches: Iterable[Match]) -> None:
    """Write to the offering sides: one letter for each reader, with everything that is new to them."""
    for_reader: dict[Reader, list[Match]] = defaultdict(list)
    for match in sorted(matches, key=lambda each: (-each.points, each.pk)):
        for reader in readers_of(match.offer):
            for_reader[reader].append(match)
        match.told_at = timezone.now()
        match.save(update_fields=["told_at"])
    for reader, found in for_reader.items():
        newest = max(found, key=lambda match: match.pk)
        _send(letters.proposals(found, reader), reader, f"proposals:{newest.pk}:{newest.version}", newest)


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
    match.save()
    trail.record("partners.match_willing", subject=match, by=by, visibility=Visibility.RESIDENT)
    for reader in readers_of(match.need):
        _send(letters.need_question(match, reader), reader, f"need_question:{match.pk}", match)
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
            _send(letters.refused(match, reader), reader, f"refused:{match.pk}", match)
        return match
    match.need_agreed_at = timezone.now()
    if match.offer_agreed_at:
        return _meet(match, by, channel)
    match.save()
    trail.record("partners.match_welcome", subject=match, by=by, visibility=Visibility.RESIDENT, channel=channel)
    return match


@transaction.atomic
def ask_again(match: Match) -> Match:
    """The days of “later” are over."""
    match = lock(match)
    if match.status == MatchStatus.LATER:
        match.move_to(MatchStatus.PROPOSED)
        match.later_on = None
        match.save()
        tell([match])
    return match


def let_go(matches: MatchQuerySet) -> None:
    """Proposals that wait, of a listing that is over or taken; the caller has the listing locked."""
    for match in matches.locked().order_by("pk"):
        match.move_to(MatchStatus.LAPSED)
        match.closed_at = timezone.now()
        match.save()
        trail.record("partners.match_lapsed", subject=match, visibility=Visibility.RESIDENT)


def lock(match: Match) -> Match:
    """The two listings and then the match, locked, with who they belong to."""
    list(Listing.objects.locked().filter(pk__in=[match.offer_id, match.need_id]).order_by("pk"))
    found: Match = Match.objects.locked().with_sides().get(pk=match.pk)
    return found


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
            _send(letters.in_contact(match, side, reader, other), reader, f"contact:{match.pk}:{side}", match)
    page_cache.touch()
    return match


def _take(listing: Listing, direction: Direction) -> None:
    if listing.status != ListingStatus.OPEN:
        return
    listing.move_to(ListingStatus.AGREED)
    listing.save()
    trail.record("partners.listing_agreed", subject=listing, visibility=Visibility.PUBLIC)
    let_go(Match.objects.filter(status__in=UNDECIDED, **{direction.value: listing}))


def _send(letter: Letter, reader: Reader, key: str, about: Match) -> None:
    outbox.enqueue(
        letter,
        to=reader.to,
        key=f"partners.{key}:{reader.user_pk or reader.to.email}",
        category=CATEGORY,
        about=about,
    )
