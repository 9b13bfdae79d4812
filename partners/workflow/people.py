"""Who is written to about an offer or a need, and whether a link still belongs to somebody who may use it."""

from partners.enums.offers import Side
from partners.letters.matches import Reader
from partners.letters.organisations import to_user
from partners.models import Listing, Match, PartnerContact
from shared.accounts.enums import Role
from shared.accounts.models import RoleAssignment, User
from shared.notifications.outbox import Recipient


def readers_of(listing: Listing) -> list[Reader]:
    """The contact person, else all who speak for the organisation; the ambassadors; the initiator of the plan."""
    if listing.partner_id:
        return [Reader(to_user(user), user.pk) for user in _contacts(listing)]
    if listing.initiative:
        plan = listing.initiative
        to = Recipient(name=plan.name, email=plan.email, postal_address=plan.postal_address, phone=plan.phone)
        return [Reader(to, language=plan.language)]
    ambassadors = _ambassadors(listing)
    if ambassadors:
        return [Reader(to_user(user), user.pk) for user in ambassadors]
    assert listing.department is not None, "a listing has one owner"
    return [Reader(Recipient(name=listing.department.name, email=listing.department.email))]


def still_speaks(match: Match, side: Side, *, user_pk: int, email: str) -> bool:
    """Whether who got a link may still use it: who left, or whose address changed, may not."""
    return any(
        reader.user_pk == user_pk and reader.to.email.lower() == email.lower()
        for reader in everybody_of(match.listing_of(side))
    )


def everybody_of(listing: Listing) -> list[Reader]:
    """All who may answer for this listing, also the colleagues of its contact person."""
    if listing.partner_id:
        speaking = PartnerContact.objects.speaking().filter(partner=listing.partner_id).select_related("user")
        return [Reader(to_user(contact.user), contact.user_id) for contact in speaking]
    return readers_of(listing)


def _contacts(listing: Listing) -> list[User]:
    speaking = PartnerContact.objects.speaking().filter(partner=listing.partner_id).select_related("user")
    found = {contact.pk: contact.user for contact in speaking}
    return [found[listing.contact_id]] if listing.contact_id in found else list(found.values())


def _ambassadors(listing: Listing) -> list[User]:
    held = RoleAssignment.objects.active().filter(role=Role.AMBASSADOR, department=listing.department_id)
    found = [each.user for each in held.select_related("user").order_by("pk") if each.user.is_active]
    return [user for user in found if user.pk == listing.created_by_id] or found
