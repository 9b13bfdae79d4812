"""Reads of offers, needs and matches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from initiatives.enums import OPEN_TO_NEIGHBOURS
from partners.enums.offers import ASKED, UNDECIDED, Direction, ListingStatus, MatchStatus
from shared.accounts.enums import Role
from shared.accounts.models import RoleAssignment
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from initiatives.models import Initiative
    from partners.models import Listing, Partner
    from shared.accounts.models import User
    from shared.wijken.models import Wijk

WITH_OWNERS = ("partner", "department", "initiative", "contact__user", "buurt", "theme")


class ListingQuerySet(LifecycleQuerySet):
    """What is offered and what is asked."""

    def offers(self) -> Self:
        """What somebody offers."""
        return self.filter(direction=Direction.OFFER)

    def needs(self) -> Self:
        """What somebody asks."""
        return self.filter(direction=Direction.NEED)

    def live(self) -> Self:
        """Of somebody who takes part: an organisation that has not stopped, a plan that is still open to all."""
        plan_is_open = Q(initiative__published_at__isnull=False, initiative__status__in=OPEN_TO_NEIGHBOURS)
        return self.filter(Q(initiative=None) | plan_is_open)

    def open(self) -> Self:
        """Still looking for the other side."""
        return self.live().filter(status=ListingStatus.OPEN)

    def in_wijken(self, wijken: models.QuerySet[Wijk] | list[Wijk]) -> Self:
        """In at least one of these wijken, each once."""
        return self.filter(pk__in=self.model._default_manager.filter(wijken__in=wijken).values("pk"))

    def public(self) -> Self:
        """The chosen ones that everybody may read."""
        return self.open().filter(published_at__isnull=False)

    def of_partners(self, partners: models.QuerySet[Partner]) -> Self:
        """Those of these organisations."""
        return self.filter(partner__in=partners)

    def with_owners(self) -> Self:
        """With everything that a line in a list shows."""
        return self.select_related(*WITH_OWNERS).prefetch_related("wijken")

    def answerable(self) -> Self:
        """Of whom somebody can answer: an organisation with a contact person, a department with an address."""
        contacts = self.model._meta.apps.get_model("partners", "PartnerContact")._default_manager.speaking()
        asks_partner = Q(partner=None) | Q(partner__in=contacts.values("partner"))
        ambassadors = RoleAssignment.objects.active().filter(role=Role.AMBASSADOR).values("department")
        return self.filter(asks_partner, Q(department=None) | ~Q(department__email="") | Q(department__in=ambassadors))

    def with_room_for_answers(self, side: Direction, most: int) -> Self:
        """Those on this side whose people have fewer than so many proposals to answer about it."""
        waiting = Count(f"{side}_matches", filter=Q(**{f"{side}_matches__status__in": ASKED}))
        return self.annotate(asked=waiting).filter(asked__lt=most)

    def lapsing(self, today: date) -> Self:
        """Open, while the last day has passed."""
        return self.filter(status=ListingStatus.OPEN, ends_on__lt=today)

    def counterparts_of(self, listing: Listing) -> Self:
        """The open ones on the other side that may fit: same kind, a shared wijk, days that overlap, never matched.

        What they have in common beyond that is for `rules.matching` to weigh.
        """
        side = Direction(listing.direction)
        found = (
            self.open()
            .answerable()
            .filter(direction=side.other, kind=listing.kind)
            .in_wijken(list(listing.wijken.all()))
            .filter(Q(ends_on=None) | Q(ends_on__gte=listing.starts_on) if listing.starts_on else Q())
            .filter(Q(starts_on=None) | Q(starts_on__lte=listing.ends_on) if listing.ends_on else Q())
            .exclude(**{f"{side.other}_matches__{side}": listing})
        )
        if listing.initiative and listing.initiative.initiator_id:
            found = found.exclude(initiative__initiator=listing.initiative.initiator_id)
        return found.exclude(**listing.owner_filter)


class MatchQuerySet(LifecycleQuerySet):
    """Offers and needs that were brought together."""

    def undecided(self) -> Self:
        """Somebody still has to answer."""
        return self.filter(status__in=UNDECIDED)

    def in_wijken(self, wijken: models.QuerySet[Wijk] | list[Wijk]) -> Self:
        """Whose need lies in one of these wijken."""
        return self.filter(pk__in=self.model._default_manager.filter(need__wijken__in=wijken).values("pk"))

    def of_partners(self, partners: models.QuerySet[Partner]) -> Self:
        """With these organisations on either side."""
        return self.filter(Q(offer__partner__in=partners) | Q(need__partner__in=partners))

    def of_owners(self, partners: set[int], departments: set[int]) -> Self:
        """With these organisations or departments (keys) on either side."""
        theirs = Q(offer__partner__in=partners) | Q(need__partner__in=partners)
        return self.filter(theirs | Q(offer__department__in=departments) | Q(need__department__in=departments))

    def of_plan(self, initiative: Initiative) -> Self:
        """With this plan on either side."""
        return self.filter(Q(need__initiative=initiative) | Q(offer__initiative=initiative))

    def of_initiator(self, user: User) -> Self:
        """With a plan of this resident on either side."""
        return self.filter(Q(need__initiative__initiator=user) | Q(offer__initiative__initiator=user))

    def with_sides(self) -> Self:
        """With everything that a line in a list shows."""
        owners = ("partner", "department", "initiative", "contact__user")
        return self.select_related(*(f"{side}__{owner}" for side in ("offer", "need") for owner in owners))

    def with_names(self, *sides: str) -> Self:
        """With what everybody may read of these sides (`cards.offers.helped`), and nothing else."""
        owners = ("partner", "department", "initiative")
        names = ("partner__name", "partner__slug", "partner__starts_on", "partner__ends_on", "department__name")
        plan = ("initiative__reference", "initiative__public_title", "initiative__published_at")
        shown = [f"{side}__{field}" for side in sides for field in ("kind", *owners, *names, *plan)]
        return self.select_related(*(f"{side}__{owner}" for side in sides for owner in owners)).only(*sides, *shown)

    def coming_back(self, today: date) -> Self:
        """Whose “later” is now."""
        return self.filter(status=MatchStatus.LATER, later_on__lte=today)

    def unanswered(self, asked_until: date) -> Self:
        """Asked on this day or before, and not reminded."""
        offer_waits = Q(status=MatchStatus.PROPOSED, told_at__date__lte=asked_until)
        need_waits = Q(status=MatchStatus.WILLING, offer_agreed_at__date__lte=asked_until)
        return self.filter(offer_waits | need_waits, reminded_at=None).order_by("pk")

    def silent(self, reminded_until: date) -> Self:
        """Reminded on this day or before, and still to be answered."""
        return self.filter(status__in=ASKED, reminded_at__date__lte=reminded_until)

    def succeeded(self) -> Self:
        """That led to something."""
        return self.filter(status=MatchStatus.SUCCEEDED)


class HelpConsentQuerySet(LifecycleQuerySet):
    """What initiators said to help by partners."""

    def waiting(self) -> Self:
        """Asked and not answered."""
        return self.filter(agreed_at__isnull=True, declined_at__isnull=True)
