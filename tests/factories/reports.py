"""Files that the worker makes."""

from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from shared.reports.enums import FileFormat, JobStatus
from shared.reports.models import ExportJob
from tests.factories.accounts import CouncilStaffFactory


class ExportJobFactory(DjangoModelFactory):
    """A workbook of all initiatives that nobody has started on; `ready=True` has a file, `expired=True` is over."""

    class Meta:
        model = ExportJob

    owner = factory.SubFactory(CouncilStaffFactory)
    report = "initiatieven"
    file_format = FileFormat.XLSX
    rows_total = 1
    asked_at = factory.LazyFunction(timezone.now)
    touched_at = factory.SelfAttribute("asked_at")
    expires_at = factory.LazyAttribute(lambda job: job.asked_at + timedelta(days=7))

    class Params:
        running = factory.Trait(status=JobStatus.RUNNING, rows_total=200, rows_done=50)
        failed = factory.Trait(status=JobStatus.FAILED)
        ready = factory.Trait(
            status=JobStatus.READY, rows_done=1, file=factory.LazyFunction(lambda: ContentFile(b"PK", "lijst.xlsx"))
        )
        expired = factory.Trait(asked_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=8)))
