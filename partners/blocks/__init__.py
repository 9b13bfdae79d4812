"""What stands on the partner's own start page: each subject adds its block in `AppConfig.ready`.

A block is a function of who looks and in which wijken they act; it answers None when it has nothing to say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.accounts.models import User
from shared.wijken.models import Wijk


@dataclass(frozen=True)
class Block:
    """A part of the start page; `template` is included with `context` as its only variables."""

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    # Low stands first: 10 what waits for me, 50 what I do myself, 90 to read.
    position: int = 50


BLOCKS: list[Callable[[User, list[Wijk]], Block | None]] = []


def blocks_for(user: User, wijken: list[Wijk]) -> list[Block]:
    """The blocks that have something to say to this person, in order."""
    found = [block for make in BLOCKS if (block := make(user, wijken))]
    return sorted(found, key=lambda block: block.position)
