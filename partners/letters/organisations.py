"""Letters about being a contact person of an organisation."""

from typing import Any

from django.urls import reverse

from partners.models import Partner, PartnerContact
from shared import municipality
from shared.accounts.models import User
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.outbox import Recipient

INVITATION = "partners.invitation"


def to_user(user: User) -> Recipient:
    """Somebody with an account."""
    return Recipient(name=user.name, email=user.email, phone=user.phone)


def invitation(contact: PartnerContact) -> Letter:
    """Invite somebody to speak for an organisation; the link ends."""
    token = sign(INVITATION, contact=contact.pk, email=contact.user.email)
    return _letter(
        "invitation",
        contact=contact,
        days=municipality.current().periods.partner_invitation_days,
        url=absolute(reverse("partners:invitation", args=[token])),
    )


def welcome(contact: PartnerContact) -> Letter:
    """How to sign in, and what there is to do."""
    return _letter("welcome", contact=contact, url=absolute(reverse("partners:start")))


def left(contact: PartnerContact) -> Letter:
    """Confirm to who leaves that it ended, and who goes on."""
    return _letter("left", contact=contact, successor=contact.handed_over_to)


def took_over(contact: PartnerContact, *, number: int) -> Letter:
    """Tell the colleague what was handed over."""
    return _letter(
        "took_over",
        contact=contact,
        successor=contact.handed_over_to,
        number=number,
        url=absolute(reverse("partners:start")),
    )


def ended(partner: Partner, contact: PartnerContact) -> Letter:
    """The organisation stops taking part."""
    return _letter("ended", partner=partner, contact=contact)


def _letter(name: str, **context: Any) -> Letter:
    return compose(f"partners/letters/{name}.txt", context)
