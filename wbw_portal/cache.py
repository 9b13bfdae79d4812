"""The Redis cache, without which everything still works."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# So long nobody waits for a Redis that did not answer.
PAUSE_SECONDS = 1.0


class SharedClient(RedisCacheClient):
    """One client for all commands: Django makes a new one each time, which takes as long as the command itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._made: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        """The client for reading or for writing; its pool may be used by several threads."""
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class FailSoftRedisCache(RedisCache):
    """A Redis that is away is an empty cache: nothing is found, nothing is kept, and no page fails."""

    _away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedClient

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Find nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Find nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Find nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).has_key(key, version), False)

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        """Keep nothing when Redis is away."""
        self._try(lambda: super(FailSoftRedisCache, self).set(key, value, *args, **options), None)

    def set_many(self, data: dict[Any, Any], *args: Any, **options: Any) -> list[Any]:
        """Keep nothing when Redis is away, and say so."""
        return self._try(lambda: super(FailSoftRedisCache, self).set_many(data, *args, **options), list(data))

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        """Say yes when Redis is away: who asks for a lock would otherwise wait for it."""
        return self._try(lambda: super(FailSoftRedisCache, self).add(key, value, *args, **options), True)

    def touch(self, key: Any, *args: Any, **options: Any) -> bool:
        """Find nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).touch(key, *args, **options), False)

    # These make an old value disappear, so they are tried even when Redis did not answer a moment ago.

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count from nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).incr(key, delta, version), delta, insist=True)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Find nothing when Redis is away."""
        return self._try(lambda: super(FailSoftRedisCache, self).delete(key, version), False, insist=True)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        """Find nothing when Redis is away."""
        self._try(lambda: super(FailSoftRedisCache, self).delete_many(keys, version), None, insist=True)

    def clear(self) -> bool:
        """Find nothing when Redis is away."""
        return self._try(super().clear, False, insist=True)

    @classmethod
    def _try(cls, command: Callable[[], Any], otherwise: Any, *, insist: bool = False) -> Any:
        if not insist and time.monotonic() < cls._away_until:
            return otherwise
        try:
            return command()
        except RedisError as error:
            FailSoftRedisCache._away_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis did not answer (%s); going on without the cache.", type(error).__name__)
            return otherwise
