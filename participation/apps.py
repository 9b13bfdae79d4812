"""Projects of the municipality, their early participation check, and how residents take part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Projects, checks, moments and the right to challenge."""

    name = "participation"
    verbose_name = _("projecten en participatie")
