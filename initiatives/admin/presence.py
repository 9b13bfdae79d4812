"""Who else is looking at a case: a warning, never a lock. Nobody is kept from working when the cache is away."""

import time

from django.core.cache import cache

from initiatives.models import Initiative
from shared.accounts.models import User

# After this long without opening a page somebody is thought to have gone.
GONE_AFTER = 10 * 60


def mark(case: Initiative, user: User) -> None:
    """This person has the case open now."""
    present = _present(case)
    present[user.pk] = (str(user), time.time())
    cache.set(_key(case), present, GONE_AFTER)


def others(case: Initiative, user: User) -> list[str]:
    """The names of the others who have the case open."""
    return [name for pk, (name, _since) in _present(case).items() if pk != user.pk]


def _present(case: Initiative) -> dict[int, tuple[str, float]]:
    found: dict[int, tuple[str, float]] = cache.get(_key(case)) or {}
    return {pk: entry for pk, entry in found.items() if time.time() - entry[1] < GONE_AFTER}


def _key(case: Initiative) -> str:
    return f"initiatives:open:{case.pk}"
