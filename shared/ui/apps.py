"""What every page shares: skeletons, components, forms, formats, and the cache of public pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """How the portal looks and speaks."""

    name = "shared.ui"
    label = "ui"
    verbose_name = _("weergave")
