"""New needs in the weekly message: for every contact in their wijken who was not asked about them already."""

from collections.abc import Iterable

from django.urls import reverse

from partners.letters.matches import Reader
from partners.models import Listing, Partner, PartnerContact
from partners.workflow.contacts import NEEDS_TOPIC
from partners.workflow.people import readers_of
from shared.notifications import digest


def announce(listing: Listing) -> None:
    """Keep the need for the weekly message of every contact in its wijken, except of who asks or was asked for it.

    An offer is no news here, and who read of the need before does not read of it again.
    """
    if listing.is_offer:
        return
    wijken = list(listing.wijken.all())
    there = Partner.objects.active().in_wijken(wijken).exclude(pk=listing.partner_id or 0)
    contacts = PartnerContact.objects.speaking().filter(partner__in=there).select_related("user")
    asked = {reader.to.email for match in listing.need_matches.with_sides() for reader in readers_of(match.offer)}
    for email in sorted({contact.user.email for contact in contacts} - asked):
        digest.add(
            email,
            category=NEEDS_TOPIC,
            title=_title(listing),
            url=reverse("partners:listing", args=[listing.pk]),
            key=key_of(listing),
        )


def take_back(listing: Listing) -> None:
    """The need is taken or over: who has not read of it yet no longer does."""
    digest.withdraw(key_of(listing))


def take_back_from(readers: Iterable[Reader], listing: Listing) -> None:
    """They were asked about this need in a letter of its own."""
    digest.withdraw(key_of(listing), emails=[reader.to.email for reader in readers])


def reword(listing: Listing) -> None:
    """The need says it otherwise now: so does the news of it, also what was read."""
    digest.reword(key_of(listing), _title(listing))


def key_of(listing: Listing) -> str:
    """How the weekly message knows a need, so that nobody reads it twice."""
    return f"partners.need:{listing.pk}"


def _title(listing: Listing) -> str:
    where = ", ".join(sorted(wijk.short_name for wijk in listing.wijken.all()))
    return f"{listing.get_kind_display()}: {listing.title} ({where})"
