"""Permissions come from dated roles: a role that ended yesterday opens nothing today."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from shared.accounts.models import User
from shared.accounts.policies import roles_of


class RoleBackend(AuthenticationBackend):
    """The sign-in of allauth, with the permissions of the groups of today's roles."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Nobody signs in with a password."""
        return

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.filter(group__name__in=sorted(roles_of(user_obj)))
