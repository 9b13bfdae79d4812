"""What functional managers tell the legal clock."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shared.terms import legal_days
from shared.terms.calendar import EQUATED_DAYS, today
from shared.terms.models import EquatedDay, PortalOutage


@admin.register(EquatedDay)
class EquatedDayAdmin(admin.ModelAdmin):
    """Free days by royal decree, on top of those the portal knows."""

    list_display = ("day", "source")
    search_fields = ("source",)
    change_list_template = "admin/terms/equatedday/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the days that are known already and a warning when the last one is near."""
        known = {"known_days": sorted(EQUATED_DAYS), "needs_decree": legal_days.needs_next_decree(today())}
        return super().changelist_view(request, known | (extra_context or {}))


@admin.register(PortalOutage)
class PortalOutageAdmin(admin.ModelAdmin):
    """Outages give residents more time; they are entered when they are over."""

    list_display = ("started_at", "ended_at", "what")
    search_fields = ("what",)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Say what an outage does."""
        kwargs["help_texts"] = {"ended_at": _("Een laatste dag in deze tijd schuift naar de eerste werkdag daarna.")}
        return super().get_form(request, obj, **kwargs)
