"""Which initiatives: chainable reads, each named for its purpose."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from initiatives.enums import UNANSWERED, InvolvementKind, Status
from initiatives.rules import fold
from shared.accounts.enums import Role
from shared.accounts.policies import has_role, wijken_of
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User

# Below this likeness a plan is not worth mentioning as a look-alike.
LOOKALIKE = 0.35


class InitiativeQuerySet(LifecycleQuerySet):
    """Reads of initiatives."""

    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(published_at__isnull=False)

    def reviewable_by(self, user: User) -> Self:
        """The plans in the wijken of this coordinator, and those that were assigned to them; for the manager all."""
        if has_role(user, Role.FUNCTIONAL_MANAGER):
            return self.all()
        return self.filter(Q(wijk__in=wijken_of(user)) | Q(owner=user))

    def of_resident(self, user: User) -> Self:
        """The plans that this person brought."""
        return self.filter(initiator=user).exclude(status=Status.SPAM)

    def unanswered(self) -> Self:
        """Plans without a first answer, of which a promise runs."""
        return self.filter(status__in=UNANSWERED, answered_at__isnull=True, respond_by__isnull=False)

    def late(self, today: date) -> Self:
        """Plans whose promised day has passed without a first answer."""
        return self.unanswered().filter(respond_by__lt=today)

    def search(self, text: str) -> Self:
        """Published plans about these words, best first; forgives typing errors and half words."""
        words = fold(text)
        query = SearchQuery(words, config="dutch", search_type="websearch")
        likeness = TrigramWordSimilarity(words, "search_text")
        return (
            self.annotate(likeness=likeness, rank=SearchRank(F("search"), query))
            .filter(Q(search=query) | Q(search_text__trigram_word_similar=words))
            .annotate(score=Coalesce(F("rank"), 0.0) * 2 + F("likeness"))
            .order_by("-score", "-published_at", "-pk")
        )

    def lookalikes(self, title: str, *, wijk_id: int | None = None) -> Self:
        """Published plans that look like this title, those in the same wijk first; at most three."""
        words = fold(title)
        nearby = models.Case(
            models.When(wijk_id=wijk_id, then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return (
            self.published()
            .exclude(
                status__in=[
                    Status.DECLINED,
                    Status.WITHDRAWN,
                    Status.MERGED,
                    Status.PASSED_ON,
                ]
            )
            .annotate(
                likeness=TrigramWordSimilarity(words, "search_text"),
                nearby=nearby,
            )
            .filter(likeness__gte=LOOKALIKE)
            .order_by("nearby", "-likeness", "pk")[:3]
        )


class InvolvementQuerySet(models.QuerySet):
    """Reads of neighbours around plans."""

    def active(self) -> Self:
        """Confirmed and not stopped."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def followers(self) -> Self:
        """Who wants to hear how it goes: everyone who follows, joins or supports."""
        return self.active()

    def joiners(self) -> Self:
        """Who takes part."""
        return self.active().filter(kind=InvolvementKind.JOIN)


class DraftQuerySet(models.QuerySet):
    """Reads of unsent plans."""

    def unsent(self) -> Self:
        """Drafts that can still be continued."""
        return self.filter(initiative__isnull=True)

    def idle(self, now: datetime) -> Self:
        """Unsent answers that nobody asked to keep and nobody came back to."""
        return self.unsent().filter(idle_until__lte=now)

    def of_email(self, email: str) -> Self:
        """Unsent drafts under this address."""
        return self.unsent().filter(email__iexact=email)

    def untouched_since(self, moment: datetime) -> Self:
        """Unsent drafts that were last saved before the moment."""
        return self.unsent().filter(saved_at__lt=moment)
