"""Reads of wijken, buurten and postcodes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class AreaQuerySet(models.QuerySet):
    """Reads that wijken and buurten share."""

    def current(self, on: date | None = None) -> Self:
        """The areas in force on a day; today when none is given."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def without_geometry(self) -> Self:
        """Leave the polygon, the heaviest column, in the database."""
        return self.defer("geometry")


class PostcodeQuerySet(models.QuerySet):
    """Reads of the postcode table."""

    def within(self, pc4: str) -> Self:
        """Everything known of a four-digit postcode area."""
        return self.filter(postcode__gte=pc4, postcode__lt=str(int(pc4) + 1))
