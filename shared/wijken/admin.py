"""Wijken, buurten and postcodes as functional managers edit them: reference data, normally read from the CBS files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from shared.ui.public_admin import ShownToPublic
from shared.wijken import maps
from shared.wijken.models import Buurt, PostcodeArea, Wijk


class InForceFilter(admin.SimpleListFilter):
    """In force today, or all that ever were."""

    title = _("geldigheid")
    parameter_name = "geldig"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return [("nu", _("nu geldig")), ("vroeger", _("niet meer geldig"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        """What remains."""
        if self.value() == "nu":
            return queryset.current()
        if self.value() == "vroeger":
            return queryset.exclude(pk__in=queryset.current())
        return queryset


class NeverDeleted:
    """Plans, roles and figures keep pointing at an area: it ends, by its last day."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class AreaAdmin(NeverDeleted, ShownToPublic, admin.ModelAdmin):
    """What wijken and buurten share: the border is a map, not a field to type in."""

    exclude = ("geometry",)
    readonly_fields = ("map", "source", "updated_at")
    list_filter = (InForceFilter,)
    search_fields = ("name", "code")
    date_hierarchy = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The lists need no polygons."""
        return super().get_queryset(request).without_geometry()

    @admin.display(description=_("kaart"))
    def map(self, area: Wijk | Buurt) -> str:
        """Where the area lies among the others."""
        return render_to_string("ui/map.html", {"map": maps.place_map(area)}) if area.pk else "-"


@admin.register(Wijk)
class WijkAdmin(AreaAdmin):
    """The districts."""

    list_display = ("short_name", "code", "inhabitants", "valid_from", "valid_to")
    prepopulated_fields = {"slug": ("short_name",)}
    search_fields = ("name", "short_name", "code")


@admin.register(Buurt)
class BuurtAdmin(AreaAdmin):
    """The neighbourhoods."""

    list_display = ("name", "code", "wijk", "inhabitants", "valid_from", "valid_to")
    list_filter = (InForceFilter, "wijk")
    list_select_related = ("wijk",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(PostcodeArea)
class PostcodeAreaAdmin(NeverDeleted, ShownToPublic, admin.ModelAdmin):
    """Addresses, to look one up or to correct it until the next edition."""

    list_display = ("postcode", "house_number", "buurt", "certain")
    list_filter = ("certain", "buurt")
    list_select_related = ("buurt",)
    search_fields = ("postcode",)
    search_help_text = _("Zoek op postcode, zonder spatie")
