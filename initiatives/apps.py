"""The app for residents' initiatives."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """Residents bring plans for their neighbourhood; the coordinator answers."""

    name = "initiatives"
    verbose_name = _("initiatieven")
