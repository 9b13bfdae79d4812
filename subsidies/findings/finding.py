"""What a finding is."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much attention a finding asks for."""

    FINE = "fine"
    QUESTION = "question"
    AGAINST = "against"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what about, what was found, and how much attention it asks for."""

    subject: str
    text: str
    level: Level
