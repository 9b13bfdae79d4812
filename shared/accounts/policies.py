"""Who somebody is today. The roles are read once per request and kept on the user."""

from django.contrib.auth.models import AnonymousUser

from shared.accounts.enums import STAFF_ROLES, Role
from shared.accounts.models import RoleAssignment, User
from shared.wijken.models import Wijk
from shared.wijken.querysets import AreaQuerySet

Visitor = User | AnonymousUser


def assignments_of(user: Visitor) -> list[RoleAssignment]:
    """The roles that this person may use today, those of absent colleagues included."""
    if not isinstance(user, User) or not user.is_active:
        return []
    return user.assignments


def roles_of(user: Visitor) -> frozenset[Role]:
    """The names of those roles."""
    return frozenset(Role(assignment.role) for assignment in assignments_of(user))


def has_role(user: Visitor, role: str, *, wijk: Wijk | None = None) -> bool:
    """Whether this person has the role today; for a wijk: in that wijk. Everybody who signed in is a resident."""
    if role == Role.RESIDENT:
        return isinstance(user, User) and user.is_active
    held = [assignment for assignment in assignments_of(user) if assignment.role == role]
    return any(wijk is None or assignment.wijk_id == wijk.pk for assignment in held)


def is_staff_member(user: Visitor) -> bool:
    """Whether this person works with the portal and therefore needs a second factor."""
    return bool(roles_of(user) & STAFF_ROLES)


def wijken_of(user: Visitor) -> AreaQuerySet:
    """The wijken that this person coordinates today; a functional manager sees all of them."""
    if has_role(user, Role.FUNCTIONAL_MANAGER):
        return Wijk.objects.current()
    coordinated = [a.wijk_id for a in assignments_of(user) if a.role == Role.COORDINATOR and a.wijk_id is not None]
    return Wijk.objects.filter(pk__in=coordinated)


def may_manage_people(user: Visitor) -> bool:
    """Give and end roles, invite colleagues, correct addresses."""
    return has_role(user, Role.FUNCTIONAL_MANAGER)


def may_register_absence(user: Visitor, absent: User) -> bool:
    """Staff say it of themselves; a functional manager of everybody. A deputy has no say in it."""
    return may_manage_people(user) or (is_staff_member(user) and user == absent)
