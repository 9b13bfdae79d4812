"""Who works with the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, their roles with dates, their absence."""

    name = "shared.accounts"
    verbose_name = _("Mensen en rollen")
