"""The trail of a case as staff read it: what, who, when, and which values changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from shared.audit.models import Event

READ = "audit.read"


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One event on the timeline."""

    label: str
    text: str
    who: str
    when: datetime
    visibility: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """Everything that happened, newest first; `reads` is who looked at the personal data, apart."""

    entries: tuple[Entry, ...]
    reads: tuple[Event, ...]


def history(case: Initiative) -> History:
    """Read the trail of this case, in one query."""
    events = list(Event.objects.about(case))
    return History(
        entries=tuple(_entry(event) for event in events if event.action != READ),
        reads=tuple(event for event in events if event.action == READ),
    )


def _entry(event: Event) -> Entry:
    return Entry(
        label=event.action_label,
        text=event.text,
        who=event.actor_label or _("het portaal of de indiener"),
        when=event.occurred_at,
        visibility=event.get_visibility_display(),
        changes=tuple(_changes(event)),
    )


def _changes(event: Event) -> Iterable[Change]:
    for name in {**event.old, **event.new}:
        yield Change(_field_label(name), _words(event.old.get(name)), _words(event.new.get(name)))


def _field_label(name: str) -> str:
    if name == "reason":
        return _("Reden")
    if name == "fields":
        return _("Gewijzigd")
    try:
        return capfirst(str(Initiative._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return name


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_field_label(str(item)) for item in value)
    return "" if value is None else str(value)
