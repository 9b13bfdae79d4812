"""The admin of what public pages show: whoever changes it there lets go of the kept pages too."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from shared.ui import page_cache

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class KeptMixin:
    """What cases and letters refer to is switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False


class ShownToPublic(Base):
    """Mixin for a ModelAdmin that saves by itself; one that calls a workflow has it there. None of these deletes."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last that the admin does with a record: also in a list that is edited, also with rows below it."""
        super().save_related(request, form, formsets, change)
        page_cache.touch()
