"""What is kept of a resident or contact person about working together (GDPR articles 15, 17 and 20)."""

from typing import Any

from partners.cards.offers import state_in_words
from partners.models import HelpConsent, Listing, Match, PartnerContact
from partners.workflow import needs
from shared.accounts.models import User


def copy_of(user: User) -> dict[str, Any]:
    """For whom this person speaks, what they allowed partners to see, and who wanted to help."""
    matches = Match.objects.of_initiator(user).with_sides().order_by("pk")
    listed = Listing.objects.filter(initiative__initiator=user).order_by("pk")
    contacts = PartnerContact.objects.of_user(user).order_by("pk")
    return {
        "speaks_for": [
            {"organisation": one.partner.name, "function": one.function, "from": one.starts_on, "until": one.ends_on}
            for one in contacts
        ],
        "partners_may_see_help": [
            {"plan": one.initiative.title, "agreed": one.agreed_at, "declined": one.declined_at}
            for one in HelpConsent.objects.filter(initiative__initiator=user).select_related("initiative")
        ],
        "on_the_list": [
            {
                "kind": one.get_kind_display(),
                "offered_or_asked": one.get_direction_display(),
                "title": one.title,
                "what": one.what,
                "amount": one.amount,
                "conditions": one.conditions,
                "state": one.get_status_display(),
            }
            for one in listed
        ],
        "help_offered": [
            {
                "plan": match.need.title,
                "by": match.offer.owner_name,
                "what": match.offer.title,
                "state": state_in_words(match, match.side_of(user)),
                "result": match.result,
            }
            for match in matches
        ],
    }


def consents_of(user: User) -> list[HelpConsent]:
    """The plans of which partners may still see the help that is wanted: that can be taken back at any time."""
    found = HelpConsent.objects.filter(initiative__initiator=user, agreed_at__isnull=False)
    return list(found.select_related("initiative").order_by("pk"))


def withdraw(consents: list[HelpConsent], *, by: User) -> None:
    """Take each of them back; what was on the list goes from it."""
    for consent in consents:
        needs.decline(consent.initiative, by=by)
