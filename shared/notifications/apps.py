"""Every message that leaves the building."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared.audit.enums import ACTION_LABELS


class NotificationsConfig(AppConfig):
    """The outbox, the print queue and the digests."""

    name = "shared.notifications"
    label = "notifications"
    verbose_name = _("berichten")

    def ready(self) -> None:
        """Let every process know the task that delivers, and give our events their words."""
        import_module("shared.notifications.tasks")
        ACTION_LABELS.update(
            {
                "notifications.sent_again": _("opnieuw verstuurd"),
                "notifications.printed": _("geprint"),
                "notifications.cancelled": _("tegengehouden"),
            }
        )
