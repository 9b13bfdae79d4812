"""The municipality's division into wijken and buurten."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WijkenConfig(AppConfig):
    """Wijken, buurten and the postcodes that lead to them."""

    name = "shared.wijken"
    verbose_name = _("wijken en buurten")
