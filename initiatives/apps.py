"""The app for residents' initiatives."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """Residents bring plans for their neighbourhood; the coordinator answers."""

    name = "initiatives"
    verbose_name = _("initiatieven")

    def ready(self) -> None:
        """Name the steps on timelines, once the models can be imported."""
        from initiatives.enums import ACTION_LABELS
        from shared.audit import enums as audit

        audit.ACTION_LABELS.update(ACTION_LABELS)
