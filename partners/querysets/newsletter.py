"""Reads of the letters of wijken and of what was told in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from partners.enums.newsletter import LetterStatus
from shared.accounts.policies import wijken_of
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User
    from shared.wijken.models import Wijk


class NewsletterQuerySet(LifecycleQuerySet):
    """Letters."""

    def concepts(self) -> Self:
        """Not sent yet."""
        return self.filter(status=LetterStatus.CONCEPT)

    def sent(self) -> Self:
        """What readers got, the newest first."""
        return self.filter(status=LetterStatus.SENT).order_by("-sent_at", "-pk")

    def to_hand_over(self) -> Self:
        """Sent, and not yet on its way to every reader."""
        return self.sent().filter(handed_over_at__isnull=True)

    def reviewable_by(self, user: User) -> Self:
        """Those of the wijken of this coordinator; for the functional manager all."""
        return self.filter(wijk__in=wijken_of(user))


class ToldQuerySet(models.QuerySet):
    """What stood in letters."""

    def keys(self, wijk: Wijk, rhythm: str) -> set[str]:
        """What readers of this letter know already, or what was left out for them."""
        found = self.filter(wijk=wijk, rhythm=rhythm).order_by().values_list("key", flat=True)
        return set(found)

    def shown(self) -> Self:
        """What was really told."""
        return self.filter(left_out=False)
