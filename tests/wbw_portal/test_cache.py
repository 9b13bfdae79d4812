"""The cache when Redis is away."""

import pytest

from wbw_portal.cache import FailSoftRedisCache


@pytest.fixture
def away(monkeypatch):
    monkeypatch.setattr(FailSoftRedisCache, "_away_until", 0.0)
    return FailSoftRedisCache("unix:///nowhere/redis.sock", {"KEY_PREFIX": "away"})


def test_nothing_is_found_and_nothing_fails(away):
    away.set("a", 1)

    assert away.get("a", "default") == "default"
    assert away.get_many(["a"]) == {}
    assert "a" not in away
    assert away.set_many({"a": 1}) == ["a"]
    assert away.delete("a") is False
    assert away.touch("a") is False
    assert away.get_or_set("a", lambda: 3) == 3
    assert away.incr("a") == 1


def test_who_asks_for_a_lock_gets_it(away):
    assert away.add("lock", 1) is True


def test_after_a_failure_nobody_waits_for_redis_for_a_while(away, caplog):
    for _ in range(5):
        away.get("a")

    assert len(caplog.records) == 1


def test_what_makes_old_values_disappear_is_always_tried(away, caplog):
    away.get("a")
    away.delete("a")

    assert len(caplog.records) == 2
