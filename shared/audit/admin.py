"""The log for staff: read, search and filter; never change."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.audit.enums import ACTION_LABELS
from shared.audit.history import changes_of
from shared.audit.models import Event
from shared.ui.record_admin import ReadOnly


class ActionFilter(admin.SimpleListFilter):
    """What happened, in the words of the screens."""

    title = _("handeling")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Every action that has a name."""
        return sorted(((name, str(label)) for name, label in ACTION_LABELS.items()), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Event]) -> models.QuerySet[Event]:
        """The events of the chosen action."""
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin[Event]):
    """Everything that happened, newest first."""

    list_display = ("occurred_at", "what", "subject_label", "actor_label")
    list_filter = ("occurred_at", "visibility", ActionFilter)
    search_fields = ("subject_label", "actor_label", "subject_id")
    search_help_text = _("Zoek op onderwerp, nummer of naam van een medewerker")
    date_hierarchy = "occurred_at"
    show_full_result_count = False
    list_per_page = 50
    fields = ("occurred_at", "what", "subject_label", "who", "changed", "visibility", "request_id")
    readonly_fields = fields

    @admin.display(description=_("handeling"), ordering="action")
    def what(self, event: Event) -> str:
        """The action as it is called on a screen, with the sentence of the timeline."""
        return ": ".join(filter(None, [event.action_label, event.text]))

    @admin.display(description=_("door"))
    def who(self, event: Event) -> str:
        """The colleague; residents are never named here."""
        return event.actor_label or gettext("het portaal of de indiener")

    @admin.display(description=_("wat er veranderde"))
    def changed(self, event: Event) -> str:
        """Each value before and after."""
        empty = gettext("leeg")
        rows = [(change.field, change.old or empty, change.new or empty) for change in changes_of(event)]
        return format_html_join("", "<p>{}: {} → {}</p>", rows) or gettext("niets")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under its own name."""
        return super().changelist_view(request, {"title": gettext("Logboek")} | (extra_context or {}))
