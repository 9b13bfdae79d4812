"""The app that destroys what was kept long enough."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared.audit.enums import ACTION_LABELS
from shared.notifications.enums import CATEGORY_LABELS


class RetentionConfig(AppConfig):
    """Lists of files whose term is over, agreed by people, with a certificate."""

    name = "shared.retention"
    verbose_name = _("vernietiging")

    def ready(self) -> None:
        """Name the steps."""
        ACTION_LABELS.update(
            {
                "retention.kept": _("Langer bewaard"),
                "retention.approved": _("Vernietiging goedgekeurd"),
                "retention.destroyed": _("Vernietigd"),
                "retention.certified": _("Verklaring van vernietiging gemaakt"),
            }
        )
        CATEGORY_LABELS["retention"] = _("Vernietiging")
