"""The stage of the demonstration: every story takes its steps in the order of the calendar, as real cases do."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

from wbw_portal.demo.clock import clock_at

# A story: gives the moment of its next step, and takes that step when it is asked to go on.
Play = Iterator[datetime]


def perform(plays: Iterable[Play], now: datetime) -> None:
    """Let every play take its steps, the earliest first; what would lie in the future has not happened yet."""
    waiting: list[tuple[datetime, int, Play]] = []
    for number, play in enumerate(plays):
        _wait(waiting, number, play)
    while waiting:
        moment, number, play = heappop(waiting)
        if moment >= now:
            break
        with clock_at(moment):
            _wait(waiting, number, play, not_before=moment)


def _wait(
    waiting: list[tuple[datetime, int, Play]], number: int, play: Play, not_before: datetime | None = None
) -> None:
    moment = next(play, None)
    if moment is not None:
        heappush(waiting, (max(moment, not_before or moment), number, play))
