"""The trail of everything that happened to a case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Append-only events: who did what, to what, when and through which channel."""

    name = "shared.audit"
    label = "audit"
    verbose_name = _("logboek")
