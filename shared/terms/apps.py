"""The legal calendar and clock."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TermsConfig(AppConfig):
    """Free days that decrees add, and days on which the portal did not work."""

    name = "shared.terms"
    label = "terms"
    verbose_name = _("termijnen")
