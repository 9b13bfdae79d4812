"""Wijkpartners: offers and needs, joint actions, the agenda and the noticeboard."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Partners and what they do together."""

    name = "partners"
    verbose_name = _("wijkpartners")
