"""The demonstration: invented people and a mailbox. Installed only when PORTAL_DEMO is set."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Lets a newcomer walk the whole story in the browser."""

    name = "wbw_portal.demo"
    verbose_name = _("demonstratie")
