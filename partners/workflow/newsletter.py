"""The letter of a wijk: who reads it, what the coordinator changes in it, and that it is sent exactly once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.enums.newsletter import CATEGORY, TOPIC, LetterStatus, Rhythm
from partners.letters import newsletter as letters
from partners.models import Newsletter, NewsletterSettings, Told
from partners.moments.news import gather_news, without
from partners.rules.newsletter import Group, NewsItem, period_of, sent_by_clock_on
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import digest, outbox
from shared.notifications.models import Subscription
from shared.notifications.outbox import Recipient
from shared.notifications.querysets import SubscriptionQuerySet
from shared.terms.calendar import today
from shared.ui import page_cache
from shared.wijken.models import Wijk

# So many readers get their letter in one transaction: a worker that stops loses no more than these.
BATCH = 100
HAND_OVER = "partners.tasks.hand_over_newsletter"


# --- Readers ---------------------------------------------------------------------------------------------------------


def readers_of(wijk: Wijk, rhythm: str = "") -> SubscriptionQuerySet:
    """Who gets the letter of this wijk, or of this rhythm only."""
    found: SubscriptionQuerySet = Subscription.objects.active().filter(topic_kind=TOPIC, topic_id=str(wijk.pk))
    return found.filter(frequency=rhythm) if rhythm else found


@transaction.atomic
def ask_subscription(wijk: Wijk, *, email: str, rhythm: str, language: str) -> None:
    """Somebody wants the letter: ask the owner of the address. Until they say yes nothing is kept but that letter."""
    outbox.enqueue(
        letters.confirm(wijk, email=email, rhythm=rhythm, language=language),
        to=Recipient(name="", email=email),
        key=f"newsletter.confirm:{wijk.pk}:{rhythm}:{email.lower()}:{timezone.now():%Y%m%d%H%M}",
        category=CATEGORY,
    )


@transaction.atomic
def confirm_subscription(wijk: Wijk, *, email: str, rhythm: str) -> Subscription:
    """The owner of the address said yes; a second time changes nothing."""
    subscription, _created = Subscription.objects.update_or_create(
        email=email.strip().lower(), topic_kind=TOPIC, topic_id=str(wijk.pk), defaults={"frequency": rhythm}
    )
    if subscription.unsubscribed_at is not None:
        subscription.unsubscribed_at = subscription.confirmed_at = None
        subscription.save(update_fields=["unsubscribed_at", "confirmed_at"])
    digest.confirm(subscription)
    return subscription


def read_by(email: str) -> list[Subscription]:
    """The letters that are sent to this address, each with the name of its wijk."""
    names = {str(pk): name for pk, name in Wijk.objects.order_by().values_list("pk", "short_name")}
    found = list(Subscription.objects.active().of(email).filter(topic_kind=TOPIC).order_by("topic_id"))
    for subscription in found:
        vars(subscription)["wijk_name"] = names.get(subscription.topic_id, "")
    return found


@transaction.atomic
def forget_reader(letters: Iterable[Subscription]) -> None:
    """Stop these letters, and do not keep the address either (GDPR article 17)."""
    Subscription.objects.filter(pk__in=[letter.pk for letter in letters], topic_kind=TOPIC).delete()


@transaction.atomic
def choose_rhythm(subscription: Subscription, rhythm: str) -> None:
    """From now on this reader gets the weekly or the monthly letter."""
    subscription.frequency = rhythm
    subscription.save(update_fields=["frequency"])


# --- The letter ------------------------------------------------------------------------------------------------------


def contents(letter: Newsletter) -> list[Group]:
    """What would stand in this letter when it was sent now."""
    with override("nl"):
        return without(gather_news(letter.wijk, letter.rhythm), letter.left_out)


@transaction.atomic
def open_letter(wijk: Wijk, rhythm: str) -> Newsletter:
    """The concept of this letter, made when there is none."""
    letter, _created = Newsletter.objects.get_or_create(wijk=wijk, rhythm=rhythm, status=LetterStatus.CONCEPT)
    return letter


@transaction.atomic
def change_letter(letter: Newsletter, *, intro: str, left_out: Iterable[str], by: User, version: int) -> Newsletter:
    """Keep the coordinator's own words, and what is to be left out.

    Raises:
        WorkflowError: it was sent, or somebody else changed it.
    """
    letter = _concept(letter, version)
    before = {"intro": letter.intro, "left_out": letter.left_out}
    letter.intro, letter.left_out = intro, sorted(set(left_out))
    letter.version += 1
    letter.save()
    after = {"intro": letter.intro, "left_out": letter.left_out}
    trail.record("partners.newsletter_changed", subject=letter, by=by, old=before, new=after)
    return letter


@transaction.atomic
def send_letter(letter: Newsletter, *, by: User | None, version: int | None = None) -> Newsletter:
    """Send it to all its readers, once: what stands in it is kept, and nobody is told it again.

    The letters themselves are written after the commit, a hundred at a time.

    Raises:
        WorkflowError: it was sent, somebody else changed it, this week or month had one, or nothing stands in it.
    """
    letter = _concept(letter, version)
    period = period_of(today(), letter.rhythm)
    if Newsletter.objects.sent().filter(wijk=letter.wijk, rhythm=letter.rhythm, period=period).exists():
        raise WorkflowError(_("De wijkbrief van deze week of maand is al verstuurd. De volgende kan straks weer."))
    with override("nl"):
        found = gather_news(letter.wijk, letter.rhythm)
    if not without(found, letter.left_out):
        raise WorkflowError(_("Er staat niets in deze brief. Er is niets verstuurd."))
    letter.move_to(LetterStatus.SENT)
    letter.period, letter.sent_at, letter.sent_by = period, timezone.now(), by
    letter.readers = readers_of(letter.wijk, letter.rhythm).count()
    letter.save()
    _keep(letter, found)
    trail.record("partners.newsletter_sent", subject=letter, by=by, new={"readers": letter.readers, "period": period})
    page_cache.touch()
    transaction.on_commit(lambda: _ask_worker(letter.pk), robust=True)
    return letter


def sent_contents(letter: Newsletter) -> list[Group]:
    """What stands in a letter that was sent."""
    groups: dict[str, list[NewsItem]] = {}
    for line in letter.told.shown().order_by("position"):
        groups.setdefault(line.heading, []).append(NewsItem(line.key, line.title, line.url, line.detail))
    return [Group(heading, lines) for heading, lines in groups.items()]


def hand_over(letter: Newsletter) -> int:
    """Write the letter to each of its readers; goes on where an earlier worker stopped. How many were written."""
    groups = sent_contents(letter)
    written = 0
    while (batch := _hand_over_batch(letter, groups)) is not None:
        written += batch
    return written


@transaction.atomic
def choose_automatic(wijk: Wijk, *, automatic: bool, by: User) -> NewsletterSettings:
    """Whether the clock sends the letters of this wijk that nobody sent."""
    settings, _created = NewsletterSettings.objects.update_or_create(wijk=wijk, defaults={"automatic": automatic})
    trail.record("partners.newsletter_settings_changed", subject=settings, by=by, new={"automatic": automatic})
    return settings


# --- The clock -------------------------------------------------------------------------------------------------------


def make_concepts(day: date) -> int:
    """Lay a concept ready for each letter that has readers, news, and was not sent in this period; how many."""
    made = 0
    for wijk in Wijk.objects.current(day).without_geometry():
        for rhythm in Rhythm.values:
            made += _is_wanted(wijk, rhythm, day) and bool(open_letter(wijk, rhythm))
    return made


def send_by_clock(day: date) -> int:
    """Send what nobody sent by its day, where the wijk wants that; how many were sent."""
    by_hand = NewsletterSettings.objects.filter(automatic=False).values("wijk")
    sent = 0
    for letter in Newsletter.objects.concepts().exclude(wijk__in=by_hand).select_related("wijk").order_by("pk"):
        if day >= sent_by_clock_on(day, letter.rhythm) and _is_wanted(letter.wijk, letter.rhythm, day):
            sent += _try_to_send(letter)
    return sent


def _try_to_send(letter: Newsletter) -> bool:
    try:
        send_letter(letter, by=None)
    except WorkflowError:
        # Nothing is left in it, or a coordinator was just before the clock: then there is nothing to do.
        return False
    return True


def _is_wanted(wijk: Wijk, rhythm: str, day: date) -> bool:
    sent = Newsletter.objects.sent().filter(wijk=wijk, rhythm=rhythm, period=period_of(day, rhythm))
    if not readers_of(wijk, rhythm).exists() or sent.exists():
        return False
    with override("nl"):
        return bool(gather_news(wijk, rhythm))


def _ask_worker(pk: int) -> None:
    """When the queue is away, the sweep of every few minutes finds the letter."""
    current_app.tasks[HAND_OVER].delay(pk)


def _concept(letter: Newsletter, version: int | None) -> Newsletter:
    found: Newsletter = Newsletter.objects.locked().select_related("wijk").get(pk=letter.pk)
    if found.is_sent:
        raise WorkflowError(_("Deze wijkbrief is al verstuurd. Er is niets opnieuw verstuurd."))
    found.check_version(version)
    return found


def _keep(letter: Newsletter, groups: list[Group]) -> None:
    lines = [(group.heading, item) for group in groups for item in group.items]
    # What was told on another line is known too, and stands nowhere by itself.
    lines += [(heading, replace(item, key=key)) for heading, item in lines for key in item.also]
    own_lines = sum(len(group.items) for group in groups)
    Told.objects.bulk_create(
        Told(
            newsletter=letter,
            wijk=letter.wijk,
            rhythm=letter.rhythm,
            position=position,
            heading=heading[:120],
            key=item.key,
            title=item.title[:300],
            detail=item.detail[:300],
            url=item.path,
            left_out=position >= own_lines or item.key in letter.left_out,
        )
        for position, (heading, item) in enumerate(lines)
    )


@transaction.atomic
def _hand_over_batch(letter: Newsletter, groups: list[Group]) -> int | None:
    """One batch; None when every reader has had a turn."""
    row = Newsletter.objects.locked().get(pk=letter.pk)
    if row.handed_over_at is not None:
        return None
    turn = readers_of(letter.wijk, letter.rhythm).filter(confirmed_at__lte=letter.sent_at, pk__gt=row.handed_over_to)
    readers = list(turn.order_by("pk")[:BATCH])
    for reader in readers:
        leave = digest.unsubscribe_url(reader)
        outbox.enqueue(
            letters.newsletter(letter, groups, leave_url=leave, rhythm_url=letters.rhythm_url(reader)),
            to=Recipient(name="", email=reader.email),
            key=f"newsletter:{letter.pk}:{reader.pk}",
            category=CATEGORY,
            unsubscribe_url=leave,
        )
    if readers:
        row.handed_over_to = readers[-1].pk
    else:
        row.handed_over_at = timezone.now()
    row.save(update_fields=["handed_over_to", "handed_over_at"])
    return len(readers) if readers else None
