"""The portal itself, and the admin site that it uses. Apart from anything that imports models."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

# Whoever calls a task, a web process included, must know the queue that it goes to.
from wbw_portal.celery import app as celery_app

__all__ = ["PortalAdminConfig", "PortalConfig", "celery_app"]


class PortalConfig(AppConfig):
    """The pages that span programmes."""

    name = "wbw_portal"
    verbose_name = _("Portaal")

    def ready(self) -> None:
        """Lead from a plan to the money, tell of money in the letter of the wijk, and say of whom something is kept."""
        from initiatives.ways import WAYS_ON
        from partners.moments.news import SECTIONS
        from shared.accounts.known import HOLDERS
        from wbw_portal.grant_news import GRANTS
        from wbw_portal.own_applications import ways_on_plan
        from wbw_portal.own_data import is_held

        WAYS_ON.append(ways_on_plan)
        SECTIONS.append(GRANTS)
        HOLDERS.append(is_held)


class PortalAdminConfig(AdminConfig):
    """Django's admin behind a second factor."""

    default_site = "wbw_portal.adminsite.PortalAdminSite"
