"""What other programmes show on the pages of a plan; each adds its own in `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from initiatives.models import Initiative


@dataclass(frozen=True)
class Part:
    """A part of a page; `template` is included with `part` as its only variable."""

    template: str
    context: Mapping[str, Any]


# On the page that everybody reads: nothing personal.
PUBLIC_PARTS: list[Callable[[Initiative], Part | None]] = []
# On the file page of who reviews.
FILE_PARTS: list[Callable[[Initiative], Part | None]] = []


def public_parts(initiative: Initiative) -> list[Part]:
    """Everything that other programmes have to say to the public about this plan."""
    return [part for make in PUBLIC_PARTS if (part := make(initiative))]


def file_parts(initiative: Initiative) -> list[Part]:
    """Everything that other programmes show to who reviews this plan."""
    return [part for make in FILE_PARTS if (part := make(initiative))]
