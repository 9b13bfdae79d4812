"""The small grant (stimuleringsregeling)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS
from subsidies.actions import ACTION_LABELS


class SubsidiesConfig(AppConfig):
    """Schemes, applications, decisions and payments."""

    name = "subsidies"
    verbose_name = _("stimuleringsregeling")

    def ready(self) -> None:
        """Name the steps, let advice be asked, and say whose messages staff may read: of the cases they review."""
        from ambassadors import subjects
        from shared.notifications.policies import SCOPES
        from shared.retention import holders
        from subsidies import receivers  # noqa: F401
        from subsidies.advice import KIND
        from subsidies.models import Application
        from subsidies.workflow.after import destruction

        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["subsidies"] = _("Aanvragen voor subsidie")
        subjects.register(KIND)
        holders.register(
            holders.Holder(destruction.KIND, _("aanvraag"), destruction.due, destruction.why_not, destruction.destroy)
        )
        SCOPES[Application._meta.label_lower] = Application.objects.reviewable_by
