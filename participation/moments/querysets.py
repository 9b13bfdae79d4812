"""Which moments, sign-ups and contributions: chainable reads, each named for its purpose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from participation.models import Project
from participation.moments.enums import PUBLIC, ContributionStatus, SignUpStatus, Status
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User


class MomentQuerySet(LifecycleQuerySet):
    """Reads of moments."""

    def visible_to(self, user: User) -> Self:
        """The moments of the projects that this member of staff may read."""
        return self.filter(project__in=Project.objects.visible_to(user).values("pk"))

    def public(self) -> Self:
        """What everybody may read."""
        return self.filter(status__in=PUBLIC, project__published_at__isnull=False)

    def coming(self, now: datetime | None = None) -> Self:
        """What people can still come to or take part in, the first one first."""
        now = now or timezone.now()
        still = Q(ends_at__gte=now) | Q(contributions_until__gte=now)
        return self.filter(still, status=Status.ANNOUNCED).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> Self:
        """It was announced and its time is over; nobody wrote down yet that it took place."""
        return self.filter(status=Status.ANNOUNCED, ends_at__lte=now or timezone.now())

    def awaiting_feedback(self, now: datetime | None = None) -> Self:
        """It took place, and people do not know yet what was done with what they said."""
        took_place = Q(status=Status.HELD) | Q(status=Status.ANNOUNCED, ends_at__lte=now or timezone.now())
        return self.filter(took_place, feedback__isnull=True)

    def to_forget(self, before: datetime) -> Self:
        """Their feedback was sent before this moment, and names and addresses are still there."""
        done = Q(feedback__sent_at__lt=before) | Q(status=Status.CANCELLED, changed_at__lt=before)
        return self.filter(done, people_forgotten_at__isnull=True)


class SignUpQuerySet(models.QuerySet):
    """Reads of sign-ups."""

    def placed(self) -> Self:
        """Who has a place."""
        return self.filter(status=SignUpStatus.PLACED)

    def waiting(self) -> Self:
        """Who waits for a place, the first one first."""
        return self.filter(status=SignUpStatus.WAITING).order_by("waiting_since", "pk")

    def of_email(self, email: str) -> Self:
        """Confirmed sign-ups under this address."""
        active = [SignUpStatus.PLACED, SignUpStatus.WAITING]
        return self.filter(email__iexact=email, status__in=active)

    def unconfirmed_since(self, moment: datetime) -> Self:
        """Nobody opened the link."""
        return self.filter(status=SignUpStatus.ASKED, asked_at__lt=moment)

    def to_remind(self, now: datetime, days: int) -> Self:
        """Has a place at a moment that is near, an address, and was not reminded yet."""
        near = Q(moment__starts_at__gt=now, moment__starts_at__lte=now + timedelta(days=days))
        return self.placed().filter(near, moment__status=Status.ANNOUNCED, reminded_at__isnull=True).exclude(email="")


class ContributionQuerySet(models.QuerySet):
    """Reads of contributions."""

    def visible(self) -> Self:
        """What everybody may read, the newest first."""
        return self.filter(status=ContributionStatus.VISIBLE).exclude(text="").order_by("-sent_at", "-pk")

    def pending(self) -> Self:
        """What somebody has still to look at, the oldest first."""
        return self.filter(status=ContributionStatus.PENDING).order_by("sent_at", "pk")

    def of_email(self, email: str) -> Self:
        """Contributions sent with this address, once confirmed."""
        return self.filter(email__iexact=email, email_confirmed_at__isnull=False)
