"""The log for staff: read, search and filter; never change."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.audit.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Everything that happened, newest first."""

    list_display = [
        "occurred_at",
        "what",
        "subject_label",
        "actor_label",
        "text",
        "visibility",
    ]
    list_filter = ["occurred_at", "visibility", "subject_type", "action"]
    search_fields = ["subject_label", "actor_label", "subject_id"]
    search_help_text = _("Zoek op onderwerp, nummer of naam van een medewerker")
    date_hierarchy = "occurred_at"
    show_full_result_count = False
    list_per_page = 50

    @admin.display(description=_("handeling"), ordering="action")
    def what(self, event: Event) -> str:
        """The action as it is called on a screen."""
        return event.action_label

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the trail adds events."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """What happened, happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """What happened, happened."""
        return False
