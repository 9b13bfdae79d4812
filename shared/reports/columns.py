"""What a report is: declared columns over a queryset, and who may take it out of the house."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any, Self, TypeAlias
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.functional import Promise

from shared.accounts.models import User

# Rows that travel from the database at a time: enough to be fast, few enough to stay small.
ROWS_AT_A_TIME = 2_000

Text: TypeAlias = str | Promise
Filters: TypeAlias = dict[str, str]


class Kind(Enum):
    """What a cell holds; the writers give each kind its notation."""

    TEXT = "text"
    INTEGER = "integer"
    EURO = "euro"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One column of a report.

    `source` is a name for `values_list()` or an expression; `labels` turns stored values (one, or a list of them)
    into words; `covers` names the model's fields that this column shows, when the source does not say so itself.
    """

    key: str
    heading: Text
    source: str | Combinable = ""
    kind: Kind = Kind.TEXT
    personal: bool = False
    labels: Mapping[Any, Text] | None = None
    covers: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The model's fields that are shown here."""
        if self.covers or not isinstance(self.source, str):
            return self.covers
        return ((self.source or self.key).split("__")[0],)

    def only_where(self, scope: Q) -> Self:
        """The same column, empty in records outside the scope."""
        source = F(self.source or self.key) if isinstance(self.source, str) else self.source
        return replace(self, source=Case(When(scope, then=source)), covers=self.fields)


@dataclass(frozen=True)
class Report:
    """A table that staff may export.

    `rows` finds the records for a person and the filters on the screen; `read_filters` keeps what it understands of
    a query string; `personal_scope` says in which records a person may see the personal columns (None: those columns
    are left out altogether); the words of `free_text` filters stay out of the trail, because they may be somebody's
    name; `not_exported` says per field of the model why it is no column.
    """

    name: str
    title: Text
    model: type[models.Model]
    columns: tuple[Column, ...]
    rows: Callable[[User, Filters], models.QuerySet[Any]]
    read_filters: Callable[[QueryDict], Filters]
    may_export: Callable[[User], bool]
    personal_scope: Callable[[User], Q | None]
    free_text: frozenset[str] = frozenset({"zoek"})
    not_exported: Mapping[str, str] = field(default_factory=dict)

    def columns_for(self, user: User) -> tuple[Column, ...]:
        """The columns that this person may see."""
        scope = self.personal_scope(user)
        if scope is None:
            return tuple(column for column in self.columns if not column.personal)
        return tuple(column.only_where(scope) if column.personal else column for column in self.columns)

    def forgotten_fields(self) -> set[str]:
        """Fields that are neither in the export nor on the list of fields left out: a new field must choose."""
        names = {item.name for item in self.model._meta.get_fields() if not item.auto_created or item.concrete}
        shown = {name for column in self.columns for name in column.fields}
        return names - shown - self.not_exported.keys()


def values(rows: models.QuerySet[Any], columns: tuple[Column, ...]) -> Iterator[tuple[Any, ...]]:
    """Read the columns with a server-side cursor: never the whole list in memory."""
    expressions = {f"column_{c.key}": c.source for c in columns if not isinstance(c.source, str)}
    names = [(c.source or c.key) if isinstance(c.source, str) else f"column_{c.key}" for c in columns]
    return rows.annotate(**expressions).values_list(*names).iterator(chunk_size=ROWS_AT_A_TIME)


def worded(column: Column) -> Callable[[Any], Any]:
    """A function that gives a cell its words and its time zone; kinds and nothing stay what they are."""
    if column.labels is not None:
        return _Labels({value: str(label) for value, label in column.labels.items()})
    if column.kind is Kind.DATETIME:
        return _local
    if column.kind is Kind.TEXT:
        return _text
    return _same


class _Labels:
    def __init__(self, labels: dict[Any, str]) -> None:
        self.labels = labels

    def __call__(self, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self.labels.get(item, str(item)) for item in value)
        return self.labels.get(value, "" if value is None else str(value))


def _local(value: datetime | None) -> datetime | None:
    return value and value.astimezone(_ZONE)


def _text(value: Any) -> str:
    if value.__class__ is str:
        return value  # type: ignore[no-any-return]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _same(value: Any) -> Any:
    return value


_ZONE = ZoneInfo(settings.TIME_ZONE)
