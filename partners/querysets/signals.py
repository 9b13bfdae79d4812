"""Reads of signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from partners.enums.signals import OPEN, SignalStatus
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.wijken.models import Wijk
    from shared.wijken.querysets import AreaQuerySet


class SignalQuerySet(LifecycleQuerySet):
    """Reads of signals."""

    def within(self, wijken: AreaQuerySet | list[Wijk]) -> Self:
        """Those of these wijken."""
        return self.filter(wijk__in=wijken)

    def open(self) -> Self:
        """Nothing was decided yet, or an action is under way."""
        return self.filter(status__in=OPEN)

    def unseen(self) -> Self:
        """Those that the coordinator has not looked at."""
        return self.filter(status=SignalStatus.NEW)

    def published(self) -> Self:
        """Those that the coordinator chose for the website."""
        return self.filter(published_at__isnull=False)

    def for_list(self) -> Self:
        """With everything that a row of a list shows, the newest first."""
        return self.select_related("wijk", "buurt", "theme", "partner", "author").order_by("-noted_at", "-pk")
