"""Whose eyes look at the agenda."""

from dataclasses import dataclass

from partners.enums.agenda import INSIDE, Visibility
from partners.policies.organisations import partner_wijken_of
from partners.policies.together import READS_EVERYWHERE
from shared.accounts.policies import Visitor, is_staff_member, roles_of


@dataclass(frozen=True)
class Audience:
    """What somebody may see: a partner also what is shared in their wijken, the municipality everything."""

    is_inside: bool = False
    partner_wijken: frozenset[int] = frozenset()
    # Finance works at the municipality, and has no part in signals, joint actions and walks (handbook section 6).
    reads_together: bool = False

    def may_see(self, visibility: str, wijken: frozenset[int]) -> bool:
        """Whether something with this visibility, in these wijken (none: in all), is theirs to see."""
        if visibility == Visibility.PUBLIC or self.is_inside:
            return True
        shared = self.partner_wijken if not wijken else self.partner_wijken & wijken
        return visibility == Visibility.PARTNERS and bool(shared)

    @property
    def is_public(self) -> bool:
        """They see what everybody sees."""
        return not self.is_inside and not self.partner_wijken


EVERYBODY = Audience()


def audience_of(user: Visitor) -> Audience:
    """What this person may see today."""
    if not is_staff_member(user):
        return EVERYBODY
    if roles_of(user) & INSIDE:
        return Audience(is_inside=True, reads_together=bool(roles_of(user) & frozenset(READS_EVERYWHERE)))
    return Audience(partner_wijken=frozenset(partner_wijken_of(user).values_list("pk", flat=True)))
