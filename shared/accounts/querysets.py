"""Reads about people, their roles and their absence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from shared.accounts.enums import DEPUTISED_ROLES, Role

if TYPE_CHECKING:
    from shared.accounts.models import User
    from shared.wijken.models import Wijk


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows with a first and a last day; without a last day they go on."""

    def active(self, on: date | None = None) -> Self:
        """Rows that hold on this day (today when not given); the last day counts."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class RoleAssignmentQuerySet(PeriodQuerySet):
    """Who has which role, where and when."""

    def effective_for(self, user: User, on: date | None = None) -> Self:
        """What this person may do on this day: own roles, and those of absent colleagues whom they replace."""
        on = on or timezone.localdate()
        replaced = _active("Absence", on).filter(user=OuterRef("user"), deputy=user)
        own_or_replaced = Q(user=user) | Q(Exists(replaced), role__in=DEPUTISED_ROLES, user__is_active=True)
        return self.active(on).filter(own_or_replaced)


def _active(model: str, on: date | None) -> PeriodQuerySet:
    rows: PeriodQuerySet = apps.get_model("accounts", model)._default_manager.active(on)
    return rows


class UserQuerySet(models.QuerySet["User"]):
    """People."""

    def active_in_role(self, role: str, on: date | None = None) -> Self:
        """People who have this role themselves on this day, absent or not."""
        held = _active("RoleAssignment", on).filter(user=OuterRef("pk"), role=role)
        return self.filter(Exists(held), is_active=True).order_by("name", "pk")

    def coordinators_of(self, *wijken: Wijk, on: date | None = None) -> Self:
        """Who answers for these wijken on this day (without any: for every wijk); a deputy replaces who is absent."""
        absences = _active("Absence", on)
        holders = _active("RoleAssignment", on).filter(role=Role.COORDINATOR, user__is_active=True)
        if wijken:
            holders = holders.filter(wijk__in=wijken)
        here = Q(pk__in=holders.values("user"))
        replacing = Q(pk__in=absences.filter(user__in=holders.values("user")).values("deputy"))
        away = Exists(absences.filter(user=OuterRef("pk")))
        return self.filter(here | replacing, ~away, is_active=True).order_by("name", "pk")

    def standing_in_for(self, user: User, on: date | None = None) -> Self:
        """This person, or the deputy while this person is away; nobody when both are."""
        absences = _active("Absence", on)
        away = Exists(absences.filter(user=OuterRef("pk")))
        replacing = Q(pk__in=absences.filter(user=user).values("deputy"))
        return self.filter(Q(pk=user.pk) | replacing, ~away, is_active=True).order_by("name", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; an address is theirs in whatever case it is typed."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> User:
        """Make an account. It has no password and no role; `workflow` is the way in for the rest of the portal."""
        user: User = self.model(email=email, name=name, **fields)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find somebody by e-mail address."""
        user: User = self.get(email=username)
        return user
