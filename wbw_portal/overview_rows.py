"""What stands on Mijn overzicht, whatever programme it comes from."""

from dataclasses import dataclass, field
from datetime import date

from initiatives.ways import Way


@dataclass(frozen=True)
class Waiting:
    """Something that the resident has to do, where, and before when if there is a last day."""

    title: str
    text: str
    button: str
    url: str
    due_on: date | None = None


@dataclass(frozen=True)
class Case:
    """A plan or application in the list: how it stands in public words, and what comes next."""

    title: str
    reference: str
    status: str
    status_label: str
    next: str
    url: str
    kind: str = ""
    ways: list[Way] = field(default_factory=list)
