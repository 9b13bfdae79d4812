"""What the start page is made of: lists of cases, each case with its date and its next step."""

from dataclasses import dataclass

from django.utils.functional import Promise

from initiatives.models import Initiative
from initiatives.worklist import Due
from subsidies.models import Application

# A longer list is no work for a day; the rest is in the work list.
MOST_ROWS = 25


@dataclass(frozen=True)
class Action:
    """The next step of a row: a link, or a button that does it at once."""

    label: str | Promise
    url: str
    posts: bool = False
    version: int = 0
    to: int | None = None


@dataclass(frozen=True)
class Row:
    """A case on the start page."""

    case: Initiative | Application
    due: Due
    url: str
    actions: tuple[Action, ...]
    away: str = ""


@dataclass(frozen=True)
class Part:
    """A list with a heading; `more_url` leads to all of it."""

    name: str
    heading: str
    empty: str
    rows: tuple[Row, ...]
    total: int
    more_url: str = ""
