"""What an initiator puts on the list for a plan: what it offers, or needs, how much and on which conditions."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from partners.enums.offers import Direction, ListingStatus, Resource
from partners.models import Listing
from partners.workflow import listings, needs
from shared.accounts.models import User
from shared.lifecycle import WorkflowError

# An agreement may still come to nothing, and who stopped may want it after all.
STANDS = (ListingStatus.OPEN, ListingStatus.AGREED)


@transaction.atomic
def offer(initiative: Initiative, columns: dict[str, Any], *, by: User) -> Listing:
    """Put something that the plan has to spare on the list of its wijk.

    Raises:
        WorkflowError: the plan is closed or not on the website.
    """
    initiative = needs.lock(initiative)
    needs.check_open(initiative)
    terms = listings.Terms(_where(initiative) | columns, [initiative.wijk])
    return listings.open_listing(Direction.OFFER, terms, owner={"initiative": initiative}, by=by)


@transaction.atomic
def ask(initiative: Initiative, columns: dict[str, Any], *, by: User) -> Listing:
    """Say what the plan needs, how much and on which conditions. Who asks lets partners see it.

    Raises:
        WorkflowError: the plan is closed or not on the website, or somebody already helps with this.
    """
    initiative = needs.lock(initiative)
    needs.check_open(initiative)
    columns = needs.columns_of(initiative, Resource(columns["kind"])) | columns
    known = Listing.objects.needs().filter(initiative=initiative, kind=columns["kind"])
    if known.filter(status=ListingStatus.AGREED).exists():
        raise WorkflowError(_("Hiervoor is al een afspraak. Vertel eerst hoe het ging."))
    terms = listings.Terms(columns, [initiative.wijk])
    kept = known.filter(status__in=[ListingStatus.OPEN, ListingStatus.ENDED]).first()
    if kept is None:
        asked = listings.open_listing(Direction.NEED, terms, owner={"initiative": initiative}, by=by)
    elif kept.status == ListingStatus.ENDED:
        asked = listings.reopen(kept, by=by, terms=terms)
    else:
        asked = listings.change(kept, terms, by=by, version=kept.version)
    # Last: the yes lets everything go on the list that the plan asks, and what was filled in here must stand first.
    needs.agree(initiative, by=by)
    return asked


def change(listing: Listing, columns: dict[str, Any], *, by: User, version: int) -> Listing:
    """Change what it says; where it is stays.

    Raises:
        WorkflowError: it is no longer open.
        StaleVersion: somebody changed it after this person saw it.
    """
    return listings.change(listing, listings.Terms(columns, list(listing.wijken.all())), by=by, version=version)


def kinds_to_ask(initiative: Initiative) -> list[Resource]:
    """What the plan can still ask: each kind once at a time."""
    stands = set(
        Listing.objects.needs().filter(initiative=initiative, status__in=STANDS).values_list("kind", flat=True)
    )
    return [kind for kind in Resource if kind.value not in stands]


def _where(initiative: Initiative) -> dict[str, Any]:
    return {"buurt": initiative.buurt, "place": initiative.place}
