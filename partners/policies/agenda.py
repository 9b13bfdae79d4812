"""Who may put something in the agenda, and who may change it: partners their own, coordinators that of their wijken."""

from django.db.models import QuerySet

from partners.enums.agenda import INSIDE, Visibility
from partners.models import AgendaItem, Partner
from partners.policies.organisations import organisations_of, partner_wijken_of
from shared.accounts.enums import Role
from shared.accounts.models import Department
from shared.accounts.policies import Visitor, assignments_of, has_role, roles_of, wijken_of
from shared.wijken.models import Wijk

# An ambassador brings a department to every wijk; a functional manager sees to all of it.
EVERYWHERE = frozenset({Role.AMBASSADOR, Role.FUNCTIONAL_MANAGER})


def may_add(user: Visitor) -> bool:
    """Whether there is a wijk in which this person may put something in the agenda."""
    return bool(roles_of(user) & (EVERYWHERE | {Role.COORDINATOR})) or organisations_of(user).exists()


def may_edit(user: Visitor, item: AgendaItem) -> bool:
    """Change it, or say that it does not go on: who holds it, and the coordinator of its wijk."""
    if has_role(user, Role.FUNCTIONAL_MANAGER):
        return True
    if item.partner_id and organisations_of(user).filter(pk=item.partner_id).exists():
        return True
    if has_role(user, Role.AMBASSADOR) and (item.created_by == user or item.department in departments_of(user)):
        return True
    return item.wijken.filter(pk__in=wijken_of(user)).exists()


def wijken_for_agenda(user: Visitor) -> QuerySet[Wijk]:
    """The wijken in which this person may put something."""
    if roles_of(user) & EVERYWHERE:
        return Wijk.objects.current().without_geometry()
    own = wijken_of(user).values("pk").union(partner_wijken_of(user).values("pk"))
    return Wijk.objects.current().without_geometry().filter(pk__in=own)


def departments_of(user: Visitor) -> QuerySet[Department]:
    """The departments that this person is the ambassador of today."""
    held = [a.department_id for a in assignments_of(user) if a.role == Role.AMBASSADOR and a.department_id]
    return Department.objects.filter(pk__in=held)


def visibilities_for(user: Visitor) -> list[Visibility]:
    """Who may see it, as far as this person may choose; a partner keeps nothing from partners."""
    if is_inside(user):
        return list(Visibility)
    return [Visibility.PUBLIC, Visibility.PARTNERS]


def is_inside(user: Visitor) -> bool:
    """Whether this person works at the municipality itself."""
    return bool(roles_of(user) & INSIDE)


def may_hold(user: Visitor, partner: Partner | None) -> bool:
    """Whether this person may name this organisation as the one that holds it; nobody's is the municipality's."""
    if partner is None:
        return is_inside(user)
    return organisations_of(user).filter(pk=partner.pk).exists()
