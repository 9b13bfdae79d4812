"""Reads of joint actions, their steps and the wijkagenda that they form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from partners.enums.actions import AT_WORK, IN_AGENDA, OPEN, READ_IN_THIS_ORDER, ActionStatus
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User
    from shared.wijken.models import Wijk
    from shared.wijken.querysets import AreaQuerySet


class JointActionQuerySet(LifecycleQuerySet):
    """Reads of joint actions."""

    def within(self, wijken: AreaQuerySet | list[Wijk]) -> Self:
        """Those of these wijken: what somebody may read is a question of where (`policies.together`)."""
        return self.filter(wijk__in=wijken)

    def open(self) -> Self:
        """Not finished and not stopped."""
        return self.filter(status__in=OPEN)

    def waiting_for_agreement(self) -> Self:
        """Proposals that the coordinator has to say yes or no to."""
        return self.filter(status=ActionStatus.PROPOSED)

    def of_year(self, wijk: Wijk, year: int) -> Self:
        """What was agreed for a wijk in a year: the wijkagenda as the coordinator composes it."""
        return self.filter(wijk=wijk, year=year, status__in=IN_AGENDA)

    def public(self) -> Self:
        """What the coordinator chose for the website; the agenda itself has to be published as well."""
        return self.filter(is_public=True, status__in=IN_AGENDA)

    def published(self) -> Self:
        """What stands in a wijkagenda that is on the website: all that the public and the council read."""
        agenda = models.Exists(
            self.model._meta.apps.get_model("partners", "WijkAgenda")._default_manager.filter(
                wijk=models.OuterRef("wijk"), year=models.OuterRef("year"), published_at__isnull=False
            )
        )
        return self.public().filter(agenda)

    def for_list(self) -> Self:
        """With everything that a row of a list shows."""
        return (
            self.select_related("wijk", "theme", "owner")
            .prefetch_related("partners")
            .annotate(
                steps_total=Count("steps", distinct=True),
                steps_done=Count("steps", filter=Q(steps__done_at__isnull=False), distinct=True),
                next_on=models.Min("steps__due_on", filter=Q(steps__done_at__isnull=True)),
            )
        )

    def by_urgency(self) -> Self:
        """The step that is due first on top; then the newest."""
        return self.order_by(F("next_on").asc(nulls_last=True), "-proposed_at", "-pk")

    def as_agenda(self) -> Self:
        """As people read a wijkagenda: what runs, what comes, what was reached, and last what stopped."""
        places = [When(status=status, then=Value(place)) for place, status in enumerate(READ_IN_THIS_ORDER)]
        return self.order_by(Case(*places, default=Value(len(places))), "title", "pk")


class ActionStepQuerySet(models.QuerySet):
    """Reads of steps."""

    def to_do(self) -> Self:
        """Steps of agreed and running actions that nobody has done yet."""
        return self.filter(done_at__isnull=True, action__status__in=AT_WORK)

    def of(self, user: User) -> Self:
        """The steps that this person has to take: their own, and those without a name in actions that they own."""
        return self.filter(Q(responsible=user) | Q(responsible__isnull=True, action__owner=user))

    def due(self, until: date) -> Self:
        """Steps to take up to and including this day."""
        return self.filter(due_on__lte=until)
