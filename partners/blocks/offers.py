"""Offers, needs and matches on the start page."""

from django.utils.translation import gettext as _

from partners.blocks import Block
from partners.cards.offers import cards_of
from partners.enums.offers import ListingStatus, MatchStatus
from partners.models import Listing, Match
from partners.policies.offers import departments_of, visible_listings, wijken_to_read
from partners.policies.organisations import organisations_of
from shared.accounts.models import User
from shared.wijken.models import Wijk

MOST = 8
# So many are looked at to find what waits for me.
MOST_READ = 50
LIVE = (ListingStatus.OPEN, ListingStatus.AGREED)
RUNNING = (MatchStatus.PROPOSED, MatchStatus.LATER, MatchStatus.WILLING, MatchStatus.CONTACT)


def matches(user: User, wijken: list[Wijk]) -> Block | None:
    """What waits for my answer, and with whom I am in contact."""
    own = set(organisations_of(user).values_list("pk", flat=True))
    departments = {department.pk for department in departments_of(user)}
    found = Match.objects.of_owners(own, departments).filter(status__in=RUNNING)
    running = list(found.with_sides().order_by("-proposed_at", "-pk")[:MOST_READ])
    cards = cards_of(running, partners=own, departments=departments)
    return Block(_("Matches"), "partners/blocks/matches.html", {"cards": cards[:MOST]}, 10) if cards else None


def new_needs(user: User, wijken: list[Wijk]) -> Block | None:
    """The newest needs in my wijken, except my own."""
    found = (
        visible_listings(user)
        .open()
        .needs()
        .in_wijken(wijken or list(wijken_to_read(user)))
        .exclude(partner__in=organisations_of(user))
    )
    listings = list(found.with_owners().order_by("-opened_at", "-pk")[:MOST])
    return Block(_("Nieuwe vragen in uw wijken"), "partners/blocks/needs.html", {"listings": listings}, 30)


def own_listings(user: User, wijken: list[Wijk]) -> Block | None:
    """What I have on the list myself."""
    own = Listing.objects.of_partners(organisations_of(user)) | Listing.objects.filter(
        department__in=departments_of(user)
    )
    listings = list(own.filter(status__in=LIVE).with_owners().order_by("-opened_at", "-pk")[:MOST])
    return (
        Block(_("Wat u op de lijst heeft"), "partners/blocks/own.html", {"listings": listings}, 50)
        if listings
        else None
    )
