"""Reads of neighbourhood walks and what was found on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q

from partners.enums.walks import FINDING_OPEN
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.wijken.models import Wijk
    from shared.wijken.querysets import AreaQuerySet


class WalkQuerySet(LifecycleQuerySet):
    """Reads of walks."""

    def within(self, wijken: AreaQuerySet | list[Wijk]) -> Self:
        """Those of these wijken."""
        return self.filter(wijk__in=wijken)

    def for_list(self) -> Self:
        """With everything that a row of a list shows, the newest first."""
        return (
            self.select_related("wijk", "organiser")
            .annotate(
                findings_total=Count("findings"),
                findings_open=Count("findings", filter=Q(findings__status__in=FINDING_OPEN)),
            )
            .order_by("-starts_at", "-pk")
        )


class FindingQuerySet(LifecycleQuerySet):
    """Reads of findings."""

    def within(self, wijken: AreaQuerySet | list[Wijk]) -> Self:
        """Those of walks in these wijken."""
        return self.filter(walk__wijk__in=wijken)

    def open(self) -> Self:
        """Not solved, and nobody said that it cannot be."""
        return self.filter(status__in=FINDING_OPEN)

    def assigned_to(self, *, partners: models.QuerySet[Any], departments: list[int]) -> Self:
        """What these organisations and departments (by key) have to do something about."""
        return self.filter(Q(partner__in=partners) | Q(department__in=departments))

    def to_remind(self, until: date) -> Self:
        """Open ones with a day that comes near or has passed."""
        return self.open().filter(due_on__lte=until)

    def for_list(self) -> Self:
        """With everything that a row of a list shows: what is due first on top, what is closed below."""
        return self.select_related("walk__wijk", "item", "buurt", "photo", "partner", "department").order_by(
            F("closed_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )


class ChecklistItemQuerySet(models.QuerySet):
    """Reads of what a walk looks at."""

    def active(self) -> Self:
        """What is looked at from now on."""
        return self.filter(active=True)
