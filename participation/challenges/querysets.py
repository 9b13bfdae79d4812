"""Which challenges: chainable reads, each named for its purpose."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from participation.challenges.enums import PUBLIC_STATUSES, UNDECIDED, Status
from shared.accounts.enums import Role
from shared.accounts.policies import has_role, wijken_of
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User


class ChallengeQuerySet(LifecycleQuerySet):
    """Reads of challenges."""

    def reviewable_by(self, user: User) -> Self:
        """The challenges in the wijken of this coordinator, and those assigned to them; for the manager all."""
        if has_role(user, Role.FUNCTIONAL_MANAGER):
            return self.all()
        return self.filter(Q(wijk__in=wijken_of(user)) | Q(owner=user))

    def of_resident(self, user: User) -> Self:
        """The challenges of which this person is the contact."""
        return self.filter(contact=user).exclude(status=Status.SPAM)

    def public(self) -> Self:
        """What everybody may follow: on the website, and past the conversation."""
        return self.filter(published_at__isnull=False, status__in=PUBLIC_STATUSES)

    def undecided(self) -> Self:
        """A decision has still to come."""
        return self.filter(status__in=UNDECIDED)

    def to_remind_by(self, today: date, horizon: date) -> Self:
        """Without a talk after the promised day, or to be decided on before the horizon; nobody was reminded yet."""
        late_talk = Q(status=Status.RECEIVED, talk_by__lt=today)
        return self.undecided().filter(late_talk | Q(decide_by__lte=horizon), reminded_on__isnull=True)


class ChallengeDraftQuerySet(models.QuerySet):
    """Reads of unsent challenges."""

    def unsent(self) -> Self:
        """Drafts that can still be continued."""
        return self.filter(challenge__isnull=True)

    def of_email(self, email: str) -> Self:
        """Unsent drafts under this address."""
        return self.unsent().filter(email__iexact=email)

    def to_warn_of(self, horizon: datetime) -> Self:
        """Unsent drafts with an address that are deleted before the horizon, and of which nobody was told yet."""
        return self.unsent().filter(kept_until__lte=horizon, warned_at__isnull=True).exclude(email="")

    def outlived(self, now: datetime, *, warned_by: datetime) -> Self:
        """Unsent drafts whose time is over; with an address only when their owner was warned in time."""
        return self.unsent().filter(Q(email="") | Q(warned_at__lte=warned_by), kept_until__lte=now)
