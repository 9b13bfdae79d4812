"""Who sees and changes which offers, needs and matches; the same answers for pages, admin and templates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from partners.models import Listing, Match, Partner
from partners.policies.organisations import network_wijken_of, organisations_of, speaks_for
from partners.querysets.offers import ListingQuerySet, MatchQuerySet
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import assignments_of, has_role, wijken_of
from shared.wijken.models import Wijk
from shared.wijken.querysets import AreaQuerySet


@dataclass(frozen=True)
class Owner:
    """For whom somebody may offer or ask something; `key` stands in forms."""

    key: str
    name: str
    columns: dict[str, Any]


def owners_for(user: User) -> list[Owner]:
    """The own organisations; for a coordinator those of the own wijken too; the ambassador's departments."""
    partners = Partner.objects.filter(pk__in=organisations_of(user))
    if has_role(user, Role.COORDINATOR) or has_role(user, Role.FUNCTIONAL_MANAGER):
        partners = partners | Partner.objects.filter(
            pk__in=Partner.objects.active().in_wijken(wijken_of(user)).values("pk")
        )
    found = [Owner(f"p{each.pk}", each.name, {"partner": each}) for each in partners.order_by("name").distinct()]
    return found + [Owner(f"d{each.pk}", each.name, {"department": each}) for each in departments_of(user)]


def departments_of(user: User) -> list[Department]:
    """For which departments this person is an ambassador today."""
    held = {a.department for a in assignments_of(user) if a.role == Role.AMBASSADOR and a.department}
    return sorted(held, key=lambda department: department.name)


def wijken_to_read(user: User) -> AreaQuerySet:
    """Where this person reads what is offered and asked; an ambassador brings a department to every wijk."""
    return Wijk.objects.current() if has_role(user, Role.AMBASSADOR) else network_wijken_of(user)


def visible_listings(user: User) -> ListingQuerySet:
    """What somebody who takes part may read: everything in the own wijken, and what is one's own."""
    own = Q(partner__in=organisations_of(user)) | Q(department__in=departments_of(user))
    near = Listing.objects.live().in_wijken(list(wijken_to_read(user)))
    return Listing.objects.filter(own | Q(pk__in=near.values("pk")))


def visible_matches(user: User) -> MatchQuerySet:
    """The matches of one's own organisation or department; a coordinator's also those in the own wijken."""
    own = Q(offer__partner__in=organisations_of(user)) | Q(need__partner__in=organisations_of(user))
    departments = departments_of(user)
    own |= Q(offer__department__in=departments) | Q(need__department__in=departments)
    near = Match.objects.in_wijken(list(wijken_of(user)))
    return Match.objects.filter(own | Q(pk__in=near.values("pk")))


def may_change(user: User, listing: Listing) -> bool:
    """The owner's people, and the coordinator who keeps the organisation. A plan's needs are the initiator's."""
    if listing.partner:
        return speaks_for(user, listing.partner) or wijken_of(user).filter(partners=listing.partner).exists()
    return listing.department in departments_of(user) if listing.department else False


def sides_of(user: User, match: Match) -> list[str]:
    """On which sides of a match this person may answer."""
    return [side for side in ("offer", "need") if may_change(user, match.listing_of(side))]


def may_choose(user: User, listing: Listing) -> bool:
    """Put it on the public list: the coordinator of a wijk of it, and the functional manager."""
    if has_role(user, Role.FUNCTIONAL_MANAGER):
        return True
    return wijken_of(user).filter(pk__in=[wijk.pk for wijk in listing.wijken.all()]).exists()
