"""What an export can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileFormat(TextChoices):
    """The files that can be made."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"

    @property
    def content_type(self) -> str:
        """The type as a browser knows it."""
        return _CONTENT_TYPES[self]


_CONTENT_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class JobStatus(TextChoices):
    """Where a file stands that is made outside the request."""

    WAITING = "waiting", _("Wacht op zijn beurt")
    RUNNING = "running", _("Wordt gemaakt")
    READY = "ready", _("Klaar")
    FAILED = "failed", _("Niet gelukt")
