"""Departments and their ambassadors, and the advice that is asked of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbassadorsConfig(AppConfig):
    """Ambassadors, advice and contact."""

    name = "ambassadors"
    verbose_name = _("ambassadeurs")
