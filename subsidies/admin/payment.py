"""Payments and batches, for finance."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from subsidies.models import Payment


@admin.register(Payment)
class PaymentAdmin(admin.ModelAdmin[Payment]):
    """What has to be paid, by when."""

    list_display = ["end_to_end", "amount", "due_on", "status"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Payments follow from decisions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only steps change a payment."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False
