"""Offers and needs: opened, changed, agreed, ended, and over when their last day has passed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import Direction, ListingStatus
from partners.models import Listing, Match, PartnerContact
from partners.workflow import matching, need_news, proposals
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.ui import page_cache
from shared.wijken.models import Wijk


@dataclass
class Terms:
    """What somebody filled in: the columns of a listing, and the wijken."""

    columns: dict[str, Any]
    wijken: list[Wijk] = field(default_factory=list)


@transaction.atomic
def open_listing(
    direction: Direction,
    terms: Terms,
    *,
    owner: dict[str, Any],
    by: User | None,
    meant_for: Listing | None = None,
) -> Listing:
    """Put an offer or a need on the list, look for the other side, and keep needs for the weekly message.

    `owner` is exactly one of partner, department or initiative; `meant_for` is the one that it answers to.
    """
    listing = Listing(direction=direction, opened_at=timezone.now(), created_by=by, **terms.columns, **owner)
    if listing.partner_id and by is not None:
        speaking = PartnerContact.objects.speaking().filter(partner=listing.partner_id, user=by)
        listing.contact = speaking.first()
    listing.save()
    listing.wijken.set(terms.wijken)

    trail.record("partners.listing_opened", subject=listing, by=by, visibility=Visibility.PUBLIC)
    if meant_for is not None:
        matching.say_yes_at_once(listing, meant_for, by=by)
    proposals.propose_for(listing)
    need_news.announce(listing)
    return listing


@transaction.atomic
def change(listing: Listing, terms: Terms, *, by: User, version: int) -> Listing:
    """Change what an open offer or need says; what was on the website has to be looked at again.

    Raises:
        WorkflowError: it is no longer open.
        StaleVersion: somebody changed it after this person saw it.
    """
    listing = lock(listing, version)
    if listing.status != ListingStatus.OPEN:
        raise WorkflowError(_("Dit is niet meer open. Zet zo nodig een nieuwe op de lijst."))
    listing.version += 1
    _fill(listing, terms)
    trail.record("partners.listing_changed", subject=listing, by=by)
    proposals.weigh_again(listing)
    proposals.propose_for(listing)
    page_cache.touch()
    return listing


@transaction.atomic
def rename(listing: Listing, title: str) -> None:
    """The plan that it belongs to has another title."""
    listing = lock(listing)
    listing.title = title
    listing.save(update_fields=["title"])
    trail.record("partners.listing_changed", subject=listing)
    need_news.take_back(listing)
    if listing.status == ListingStatus.OPEN:
        proposals.weigh_again(listing)
        need_news.announce(listing)


@transaction.atomic
def end(listing: Listing, *, by: User | None, version: int | None = None) -> Listing:
    """Its owner stops with it, or the plan it belongs to is over; proposals that wait go with it."""
    listing = lock(listing, version)
    _close(listing, ListingStatus.ENDED)
    trail.record("partners.listing_ended", subject=listing, by=by, visibility=Visibility.PUBLIC)
    return listing


@transaction.atomic
def reopen(listing: Listing, *, by: User | None, terms: Terms | None = None) -> Listing:
    """Its owner wants it after all, with other `terms` maybe; who was asked before is not asked again."""
    listing = lock(listing)
    listing.move_to(ListingStatus.OPEN)
    listing.opened_at, listing.closed_at = timezone.now(), None
    if terms is None:
        listing.save()
    else:
        _fill(listing, terms)
    trail.record("partners.listing_reopened", subject=listing, by=by, visibility=Visibility.PUBLIC)
    proposals.propose_for(listing)
    need_news.announce(listing)
    return listing


@transaction.atomic
def lapse(listing: Listing, today: date) -> Listing:
    """The last day has passed without an agreement."""
    listing = lock(listing)
    if listing.status == ListingStatus.OPEN and listing.ends_on and listing.ends_on < today:
        _close(listing, ListingStatus.LAPSED)
        trail.record("partners.listing_lapsed", subject=listing, visibility=Visibility.PUBLIC)
    return listing


@transaction.atomic
def publish(listing: Listing, *, by: User) -> Listing:
    """Choose it for the public list.

    Raises:
        WorkflowError: the owner does not want it there, or it is no longer open.
    """
    listing = lock(listing)
    if not listing.may_be_public or listing.status != ListingStatus.OPEN:
        raise WorkflowError(
            _("“%(title)s” kan niet op de website: dat mag niet, of het is niet meer open.") % {"title": listing}
        )
    if listing.published_at is None:
        listing.published_at = timezone.now()
        listing.save(update_fields=["published_at"])
        trail.record("partners.listing_published", subject=listing, by=by)
        page_cache.touch()
    return listing


@transaction.atomic
def unpublish(listing: Listing, *, by: User) -> Listing:
    """Take it from the public list; partners still see it."""
    listing = lock(listing)
    if listing.published_at is not None:
        listing.published_at = None
        listing.save(update_fields=["published_at"])
        trail.record("partners.listing_unpublished", subject=listing, by=by)
        page_cache.touch()
    return listing


def lock(listing: Listing, version: int | None = None) -> Listing:
    """The row, locked.

    Raises:
        StaleVersion: somebody changed it after this person saw `version`.
    """
    locked: Listing = Listing.objects.locked().get(pk=listing.pk)
    locked.check_version(version)
    return locked


def _fill(listing: Listing, terms: Terms) -> None:
    """What says something else has to be looked at again before it is on the website."""
    for name, value in terms.columns.items():
        setattr(listing, name, value)
    listing.published_at = None
    listing.save()
    listing.wijken.set(terms.wijken)


def _close(listing: Listing, status: ListingStatus) -> None:
    listing.move_to(status)
    listing.closed_at = timezone.now()
    listing.save()
    need_news.take_back(listing)
    proposals.let_go(Match.objects.undecided().filter(**{listing.direction: listing}), gone=listing)
    page_cache.touch()
