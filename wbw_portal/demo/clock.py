"""Another time for the demonstration: its plans were not all brought in today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone

FIRST_HOUR, LAST_HOUR = 9, 17


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the portal take this moment for now. Only for invented data: it changes the clock of the whole process."""
    real = timezone.now
    stamped = [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.has_default() and field.default is real
    ]
    timezone.now = lambda: moment
    for field in stamped:
        # Where a field keeps the function that gives its default.
        field.__dict__["_get_default"] = timezone.now
    try:
        yield
    finally:
        timezone.now = real
        for field in stamped:
            del field.__dict__["_get_default"]


def in_office_hours(moment: datetime) -> datetime:
    """The same moment, or the first one after it at which somebody is at work."""
    local = timezone.localtime(moment)
    if local.hour >= LAST_HOUR:
        local = (local + timedelta(days=1)).replace(hour=FIRST_HOUR)
    if local.hour < FIRST_HOUR:
        local = local.replace(hour=FIRST_HOUR)
    return local + timedelta(days=max(0, 7 - local.weekday())) if local.weekday() > 4 else local
