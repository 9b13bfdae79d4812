"""What the municipality edits itself."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from participation.models import Alderman


@admin.register(Alderman)
class AldermanAdmin(admin.ModelAdmin[Alderman]):
    """Members of the executive; one that answered for a project is never deleted."""

    list_display = ("name", "portfolio", "active")
    search_fields = ("name", "portfolio")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False
