"""Find what fits, propose it to both sides, and take back what no longer fits; nothing is proposed twice.

Two listings are always locked before the match between them, in the order of their keys, so that no two steps wait for
each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from partners.enums.offers import ASKED, Direction, ListingStatus, MatchStatus
from partners.letters import matches as letters
from partners.letters.matches import Reader
from partners.models import Listing, Match
from partners.querysets.offers import MatchQuerySet
from partners.rules import matching as rules
from partners.workflow import need_news
from partners.workflow.match_mail import send
from partners.workflow.people import readers_of
from shared.audit import trail
from shared.audit.enums import Visibility

# More proposals at once are a burden, not a help; the next ones come when these are answered, or lapse.
MOST_WAITING = 5
# The reason that no rule finds: somebody looked at this one, and put something on the list for it.
CHOSEN = {Direction.OFFER: "offered", Direction.NEED: "asked"}


def wish_of(listing: Listing) -> rules.Wish:
    """What the rule reads of a listing; `wijken` and the partner's themes are prefetched by lists."""
    themes = {listing.theme_id} if listing.theme_id else set()
    if listing.is_offer and listing.partner and not themes:
        themes = {theme.pk for theme in listing.partner.themes.all()}
    # What a plan is about says what it needs, not what it has to spare.
    plan = listing.initiative.public_text if listing.initiative and not listing.is_offer else ""
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
    own, side = wish_of(listing), Direction(listing.direction).other
    free = Listing.objects.counterparts_of(listing).with_room_for_answers(side, MOST_WAITING)
    fits = []
    for other in free.with_owners().prefetch_related("partner__themes"):
        offer, need = (own, wish_of(other)) if listing.is_offer else (wish_of(other), own)
        fit = rules.compare(offer, need)
        if fit and fit.is_enough:
            fits.append((other, fit))
    return sorted(fits, key=lambda each: (-each[1].points, each[0].pk))[:most]


def needs_with_a_fit() -> list[Listing]:
    """The open needs that something on offer now fits and was never proposed for, in a handful of questions.

    Each night nearly all of them have nothing new; `match_up` looks again, and locks, for the few that have.
    """
    open_ones = Listing.objects.open().answerable()
    offers, needs = (
        found.with_room_for_answers(side, MOST_WAITING).with_owners().prefetch_related("partner__themes").order_by("pk")
        for side, found in ((Direction.OFFER, open_ones.offers()), (Direction.NEED, open_ones.needs()))
    )
    by_kind: dict[str, list[tuple[Listing, rules.Wish]]] = defaultdict(list)
    for offer in offers:
        by_kind[offer.kind].append((offer, wish_of(offer)))
    known = set(Match.objects.filter(need__in=open_ones.needs()).values_list("offer_id", "need_id"))
    return [need for need in needs if _has_a_fit(need, by_kind[need.kind], known)]


def _has_a_fit(need: Listing, offers: list[tuple[Listing, rules.Wish]], known: set[tuple[int, int]]) -> bool:
    wish = wish_of(need)
    for offer, theirs in offers:
        if (offer.pk, need.pk) in known or offer.has_same_owner_as(need):
            continue
        fit = rules.compare(theirs, wish)
        if fit and fit.is_enough:
            return True
    return False


@transaction.atomic
def match_up(listing: Listing) -> list[Match]:
    """Bring what fits together, no more than people can answer; `tell` writes to them."""
    if listing.status != ListingStatus.OPEN or not Listing.objects.answerable().filter(pk=listing.pk).exists():
        return []
    waiting = Match.objects.filter(status__in=ASKED, **{listing.direction: listing}).count()
    made = []
    for other, fit in find_for(listing, most=max(MOST_WAITING - waiting, 0)):
        offer, need = (listing, other) if listing.is_offer else (other, listing)
        match, created = Match.objects.get_or_create(
            offer=offer,
            need=need,
            defaults={"points": fit.points, "reasons": fit.kept, "proposed_at": timezone.now()},
        )
        if created:
            trail.record("partners.match_proposed", subject=match, visibility=Visibility.RESIDENT)
            made.append(match)
    return made


@transaction.atomic
def bring(made: Listing, other: Listing) -> Match | None:
    """Match what somebody put on the list for this one offer or need, however little else speaks for it.

    None when the two cannot meet, when nobody answers for one of them any more, or when these two sides were brought
    together over it before: nobody is asked twice by the same side.
    """
    other = Listing.objects.locked().get(pk=other.pk)
    before = {f"{made.direction}__{name}": value for name, value in made.owner_filter.items()}
    if (
        Listing.objects.open().answerable().filter(pk__in=[made.pk, other.pk]).count() < len([made, other])
        or made.has_same_owner_as(other)
        or Match.objects.filter(**{other.direction: other}, **before).exists()
    ):
        return None
    offer, need = (made, other) if made.is_offer else (other, made)
    fit = rules.compare(wish_of(offer), wish_of(need))
    if fit is None:
        return None
    now = timezone.now()
    match = Match.objects.create(
        offer=offer,
        need=need,
        points=fit.points,
        reasons=[*fit.kept, [CHOSEN[Direction(made.direction)], ""]],
        proposed_at=now,
        # Who made it knows; of the other side only who offers still has to be told.
        told_at=now if made.is_offer else None,
        need_told_at=now,
    )
    trail.record("partners.match_proposed", subject=match, visibility=Visibility.RESIDENT)
    return match


@transaction.atomic
def propose_for(listing: Listing) -> list[Match]:
    """Propose what fits to both sides at once."""
    made = match_up(listing)
    tell(made)
    return made


@transaction.atomic
def tell(matches: Iterable[Match]) -> None:
    """Write to both sides: one letter for each reader, with everything that is new to them."""
    found = sorted(matches, key=lambda each: (-each.points, each.pk))
    now = timezone.now()
    for reader, theirs in by_reader(found, lambda match: match.offer).items():
        newest = max(theirs, key=lambda match: match.pk)
        send(letters.proposals(theirs, reader), reader, f"proposals:{newest.pk}:{newest.version}", newest)
        for match in theirs:
            need_news.take_back_from([reader], match.need)
    new = [match for match in found if match.need_told_at is None]
    for reader, theirs in by_reader(new, lambda match: match.need).items():
        newest = max(theirs, key=lambda match: match.pk)
        # Who has no e-mail is asked when somebody said yes: by letter, or by the coordinator.
        if reader.to.email:
            send(letters.who_may_help(theirs, reader), reader, f"who_may_help:{newest.pk}", newest)
    for match in found:
        match.told_at, match.need_told_at = now, match.need_told_at or now
        match.save(update_fields=["told_at", "need_told_at"])


def by_reader(matches: Iterable[Match], side: Callable[[Match], Listing]) -> dict[Reader, list[Match]]:
    """The matches that each reader on this side has to know of."""
    found: dict[Reader, list[Match]] = defaultdict(list)
    for match in matches:
        for reader in readers_of(side(match)):
            found[reader].append(match)
    return found


@transaction.atomic
def ask_again(match: Match) -> Match:
    """The days of “later” are over."""
    match = lock(match)
    if match.status == MatchStatus.LATER:
        match.move_to(MatchStatus.PROPOSED)
        match.later_on, match.told_at, match.reminded_at = None, None, None
        match.save()
    return match


@transaction.atomic
def weigh_again(listing: Listing) -> None:
    """After a change: proposals that wait say why they fit now, and those that no longer fit go.

    A side that said yes is kept to it as long as the two can meet. The caller has the listing locked.
    """
    for match in Match.objects.undecided().filter(**{listing.direction: listing}).locked().order_by("pk"):
        offer, need = (listing, match.need) if listing.is_offer else (match.offer, listing)
        fit = rules.compare(wish_of(offer), wish_of(need))
        if fit is None or not (fit.is_enough or match.offer_agreed_at or match.need_agreed_at):
            _let_go(match, gone=listing)
            continue
        reasons = fit.kept + [reason for reason in match.reasons if reason[0] in CHOSEN.values()]
        if match.reasons != reasons:
            match.points, match.reasons = fit.points, reasons
            match.save(update_fields=["points", "reasons"])
            trail.record("partners.match_changed", subject=match)


def let_go(matches: MatchQuerySet, *, gone: Listing) -> None:
    """Proposals that wait, of a listing that is over or taken; the caller has the listing locked."""
    for match in matches.locked().order_by("pk"):
        _let_go(match, gone=gone)


def _let_go(match: Match, *, gone: Listing) -> None:
    match.move_to(MatchStatus.LAPSED)
    match.closed_at = timezone.now()
    match.save()
    trail.record("partners.match_lapsed", subject=match, visibility=Visibility.RESIDENT)
    if match.offer_agreed_at and gone.direction == Direction.NEED:
        for reader in readers_of(match.offer):
            send(letters.refused(match, reader), reader, f"refused:{match.pk}", match)


def lock(match: Match) -> Match:
    """The two listings and then the match, locked, with who they belong to."""
    list(Listing.objects.locked().filter(pk__in=[match.offer_id, match.need_id]).order_by("pk"))
    found: Match = Match.objects.locked().with_sides().get(pk=match.pk)
    return found
