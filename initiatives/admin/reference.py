"""Themes and standard texts: edited like any list."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.models import StandardText, Theme
from shared.ui.public_admin import ShownToPublic


class KeptMixin:
    """What cases and letters refer to is switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False


@admin.register(Theme)
class ThemeAdmin(KeptMixin, ShownToPublic, admin.ModelAdmin[Theme]):
    """What residents choose from."""

    list_display = ["name", "name_en", "position", "active"]
    list_per_page = 100
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]


@admin.register(StandardText)
class StandardTextAdmin(KeptMixin, admin.ModelAdmin[StandardText]):
    """Texts that an answer can start from."""

    list_display = ["name", "kind", "active"]
    list_filter = ["kind", "active"]
    search_fields = ["name", "text"]
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", "name", "text", "active"],
                "description": _(
                    "Deze woorden tussen accolades vult het portaal in: {naam} (van de indiener), {titel} en {nummer} "
                    "(van het idee), {wijk} en {behandelaar} (uw naam). Andere woorden tussen accolades blijven staan."
                ),
            },
        )
    ]
