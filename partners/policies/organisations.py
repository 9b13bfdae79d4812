"""For which organisation and in which wijken does this person act today? Every screen of partners asks here."""

from partners.models import Partner, PartnerContact
from partners.querysets.organisations import PartnerQuerySet
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import Visitor, assignments_of, has_role, wijken_of
from shared.wijken.models import Wijk
from shared.wijken.querysets import AreaQuerySet


def organisations_of(user: Visitor) -> PartnerQuerySet:
    """The organisations that this person speaks for today; none for who left, or when the organisation stopped."""
    if not isinstance(user, User) or not has_role(user, Role.PARTNER):
        return Partner.objects.none()
    speaking = PartnerContact.objects.speaking().of_user(user)
    return Partner.objects.filter(pk__in=speaking.values("partner")).order_by("name")


def partner_wijken_of(user: Visitor) -> AreaQuerySet:
    """Where this person acts as a partner today: the work area of their organisation, where they have the role."""
    if not isinstance(user, User):
        return Wijk.objects.none()
    held = [a.wijk_id for a in assignments_of(user) if a.role == Role.PARTNER and a.wijk_id is not None]
    return Wijk.objects.filter(pk__in=held, partners__in=organisations_of(user)).distinct()


def network_wijken_of(user: Visitor) -> AreaQuerySet:
    """Where this person takes part in what partners share: as a partner, or as coordinator or functional manager."""
    coordinated = wijken_of(user).values("pk")
    return Wijk.objects.filter(pk__in=coordinated.union(partner_wijken_of(user).values("pk")))


def speaks_for(user: Visitor, partner: Partner) -> bool:
    """Whether this person acts for this organisation today."""
    return organisations_of(user).filter(pk=partner.pk).exists()


def is_partner(user: Visitor) -> bool:
    """Whether this person speaks for any organisation today."""
    return organisations_of(user).exists()


def works_in(user: Visitor, wijk: Wijk) -> bool:
    """Whether this person takes part in the network of this wijk today."""
    return network_wijken_of(user).filter(pk=wijk.pk).exists()


def may_manage(user: Visitor, partner: Partner) -> bool:
    """Keep an organisation and invite its people: the coordinator of a wijk where it works, the functional manager."""
    return has_role(user, Role.FUNCTIONAL_MANAGER) or wijken_of(user).filter(partners=partner).exists()
