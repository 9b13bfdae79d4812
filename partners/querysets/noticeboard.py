"""Reads of the noticeboard."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest

if TYPE_CHECKING:
    from shared.accounts.models import User
    from shared.wijken.models import Wijk
    from shared.wijken.querysets import AreaQuerySet


class NoticeQuerySet(models.QuerySet):
    """Reads of messages and their replies."""

    def within(self, wijken: AreaQuerySet | list[Wijk]) -> Self:
        """Those of these wijken."""
        return self.filter(wijk__in=wijken)

    def threads(self) -> Self:
        """The messages that are no reply."""
        return self.filter(parent__isnull=True)

    def standing(self) -> Self:
        """Not taken down."""
        return self.filter(removed_at__isnull=True)

    def unread_by(self, user: User) -> Self:
        """Messages and replies of others that this person has not read."""
        return self.standing().exclude(author=user).exclude(readings__user=user)

    def with_state_for(self, user: User) -> Self:
        """Threads with how many messages in them this person did not read, and when the last one came."""
        every = type(self)(self.model)
        replies = every.standing().filter(parent=OuterRef("pk")).order_by()
        unread_replies = every.unread_by(user).filter(parent=OuterRef("pk")).order_by()
        own_unread = every.unread_by(user).filter(pk=OuterRef("pk"))
        return self.annotate(
            replies_count=_number(replies),
            unread_replies=_number(unread_replies),
            is_unread=Exists(own_unread),
            last_at=Greatest(
                F("posted_at"),
                Coalesce(
                    models.Subquery(replies.values("parent").annotate(m=Max("posted_at")).values("m")), "posted_at"
                ),
            ),
        )

    def unread_first(self, today: date) -> Self:
        """What is new on top, then by the last message; what no longer holds comes last."""
        place = models.Case(
            models.When(until_on__lt=today, then=Value(2)),
            models.When(Q(is_unread=True) | Q(unread_replies__gt=0), then=Value(0)),
            default=Value(1),
        )
        return self.annotate(place=place).order_by("place", "-last_at", "-pk")

    def older_than(self, moment: datetime) -> Self:
        """What was written before this moment."""
        return self.filter(posted_at__lt=moment)


def _number(notices: models.QuerySet) -> Coalesce:
    counted = notices.values("parent").annotate(n=Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0, output_field=models.IntegerField())
