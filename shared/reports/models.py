"""An export that takes too long for a request: made by the worker, fetched by who asked for it."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared.reports.enums import FileFormat, JobStatus
from shared.reports.querysets import ExportJobQuerySet


def file_path(job: "ExportJob", filename: str) -> str:
    """A folder for exports; the name cannot be guessed."""
    return f"exports/{job.pk}.{job.file_format}"


class ExportJob(models.Model):
    """One file: which report, which filters, for whom, and how far it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("accounts.User", models.CASCADE, verbose_name=_("voor"), related_name="+")
    report = models.CharField(_("rapport"), max_length=60)
    filters = models.JSONField(_("filters"), default=dict)
    file_format = models.CharField(_("bestandsvorm"), max_length=5, choices=FileFormat)
    language = models.CharField(_("taal"), max_length=2, default="nl")
    status = models.CharField(_("status"), max_length=10, choices=JobStatus, default=JobStatus.WAITING)
    rows_total = models.PositiveIntegerField(_("aantal rijen"))
    rows_done = models.PositiveIntegerField(_("rijen klaar"), default=0)
    file = models.FileField(_("bestand"), upload_to=file_path, blank=True)
    asked_at = models.DateTimeField(_("gevraagd op"))
    touched_at = models.DateTimeField(_("laatste teken van leven"))
    expires_at = models.DateTimeField(_("wordt verwijderd op"))

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.report} ({self.file_format})"

    def get_absolute_url(self) -> str:
        """The page that tells how far it is."""
        return reverse("reports:job", args=[self.pk])

    @property
    def percentage(self) -> int:
        """How far it is; never 100 before the file is there."""
        if self.status == JobStatus.READY:
            return 100
        return min(99, self.rows_done * 100 // max(self.rows_total, 1))

    @property
    def is_ready(self) -> bool:
        """The file can be fetched."""
        return self.status == JobStatus.READY

    @property
    def has_failed(self) -> bool:
        """It stopped on a mistake of ours."""
        return self.status == JobStatus.FAILED

    @property
    def is_under_way(self) -> bool:
        """It is worth looking again in a while."""
        return self.status in (JobStatus.WAITING, JobStatus.RUNNING)
