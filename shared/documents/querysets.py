"""Reads of stored files."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone


class StoredFileQuerySet(models.QuerySet):
    """Which files are in use."""

    def abandoned(self, now: datetime | None = None) -> Self:
        """Files that no case took and no draft holds any longer."""
        return self.filter(kept_until__lte=now or timezone.now())

    def hold(self, until: datetime) -> int:
        """Keep these loose files for a draft until a moment; files of a case stay as they are."""
        return self.filter(kept_until__isnull=False).update(kept_until=until)
