"""What the municipality does near a plan ("Riolering Veersedijk, mei 2027"); other programmes add theirs in `ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared.wijken.models import Wijk


@dataclass(frozen=True)
class Nearby:
    """Something that everybody may read about, in one line."""

    title: str
    text: str
    url: str


NEARBY: list[Callable[[Wijk], Iterable[Nearby]]] = []


def municipality_near(wijk: Wijk) -> list[Nearby]:
    """Everything that is known to happen in this wijk."""
    return [found for look in NEARBY for found in look(wijk)]
