"""Which projects and checks: chainable reads, each named for its purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from participation.enums import CHECK_IN_FORCE, CHECK_PUBLIC, ProjectStatus
from shared.accounts.enums import Role
from shared.accounts.policies import assignments_of, has_role, wijken_of
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User

# They read every project; the first may also act on it.
SEE_ALL = (Role.FUNCTIONAL_MANAGER, Role.COUNCIL_STAFF)


def led_by(user: User) -> Q:
    """The projects that this person leads, those of an absent colleague whom they replace included."""
    leads = [a.user_id for a in assignments_of(user) if a.role == Role.PROJECT_LEAD]
    return Q(lead__in=leads)


def of_department_of(user: User) -> Q:
    """The projects of the departments whose ambassador this person is today."""
    departments = [a.department_id for a in assignments_of(user) if a.role == Role.AMBASSADOR]
    return Q(department__in=departments)


def in_wijken_of(user: User) -> Q:
    """The projects in the wijken of this coordinator, and those for the whole municipality."""
    if not has_role(user, Role.COORDINATOR):
        return Q(pk__in=[])
    return Q(wijken__in=wijken_of(user).values("pk")) | Q(wijken__isnull=True)


class ProjectQuerySet(LifecycleQuerySet):
    """Reads of projects."""

    def visible_to(self, user: User) -> Self:
        """What this member of staff may read: own projects, own department, own wijken, or all."""
        if any(has_role(user, role) for role in SEE_ALL):
            return self.all()
        mine = led_by(user) | of_department_of(user) | in_wijken_of(user)
        return self.filter(pk__in=self.model._default_manager.filter(mine).values("pk"))

    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(published_at__isnull=False)

    def active(self) -> Self:
        """There is still work on it."""
        return self.filter(status=ProjectStatus.ACTIVE)


class CheckQuerySet(LifecycleQuerySet):
    """Reads of checks."""

    def signed(self) -> Self:
        """Confirmed by whoever had to, and not lapsed since."""
        return self.filter(signed_on__isnull=False).exclude(status="lapsed")

    def in_force(self) -> Self:
        """Signed, and not replaced by a newer version."""
        return self.filter(status__in=CHECK_IN_FORCE)

    def public(self) -> Self:
        """What everybody may read, the newest first."""
        return self.filter(status__in=CHECK_PUBLIC, published_at__isnull=False).order_by("-number")
