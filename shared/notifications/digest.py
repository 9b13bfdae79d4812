"""Everything that is not for you at once, in one message a day or a week: grouped, newest first, never empty."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from shared.links import absolute, read, sign
from shared.notifications import compose, outbox
from shared.notifications.compose import Letter
from shared.notifications.enums import OWN_RHYTHM, Frequency, category_label
from shared.notifications.models import DigestItem, OutboxMessage, Subscription
from shared.terms.calendar import AMSTERDAM

CATEGORY = "digest"
UNSUBSCRIBE = "notifications.unsubscribe"
FREQUENCY = "notifications.frequency"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Group:
    """The news of one category."""

    label: str
    items: list[DigestItem]


# --- Who wants what --------------------------------------------------------------------------------------------------


def subscribe(
    email: str,
    *,
    category: str = "",
    about: models.Model | None = None,
    frequency: str = "",
    confirmed: bool = False,
) -> Subscription:
    """Follow one record, or a whole category; asked again after an unsubscription it starts afresh.

    Without a frequency what the reader chose before stays; who never chose gets it daily.
    """
    kind, number = _topic(category, about)
    chosen = {"frequency": frequency} if frequency else {}
    subscription, _created = Subscription.objects.update_or_create(
        email=email.strip().lower(), topic_kind=kind, topic_id=number, defaults=chosen
    )
    if not subscription.is_active:
        subscription.unsubscribed_at = None
        subscription.confirmed_at = timezone.now() if confirmed else None
        subscription.save(update_fields=["unsubscribed_at", "confirmed_at"])
    elif confirmed:
        confirm(subscription)
    return subscription


def confirm(subscription: Subscription) -> None:
    """The owner of the address said yes."""
    if subscription.confirmed_at is None:
        subscription.confirmed_at = timezone.now()
        subscription.save(update_fields=["confirmed_at"])


def unfollow(email: str, *, category: str = "", about: models.Model | None = None) -> None:
    """No longer follow this record, or this category; news of it that was waiting is not sent any more."""
    kind, number = _topic(category, about)
    unsubscribe(Subscription.objects.of(email).filter(topic_kind=kind, topic_id=number))


@transaction.atomic
def unsubscribe(subscriptions: Iterable[Subscription]) -> None:
    """End them at once; news that was waiting is not sent any more."""
    for subscription in subscriptions:
        if subscription.unsubscribed_at is None:
            subscription.unsubscribed_at = timezone.now()
            subscription.save(update_fields=["unsubscribed_at"])
        subscription.items.filter(message__isnull=True).delete()


def resume(subscriptions: Iterable[Subscription]) -> None:
    """Take back an unsubscription that was a mistake."""
    for subscription in subscriptions:
        subscription.unsubscribed_at = None
        subscription.save(update_fields=["unsubscribed_at"])


def choose_frequency(email: str, frequency: str) -> None:
    """From now on all news of this reader comes so often, that which waits included."""
    Subscription.objects.in_digests().of(email).update(frequency=frequency)


def frequencies_of(email: str) -> set[str]:
    """How often this reader gets news; it may differ from one topic to another, and who gets none has none."""
    return set(Subscription.objects.in_digests().active().of(email).values_list("frequency", flat=True).order_by())


def frequency_url(subscription: Subscription) -> str:
    """The address where its reader chooses how often, without signing in."""
    if own := OWN_RHYTHM.get(subscription.topic_kind):
        return own(subscription)
    return absolute(reverse("notifications:frequency", args=[sign(FREQUENCY, subscription=subscription.pk)]))


def reader_of(token: str) -> str:
    """Whose choice a signed address is about; empty when nothing is left to choose.

    Raises:
        LinkInvalid: the portal did not make this address.
    """
    chosen = Subscription.objects.filter(pk=read(FREQUENCY, token)["subscription"]).values("email")
    return (
        Subscription.objects.in_digests().active().filter(email__in=chosen).values_list("email", flat=True).first()
        or ""
    )


def unsubscribe_url(subscription: Subscription, *, everything: bool = False) -> str:
    """The address that ends this subscription, or all digests of its reader, without signing in; it stays valid."""
    token = sign(UNSUBSCRIBE, subscription=subscription.pk, everything=everything)
    return absolute(reverse("notifications:unsubscribe", args=[token]))


def subscriptions_of(token: str) -> list[Subscription]:
    """Which subscriptions a signed address is about; empty when they no longer exist.

    Raises:
        LinkInvalid: the portal did not make this address.
    """
    values = read(UNSUBSCRIBE, token)
    chosen = Subscription.objects.filter(pk=values["subscription"])
    if values["everything"]:
        chosen = Subscription.objects.in_digests().filter(email__in=chosen.values("email"))
    return list(chosen)


# --- News ------------------------------------------------------------------------------------------------------------


def add(email: str, *, category: str, title: str, url: str, key: str, about: models.Model | None = None) -> bool:
    """Keep one line of news for this reader's next digest; False when they do not want it or have it already.

    With `about` the reader can leave that one record; otherwise the category. Who never chose gets it daily.
    """
    subscription = subscription_for(email, category=category, about=about)
    return subscription.is_active and _keep(subscription, category=category, title=title, url=url, key=key)


def subscription_for(email: str, *, category: str = "", about: models.Model | None = None) -> Subscription:
    """What this reader chose for news that one gets without asking: active until they leave it."""
    kind, number = _topic(category, about)
    subscription, _created = Subscription.objects.get_or_create(
        email=email.strip().lower(),
        topic_kind=kind,
        topic_id=number,
        defaults={"confirmed_at": timezone.now()},
    )
    return subscription


def publish(*, category: str, title: str, url: str, key: str, about: models.Model | None = None) -> int:
    """Keep one line of news for all who follow this record, or this category; how many that are."""
    kind, number = _topic(category, about)
    followers = Subscription.objects.active().filter(topic_kind=kind, topic_id=number)
    return sum(_keep(follower, category=category, title=title, url=url, key=key) for follower in followers)


def withdraw(key: str, *, emails: Iterable[str] | None = None) -> None:
    """Take back news that no longer holds, from all who have not read it yet, or from these readers only."""
    unread = DigestItem.objects.filter(key=key, message__isnull=True)
    if emails is not None:
        unread = unread.filter(email__in=[email.strip().lower() for email in emails])
    unread.delete()


def reword(key: str, title: str) -> None:
    """Say this news otherwise, to who still has to read it and in what is kept of who did."""
    DigestItem.objects.filter(key=key[:200]).update(title=_on_one_line(title))


def _on_one_line(title: str) -> str:
    return " ".join(title.split())[:300]


def _topic(category: str, about: models.Model | None) -> tuple[str, str]:
    return (about._meta.label_lower, str(about.pk)) if about else (category, "")


def _keep(subscription: Subscription, *, category: str, title: str, url: str, key: str) -> bool:
    _item, created = DigestItem.objects.get_or_create(
        email=subscription.email,
        key=key[:200],
        defaults={
            "subscription": subscription,
            "category": category,
            "title": _on_one_line(title),
            "url": absolute(url) if url.startswith("/") else url,
        },
    )
    return created


# --- Digests ---------------------------------------------------------------------------------------------------------


def send_digests(today: date) -> int:
    """Write the digests that are due; run twice, it writes nothing twice. How many were written."""
    monday = today - timedelta(days=today.weekday())
    tomorrow = _midnight(today + timedelta(days=1))
    daily = _send_all(Frequency.DAILY, f"{today:%Y-%m-%d}", tomorrow)
    # A week's news goes out on Monday, or on the first day after it that the portal runs.
    return daily + _send_all(Frequency.WEEKLY, f"{today:%G-W%V}", _midnight(monday))


def _send_all(frequency: Frequency, period: str, until: datetime) -> int:
    waiting = DigestItem.objects.waiting().filter(subscription__frequency=frequency, created_at__lt=until)
    written = 0
    for email in list(waiting.order_by("email").values_list("email", flat=True).distinct()):
        try:
            written += _send(email, frequency, period, until)
        except Exception:  # one reader's digest must not keep the others from theirs
            logger.exception("A %s digest could not be written", frequency)
    return written


@transaction.atomic
def _send(email: str, frequency: Frequency, period: str, until: datetime) -> bool:
    items = list(
        DigestItem.objects.waiting()
        .filter(email=email, subscription__frequency=frequency, created_at__lt=until)
        .select_related("subscription")
        .select_for_update(of=("self",))
    )
    key = f"digest:{frequency}:{period}:{hashlib.sha256(email.encode()).hexdigest()[:32]}"
    # Later news of a period that has had its digest waits for the next one.
    if not items or OutboxMessage.objects.filter(key=key).exists():
        return False
    leave = unsubscribe_url(items[0].subscription, everything=True)
    message = outbox.enqueue(
        letter(items, frequency, leave, frequency_url(items[0].subscription)),
        to=outbox.Recipient(name="", email=email),
        key=key,
        category=CATEGORY,
        unsubscribe_url=leave,
    )
    DigestItem.objects.filter(pk__in=[item.pk for item in items]).update(message=message)
    return True


def letter(items: Iterable[DigestItem], frequency: Frequency, leave: str, how_often: str) -> Letter:
    """The digest with these items."""
    told = {(item.category, item.title, item.url): item for item in sorted(items, key=_age)}
    newest_first = sorted(told.values(), key=_age, reverse=True)
    categories = dict.fromkeys(item.category for item in newest_first)
    groups = [Group(category_label(name), [i for i in newest_first if i.category == name]) for name in categories]
    context = {
        "groups": groups,
        "count": len(newest_first),
        "first": newest_first[0],
        "weekly": frequency == Frequency.WEEKLY,
        "unsubscribe_url": leave,
        "frequency_url": how_often,
    }
    return compose.compose("notifications/letters/digest.txt", context)


def _age(item: DigestItem) -> tuple[datetime, int]:
    return item.created_at, item.pk


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
