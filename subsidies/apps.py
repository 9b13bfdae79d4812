"""The small grant (stimuleringsregeling)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubsidiesConfig(AppConfig):
    """Schemes, applications, decisions and payments."""

    name = "subsidies"
    verbose_name = _("stimuleringsregeling")
