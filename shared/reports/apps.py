"""The app for reports that leave the portal as files."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Tables become CSV and XLSX; every export leaves an event."""

    name = "shared.reports"
    verbose_name = _("rapportages")

    def ready(self) -> None:
        """Let every programme register its reports (the module `reports` of an app)."""
        autodiscover_modules("reports")
