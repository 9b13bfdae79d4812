"""The app for residents' initiatives."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from initiatives.enums import ACTION_LABELS
from shared.audit import enums as audit


class InitiativesConfig(AppConfig):
    """Residents bring plans for their neighbourhood; the coordinator answers."""

    name = "initiatives"
    verbose_name = _("initiatieven")

    def ready(self) -> None:
        """Name the steps on timelines."""
        audit.ACTION_LABELS.update(ACTION_LABELS)
