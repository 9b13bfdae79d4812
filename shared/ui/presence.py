"""Who else is looking at a case: a warning, never a lock. Nobody is kept from working when the cache is away."""

import time
from typing import Any, Protocol

from django.core.cache import cache
from django.db import models

# After this long without opening a page somebody is thought to have gone.
GONE_AFTER = 10 * 60


class Person(Protocol):
    """A colleague."""

    pk: Any


def mark(case: models.Model, user: Person) -> None:
    """This person has the case open now."""
    present = _present(case)
    present[user.pk] = (str(user), time.time())
    cache.set(_key(case), present, GONE_AFTER)


def others(case: models.Model, user: Person) -> list[str]:
    """The names of the others who have the case open."""
    return [name for pk, (name, _since) in _present(case).items() if pk != user.pk]


def _present(case: models.Model) -> dict[int, tuple[str, float]]:
    found: dict[int, tuple[str, float]] = cache.get(_key(case)) or {}
    return {pk: entry for pk, entry in found.items() if time.time() - entry[1] < GONE_AFTER}


def _key(case: models.Model) -> str:
    return f"open:{case._meta.label_lower}:{case.pk}"
