"""Reads of organisations and of who speaks for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from shared.accounts.policies import wijken_of
from shared.accounts.querysets import PeriodQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User
    from shared.wijken.models import Wijk


class PartnerQuerySet(PeriodQuerySet):
    """Organisations; `active()` leaves out those that have not begun or that stopped."""

    def locked(self) -> Self:
        """Lock the rows themselves until the end of the transaction."""
        return self.select_for_update(of=("self",))

    def in_wijk(self, wijk: Wijk) -> Self:
        """Those that work in this wijk."""
        return self.filter(wijken=wijk)

    def in_wijken(self, wijken: models.QuerySet[Wijk] | list[Wijk]) -> Self:
        """Those that work in at least one of these wijken, each once."""
        works_there = self.model.wijken.through.objects.filter(wijk__in=wijken).values("partner")
        return self.filter(pk__in=works_there)

    def manageable_by(self, user: User) -> Self:
        """Those in the wijken of this coordinator; for the functional manager all."""
        return self.in_wijken(wijken_of(user))

    def in_directory(self) -> Self:
        """What everybody may read, in the order of the page."""
        return self.active().prefetch_related("wijken", "themes").order_by("name")


class PartnerContactQuerySet(PeriodQuerySet):
    """People who speak for an organisation."""

    def locked(self) -> Self:
        """Lock the rows themselves until the end of the transaction."""
        return self.select_for_update(of=("self",))

    def speaking(self, on: date | None = None) -> Self:
        """Who accepted the invitation, has not left, and whose organisation takes part on this day."""
        on = on or timezone.localdate()
        partner_takes_part = Q(partner__ends_on=None) | Q(partner__ends_on__gte=on)
        return self.active(on).filter(
            partner_takes_part, partner__starts_on__lte=on, accepted_at__isnull=False, user__is_active=True
        )

    def of_user(self, user: User) -> Self:
        """For whom this person speaks."""
        return self.filter(user=user).select_related("partner")
