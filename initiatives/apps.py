"""The app for residents' initiatives."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from initiatives.enums import ACTION_LABELS
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class InitiativesConfig(AppConfig):
    """Residents bring plans for their neighbourhood; the coordinator answers."""

    name = "initiatives"
    verbose_name = _("initiatieven")

    def ready(self) -> None:
        """Name the steps, let advice be asked, and say whose messages staff may read: of the cases they review."""
        from ambassadors import subjects
        from initiatives.advice import KIND
        from initiatives.models import Initiative
        from shared.notifications.policies import SCOPES

        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["initiatives"] = _("Ideeën van bewoners")
        subjects.register(KIND)
        SCOPES[Initiative._meta.label_lower] = Initiative.objects.reviewable_by
