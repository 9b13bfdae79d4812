"""Departments and their ambassadors, and the advice that is asked of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import ACTION_LABELS
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class AmbassadorsConfig(AppConfig):
    """Ambassadors, advice and contact."""

    name = "ambassadors"
    verbose_name = _("ambassadeurs")

    def ready(self) -> None:
        """Name the steps on timelines."""
        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["ambassadors"] = _("Ambassadeurs en advies")
        CATEGORY_LABELS["ambassadors.roundup"] = _("Maandoverzicht van een afdeling")
