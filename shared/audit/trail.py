"""Write down what happened, in the transaction of the step itself: both are saved, or neither."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models
from django.utils import translation
from django.utils.functional import Promise

from shared.audit.enums import Visibility
from shared.audit.models import Event
from shared.audit.querysets import subject_key
from shared.audit.request import request_id

LABEL_LENGTH = 200


class Actor(Protocol):
    """Who acts: a user of the portal."""

    pk: Any


def record(
    action: str,
    *,
    subject: models.Model | type[models.Model],
    by: Actor | None = None,
    who: str = "",
    visibility: Visibility = Visibility.STAFF,
    text: str | Promise = "",
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    channel: str = "",
) -> Event:
    """Add an event; `by` is empty when the portal itself acts. The words are frozen in Dutch as they read today.

    `who` names somebody without an account, who is not the resident either: an adviser with a link.
    Of `old` and `new` only the fields that differ are kept.
    """
    before, after = _changed(old or {}, new or {})
    subject_type, subject_id = subject_key(subject)
    with translation.override("nl"):
        return Event.objects.create(
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            subject_label=_label(subject),
            actor_id=by.pk if by else None,
            actor_label=(_name(by) or who)[:LABEL_LENGTH],
            text=str(text),
            old=before,
            new=after,
            visibility=visibility,
            channel=channel,
            request_id=request_id.get(),
        )


def record_read(subject: models.Model | type[models.Model], *, by: Actor, text: str | Promise = "") -> Event:
    """Staff opened a page with personal data."""
    return record("audit.read", subject=subject, by=by, text=text)


def record_export(
    listed: type[models.Model],
    *,
    by: Actor,
    rows: int,
    filters: Mapping[str, Any],
    fields: list[str],
) -> Event:
    """Staff took a list out of the portal: how many rows, chosen how, with which columns."""
    return record(
        "audit.exported",
        subject=listed,
        by=by,
        new={"rows": rows, "filters": filters, "fields": fields},
    )


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in {**old, **new} if (name in old, old.get(name)) != (name in new, new.get(name))]
    return {n: old[n] for n in names if n in old}, {n: new[n] for n in names if n in new}


def _label(subject: models.Model | type[models.Model]) -> str:
    label = str(subject) if isinstance(subject, models.Model) else str(subject._meta.verbose_name_plural)
    return label[:LABEL_LENGTH]


def _name(by: Actor | None) -> str:
    if by is None:
        return ""
    return str(getattr(by, "name", "") or by)
