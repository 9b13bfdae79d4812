"""Reads of stored files."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone


class StoredFileQuerySet(models.QuerySet):
    """Which files are in use."""

    def loose(self, *, for_longer_than: timedelta = timedelta(0)) -> Self:
        """Files that no case and no draft holds."""
        return self.filter(attached_at=None, created_at__lte=timezone.now() - for_longer_than)
