"""Files that residents and staff send in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Photos and documents, cleaned before they are kept."""

    name = "shared.documents"
    verbose_name = _("foto’s en documenten")
