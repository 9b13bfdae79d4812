"""The themes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """What a plan, a project or an offer can be about."""

    name = "shared.themes"
    verbose_name = _("thema's")
