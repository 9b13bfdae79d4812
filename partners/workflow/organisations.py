"""Organisations: kept by the coordinator, and ended with all that hangs on them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import ListingStatus
from partners.letters import organisations as letters
from partners.models import Listing, Partner, PartnerContact
from partners.workflow import contacts, listings
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.ui import page_cache


@transaction.atomic
def saved(partner: Partner, *, old: dict[str, Any], by: User) -> Partner:
    """The form of the admin was saved: the roles of the contacts follow the work area and the dates.

    `old` is `summary()` from before; the public pages show the new one from now on.
    """
    people = _accepted(partner)
    for contact in people:
        contacts.sync_roles(contact.user, by=by)
    new = summary(partner)
    if new["ends_on"] and new["ends_on"] != old.get("ends_on"):
        _tell_end(partner, people)
    if new != old:
        trail.record("partners.saved", subject=partner, by=by, old=old, new=new)
    page_cache.touch()
    return partner


@transaction.atomic
def end(partner: Partner, *, last_day: date | None = None, by: User) -> Partner:
    """The organisation takes part until and including `last_day` (today when not given); its contacts are told.

    Raises:
        WorkflowError: it has ended already.
    """
    partner = Partner.objects.locked().get(pk=partner.pk)
    today = timezone.localdate()
    if partner.ends_on is not None and partner.ends_on < today:
        raise WorkflowError(_("%(partner)s doet al niet meer mee.") % {"partner": partner})
    partner.ends_on = max(last_day or today, partner.starts_on)
    partner.save(update_fields=["ends_on"])
    people = _accepted(partner)
    for contact in people:
        contacts.sync_roles(contact.user, by=by)
    _tell_end(partner, people)
    trail.record("partners.ended", subject=partner, by=by, new={"ends_on": partner.ends_on.isoformat()})
    page_cache.touch()
    return partner


def close_ended(today: date) -> int:
    """End what organisations that stopped still had on the list; safe to run twice. How many were ended."""
    gone = Listing.objects.filter(
        partner__ends_on__lt=today, status__in=[ListingStatus.OPEN, ListingStatus.AGREED]
    ).order_by("pk")
    for listing in gone:
        listings.end(listing, by=None)
    return len(gone)


def summary(partner: Partner) -> dict[str, Any]:
    """What the trail keeps of an organisation."""
    return {
        "name": partner.name,
        "wijken": sorted(partner.wijken.values_list("short_name", flat=True)) if partner.pk else [],
        "starts_on": partner.starts_on.isoformat(),
        "ends_on": partner.ends_on.isoformat() if partner.ends_on else "",
    }


def _accepted(partner: Partner) -> list[PartnerContact]:
    found = partner.contacts.active().filter(accepted_at__isnull=False).select_related("user")
    return list(found.order_by("pk"))


def _tell_end(partner: Partner, people: list[PartnerContact]) -> None:
    for contact in people:
        outbox.enqueue(
            letters.ended(partner, contact),
            to=letters.to_user(contact.user),
            key=f"partners.ended:{contact.pk}:{partner.ends_on:%Y%m%d}",
            category=contacts.CATEGORY,
            about=partner,
        )
