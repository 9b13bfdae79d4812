"""Copies of words that people typed: in letters, in digests, in the letter of a wijk and in the trail."""

from django.db import models
from django.db.models import Q

from partners.models import Finding, JointAction, Listing, Match, Told
from partners.workflow import need_news
from shared.audit.erasing import erasing
from shared.audit.models import Event
from shared.audit.trail import LABEL_LENGTH
from shared.lifecycle import Lifecycle
from shared.notifications import delivery
from shared.notifications.enums import MessageStatus
from shared.notifications.models import DigestItem, OutboxMessage
from shared.notifications.querysets import OutboxQuerySet

# The words that the letter of a wijk tells.
TOLD_WORDS = ("title", "amount", "goal", "result")


def forget(thing: Lifecycle, gone: dict[str, str]) -> None:
    """Let no copy say these old words of this thing any more, by column; what waits does not leave any more."""
    words = [text for text in gone.values() if text]
    lines = _told(thing) if any(name in TOLD_WORDS for name in gone) else Told.objects.none()
    said = [*words, *(text for line in lines for text in (line.title, line.detail) if text)]
    _forget_letters(_letters(thing, lines), said)
    # On the website too: what a letter of the wijk told, it tells now as it stands.
    lines.update(title=str(thing)[: Told._meta.get_field("title").max_length], detail="")
    if isinstance(thing, Listing):
        need_news.reword(thing)
    with erasing():
        Event.objects.about(thing).update(text="", old={}, new={}, subject_label=str(thing)[:LABEL_LENGTH])
        for match in _matches(thing):
            Event.objects.about(match).update(subject_label=str(match)[:LABEL_LENGTH])


def _told(thing: Lifecycle) -> models.QuerySet[Told]:
    keys: dict[type[Lifecycle], Q] = {
        Listing: Q(key=f"need:{thing.pk}"),
        JointAction: Q(key=f"action:{thing.pk}") | Q(key__startswith=f"agenda:actie-{thing.pk}:"),
    }
    return Told.objects.filter(keys[type(thing)]) if type(thing) in keys else Told.objects.none()


def _letters(thing: Lifecycle, lines: models.QuerySet[Told]) -> OutboxQuerySet:
    """Every letter that may have told of it."""
    found: OutboxQuerySet = OutboxMessage.objects.none()
    for subject in _written_about(thing):
        found |= OutboxMessage.objects.about(subject)
    if isinstance(thing, Listing):
        items = DigestItem.objects.filter(key=need_news.key_of(thing))
        found |= OutboxMessage.objects.filter(pk__in=items.values("message"))
    for newsletter in {line.newsletter_id for line in lines}:
        found |= OutboxMessage.objects.filter(key__startswith=f"newsletter:{newsletter}:")
    return found


def _forget_letters(letters: OutboxQuerySet, said: list[str]) -> None:
    condition = Q()
    for text in said:
        condition |= Q(subject__contains=text) | Q(text__contains=text)
    # Without any old words there is nothing to look for.
    found = letters.filter(condition, erased_at__isnull=True) if said else letters.none()
    for message in found.select_for_update(of=("self",)):
        if message.status in (MessageStatus.PENDING, MessageStatus.FAILED):
            message.status = MessageStatus.CANCELLED
            message.save(update_fields=["status"])
        delivery.erase(message)


def _written_about(thing: Lifecycle) -> list[models.Model]:
    """What the letters with these words are about."""
    if isinstance(thing, Finding):
        return [thing.walk]
    return list(_matches(thing)) if isinstance(thing, Listing) else [thing]


def _matches(thing: Lifecycle) -> list[Match]:
    if not isinstance(thing, Listing):
        return []
    return list(Match.objects.filter(Q(offer=thing) | Q(need=thing)).select_related("offer", "need"))
