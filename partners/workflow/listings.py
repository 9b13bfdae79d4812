"""Offers and needs: opened, changed, agreed, ended, and over when their last day has passed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import Direction, ListingStatus, MatchStatus
from partners.models import Listing, Match, Partner, PartnerContact
from partners.workflow import matching
from partners.workflow.contacts import NEEDS_TOPIC
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications import digest
from shared.ui import page_cache
from shared.wijken.models import Wijk


@dataclass
class Terms:
    """What somebody filled in: the columns of a listing, and the wijken."""

    columns: dict[str, Any]
    wijken: list[Wijk] = field(default_factory=list)


@transaction.atomic
def open_listing(direction: Direction, terms: Terms, *, owner: dict[str, Any], by: User | None) -> Listing:
    """Put an offer or a need on the list, look for the other side, and keep needs for the weekly message.

    `owner` is exactly one of partner, department or initiative.
    """
    listing = Listing(direction=direction, opened_at=timezone.now(), created_by=by, **terms.columns, **owner)
    if listing.partner_id and by is not None:
        speaking = PartnerContact.objects.speaking().filter(partner=listing.partner_id, user=by)
        listing.contact = speaking.first()
    listing.save()
    listing.wijken.set(terms.wijken)

    trail.record("partners.listing_opened", subject=listing, by=by, visibility=Visibility.PUBLIC)
    if direction == Direction.NEED:
        _announce(listing)
    matching.propose_for(listing)
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
    for name, value in terms.columns.items():
        setattr(listing, name, value)
    listing.version += 1
    listing.published_at = None
    listing.save()
    listing.wijken.set(terms.wijken)
    trail.record("partners.listing_changed", subject=listing, by=by)
    matching.propose_for(listing)
    page_cache.touch()
    return listing


@transaction.atomic
def end(listing: Listing, *, by: User | None, version: int | None = None) -> Listing:
    """Its owner stops with it, or the plan it belongs to is over; proposals that wait go with it."""
    listing = lock(listing, version)
    _close(listing, ListingStatus.ENDED)
    trail.record("partners.listing_ended", subject=listing, by=by, visibility=Visibility.PUBLIC)
    return listing


@transaction.atomic
def reopen(listing: Listing, *, by: User | None) -> Listing:
    """Its owner wants it after all; who was asked before is not asked again."""
    listing = lock(listing)
    listing.move_to(ListingStatus.OPEN)
    listing.opened_at, listing.closed_at = timezone.now(), None
    listing.save()
    trail.record("partners.listing_reopened", subject=listing, by=by, visibility=Visibility.PUBLIC)
    matching.propose_for(listing)
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


def _close(listing: Listing, status: ListingStatus) -> None:
    listing.move_to(status)
    listing.closed_at = timezone.now()
    listing.save()
    digest.withdraw(need_key(listing))
    matching.let_go(Match.objects.filter(status__in=_waiting(), **{listing.direction: listing}))
    page_cache.touch()


def _waiting() -> list[str]:
    return [MatchStatus.PROPOSED, MatchStatus.LATER, MatchStatus.WILLING]


def need_key(listing: Listing) -> str:
    """How the weekly message knows a need, so that nobody reads it twice."""
    return f"partners.need:{listing.pk}"


def _announce(listing: Listing) -> None:
    """Keep the need for the weekly message of every contact in its wijken, except of who asks."""
    wijken = list(listing.wijken.all())
    there = Partner.objects.active().in_wijken(wijken).exclude(pk=listing.partner_id or 0)
    contacts = PartnerContact.objects.speaking().filter(partner__in=there).select_related("user")
    where = ", ".join(sorted(wijk.short_name for wijk in wijken))
    for email in sorted({contact.user.email for contact in contacts}):
        digest.add(
            email,
            category=NEEDS_TOPIC,
            title=f"{listing.get_kind_display()}: {listing.title} ({where})",
            url=reverse("partners:listing", args=[listing.pk]),
            key=need_key(listing),
        )
