"""One file that someone sent in, as it is kept: cleaned, measured, and without an address of its own."""

import uuid
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.documents.enums import Kind, Variant
from shared.documents.querysets import StoredFileQuerySet
from shared.lifecycle import WorkflowError

# How long a file waits for the form it was sent with.
GRACE = timedelta(days=2)


def end_of_grace() -> datetime:
    """When a file that nobody took may go."""
    return timezone.now() + GRACE


class FileGone(WorkflowError):
    """A file that someone wants to keep was swept before."""


def storage_path(stored: "StoredFile", filename: str) -> str:
    """A path that says nothing of the sender; the first letters spread the files over folders."""
    key = stored.pk.hex
    return f"files/{key[:2]}/{key}{PurePosixPath(filename).suffix}"


class StoredFile(models.Model):
    """A cleaned photo or document: a case takes it with `mark_attached`, a draft holds it, the rest is swept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    file = models.FileField(_("bestand"), upload_to=storage_path, max_length=120)
    original_name = models.CharField(_("naam"), max_length=150)
    content_type = models.CharField(_("type"), max_length=50)
    size = models.PositiveIntegerField(_("grootte"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("breedte"), null=True)
    height = models.PositiveIntegerField(_("hoogte"), null=True)
    created_at = models.DateTimeField(_("ontvangen op"), auto_now_add=True)
    # Until when the sweep leaves the file alone; empty once a case has it.
    kept_until = models.DateTimeField(_("bewaard tot"), null=True, default=end_of_grace, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        indexes = [
            models.Index(fields=["kept_until"], condition=models.Q(kept_until__isnull=False), name="storedfile_loose"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_image(self) -> bool:
        """Whether a page can show it as a picture."""
        return self.kind == Kind.IMAGE

    @property
    def path(self) -> str:
        """Where the file is kept."""
        return str(self.file.name)

    def path_of(self, variant: Variant) -> str:
        """Where the smaller picture is kept."""
        return str(PurePosixPath(self.path).with_name(f"{self.pk.hex}-{variant.value}.webp"))

    @property
    def paths(self) -> list[str]:
        """Everything on disk that belongs to this file."""
        return [self.path] + ([self.path_of(variant) for variant in Variant] if self.is_image else [])

    def mark_attached(self) -> None:
        """A case has this file now: it stays until the case lets go of it.

        Raises:
            FileGone: the sweep was first; the form was open for days.
        """
        if not StoredFile.objects.filter(pk=self.pk).update(kept_until=None):
            raise FileGone(
                gettext("“%(name)s” is niet meer bewaard. Kies dit bestand opnieuw.") % {"name": self.original_name}
            )
        self.kept_until = None
