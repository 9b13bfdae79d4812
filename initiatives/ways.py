"""What other programmes offer to the initiator of a plan; each adds its own in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from initiatives.models import Initiative


@dataclass(frozen=True)
class Way:
    """Something that can be done next with a plan, and where."""

    label: str
    url: str


WAYS_ON: list[Callable[[Initiative], Iterable[Way]]] = []


def ways_on(initiative: Initiative) -> list[Way]:
    """Everything that is offered for this plan."""
    return [way for offer in WAYS_ON for way in offer(initiative)]
