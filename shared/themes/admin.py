"""Themes are edited like any list."""

from django.contrib import admin

from shared.themes.models import Theme
from shared.ui.public_admin import KeptMixin, ShownToPublic


@admin.register(Theme)
class ThemeAdmin(KeptMixin, ShownToPublic, admin.ModelAdmin[Theme]):
    """What residents choose from."""

    list_display = ["name", "name_en", "position", "active"]
    list_per_page = 100
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]
