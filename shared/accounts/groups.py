"""The groups of the roles and their permissions, from the one table that the settings name."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.module_loading import import_string

from shared.accounts.enums import Role


class UnknownPermission(Exception):
    """The table names a permission that no app has."""


@transaction.atomic
def sync(*, strict: bool = True) -> Mapping[str, int]:
    """Give each role's group exactly the permissions of the table; the answer counts them per role.

    Raises:
        UnknownPermission: when strict, a row of the table matches nothing.
    """
    table = import_string(settings.ROLE_PERMISSIONS)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    counts = {}
    for role in Role:
        granted = _matching(table.get(role, ()), known, strict=strict)
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set(granted)
        counts[role.value] = len(granted)
    return counts


def sync_after_migrate(sender: AppConfig, **kwargs: Any) -> None:
    """After the last app has its permissions, the groups follow, so that they exist wherever the tables do."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    migrated = {(model._meta.app_label, model._meta.model_name) for model in kwargs.get("apps", apps).get_models()}
    if sender == with_models[-1] and ("auth", "group") in migrated:
        sync(strict=False)


def _matching(patterns: tuple[str, ...], known: Mapping[str, Permission], *, strict: bool) -> list[Permission]:
    granted: dict[str, Permission] = {}
    for pattern in patterns:
        matching = {name: permission for name, permission in known.items() if fnmatchcase(name, pattern)}
        if strict and not matching:
            raise UnknownPermission(f"No app has a permission {pattern}.")
        granted |= matching
    return list(granted.values())
