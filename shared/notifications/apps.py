"""Every message that leaves the building."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The outbox, the print queue and the digests."""

    name = "shared.notifications"
    label = "notifications"
    verbose_name = _("berichten")
