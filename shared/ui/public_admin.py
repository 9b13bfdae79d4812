"""The admin of what public pages show: whoever changes it there lets go of the kept pages too."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shared.ui import page_cache

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class ShownToPublic(Base):
    """Mixin for a ModelAdmin that saves by itself; one that calls a workflow has it there."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last that the admin does with a record: also in a list that is edited, also with rows below it."""
        super().save_related(request, form, formsets, change)
        page_cache.touch()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """One record."""
        super().delete_model(request, obj)
        page_cache.touch()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Those that were ticked."""
        super().delete_queryset(request, queryset)
        page_cache.touch()
