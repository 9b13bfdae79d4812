"""The trail of a case as staff read it: what, who, when, and which values changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from shared.audit.models import Event

READ = "audit.read"
# What a page shows at once; a case that runs for years has many steps more.
SHOWN_AT_ONCE = 8


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

    @property
    def newest(self) -> tuple[Entry, ...]:
        """What a page shows at once."""
        return self.entries[:SHOWN_AT_ONCE]

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """What a page shows when somebody asks for it."""
        return self.entries[SHOWN_AT_ONCE:]


def history(case: models.Model, *, leave_out: Collection[str] = ()) -> History:
    """Read the trail of this case, in one query; `leave_out` names the actions that its page shows in another way."""
    events = list(Event.objects.about(case))
    return History(
        entries=tuple(_entry(event, type(case)) for event in events if event.action not in (READ, *leave_out)),
        reads=tuple(event for event in events if event.action == READ),
    )


def changes_of(event: Event) -> tuple[Change, ...]:
    """What one event changed, with the names of the screens; of a subject that is no more, those of its columns."""
    try:
        model: type[models.Model] = apps.get_model(event.subject_type)
    except (LookupError, ValueError):
        model = Event
    return tuple(_changes(event, model))


def _entry(event: Event, model: type[models.Model]) -> Entry:
    return Entry(
        label=event.action_label,
        text=event.text,
        who=event.actor_label or _("het portaal of de indiener"),
        when=event.occurred_at,
        visibility=event.get_visibility_display(),
        changes=tuple(_changes(event, model)),
    )


def _changes(event: Event, model: type[models.Model]) -> Iterable[Change]:
    for name in {**event.old, **event.new}:
        yield Change(_field_label(name, model), _words(event.old.get(name), model), _words(event.new.get(name), model))


def _field_label(name: str, model: type[models.Model]) -> str:
    if name == "reason":
        return _("Reden")
    if name == "fields":
        return _("Gewijzigd")
    try:
        return capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name)))
    except FieldDoesNotExist:
        return name


def _words(value: object, model: type[models.Model]) -> str:
    if isinstance(value, list):
        return ", ".join(_field_label(str(item), model) for item in value)
    return "" if value is None else str(value)
