"""Which export jobs: chainable reads."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from shared.reports.enums import JobStatus

if TYPE_CHECKING:
    from shared.accounts.models import User

# A worker tells every few thousand rows that it is alive; after this silence another may take over.
SILENCE = timedelta(minutes=2)


class ExportJobQuerySet(models.QuerySet[Any]):
    """Reads of export jobs."""

    def of_owner(self, user: "User") -> Self:
        """The jobs of this person: nobody else sees or downloads them."""
        return self.filter(owner=user)

    def to_make(self, now: datetime) -> Self:
        """Jobs that nobody works on."""
        abandoned = Q(status=JobStatus.RUNNING, touched_at__lt=now - SILENCE)
        return self.filter(Q(status=JobStatus.WAITING) | abandoned)

    def expired(self, now: datetime) -> Self:
        """Jobs whose file must go."""
        return self.filter(expires_at__lt=now)
