"""Filters of the list of messages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shared.notifications.enums import category_label
from shared.notifications.models import OutboxMessage


class CategoryFilter(admin.SimpleListFilter):
    """What kind of message, in words."""

    title = _("soort")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        """The kinds that exist."""
        used = OutboxMessage.objects.order_by("category").values_list("category", flat=True).distinct()
        return sorted(((name, category_label(name)) for name in used), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
        """The messages of the chosen kind."""
        return queryset.filter(category=self.value()) if self.value() else queryset
