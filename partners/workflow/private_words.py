"""Take personal data out of words that people work with: the words are replaced, and every older copy is erased."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from partners.models import Finding, JointAction, Listing, Match, Signal, Walk
from shared.audit import trail
from shared.audit.erasing import erasing
from shared.audit.models import Event
from shared.audit.trail import LABEL_LENGTH
from shared.lifecycle import Lifecycle
from shared.notifications import delivery
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.ui import page_cache

# The words that people typed, by what they are about.
WORDS: dict[type[Lifecycle], tuple[str, ...]] = {
    Signal: ("title", "text", "place", "outcome", "public_text"),
    JointAction: ("title", "goal", "result", "stop_reason"),
    Walk: ("title", "gather_at", "route", "summary"),
    Finding: ("text", "place", "result"),
    Listing: ("title", "what", "amount", "place", "conditions"),
    Match: ("result",),
}


@transaction.atomic
def take_out(thing: Lifecycle, words: Mapping[str, str], *, by: Any, version: int | None = None) -> None:
    """Put these words in the place of the old ones; letters and events forget what they said.

    Raises:
        StaleVersion: somebody changed it after this person saw it.
    """
    kept = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    kept.check_version(version)
    old = {name: getattr(kept, name) for name in WORDS[type(thing)]}
    changed = {name: words[name] for name in old if name in words and words[name] != old[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save(update_fields=[*changed, "version"])

    _forget_letters(kept, [old[name] for name in changed if old[name]])
    with erasing():
        Event.objects.about(kept).update(text="", old={}, new={}, subject_label=str(kept)[:LABEL_LENGTH])
    trail.record("partners.words_taken_out", subject=kept, by=by, text=", ".join(sorted(_labels(kept, changed))))
    page_cache.touch()


def _forget_letters(thing: Lifecycle, gone: list[str]) -> None:
    """Erase every letter in which one of these texts stands; one that waits does not leave any more."""
    said = Q()
    for text in gone:
        said |= Q(subject__contains=text) | Q(text__contains=text)
    about = OutboxMessage.objects.none()
    for subject in _written_about(thing):
        about |= OutboxMessage.objects.about(subject)
    for message in about.filter(said, erased_at__isnull=True).select_for_update(of=("self",)) if gone else []:
        if message.status in (MessageStatus.PENDING, MessageStatus.FAILED):
            message.status = MessageStatus.CANCELLED
            message.save(update_fields=["status"])
        delivery.erase(message)


def _written_about(thing: Lifecycle) -> list[models.Model]:
    """What the letters with these words are about."""
    if isinstance(thing, Finding):
        return [thing.walk]
    if isinstance(thing, Listing):
        return list(Match.objects.filter(Q(offer=thing) | Q(need=thing)))
    return [thing]


def _labels(thing: Lifecycle, names: Mapping[str, str]) -> list[str]:
    return [str(thing._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
