"""Reads of the agenda: what falls in a period, and what this person may see or change of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce

from partners.enums.agenda import Visibility
from shared.lifecycle import LifecycleQuerySet
from shared.terms.calendar import AMSTERDAM

if TYPE_CHECKING:
    from partners.moments.audience import Audience
    from partners.rules.agenda import Window


class AgendaItemQuerySet(LifecycleQuerySet):
    """Items of the agenda."""

    def seen_by(self, audience: Audience) -> Self:
        """What these eyes may see: everybody the public ones, partners those of their wijken, the municipality all."""
        if audience.is_inside:
            return self
        public = Q(visibility=Visibility.PUBLIC)
        if not audience.partner_wijken:
            return self.filter(public)
        return self.filter(
            public
            | Q(visibility=Visibility.PARTNERS, pk__in=self._in_wijken().filter(wijk__in=audience.partner_wijken))
        )

    def within(self, window: Window) -> Self:
        """What takes place on one of these days, or comes back on one of them perhaps."""
        begin = datetime.combine(window.first, time(), AMSTERDAM)
        end = datetime.combine(window.last + timedelta(days=1), time(), AMSTERDAM)
        last = Coalesce("ends_at", "starts_at")
        return self.alias(last=last).filter(Q(last__gte=begin) | Q(repeats_until__gte=window.first), starts_at__lt=end)

    def with_wijken(self) -> Self:
        """With the numbers of the wijken of each, in the same query."""
        numbers = self._in_wijken("wijk_id").filter(agendaitem=OuterRef("pk")).order_by("wijk_id")
        return self.annotate(wijk_ids=ArraySubquery(numbers))

    def _in_wijken(self, column: str = "agendaitem") -> models.QuerySet[Any]:
        """Which item is in which wijk."""
        model: Any = self.model
        rows: models.QuerySet[Any] = model.wijken.through.objects.values(column)
        return rows


class PersonalFeedQuerySet(models.QuerySet):
    """Secret addresses."""

    def in_use(self) -> Self:
        """Those that open."""
        return self.filter(ended_at__isnull=True)
