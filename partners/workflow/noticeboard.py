"""The noticeboard: post, answer, mention, take down; and after a year really gone, with every copy of the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.letters import noticeboard as letters
from partners.models import Notice, NoticeReading
from partners.policies.people import people_of
from partners.workflow.around import tell
from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import RoleAssignment, User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import delivery, digest
from shared.notifications.enums import MessageStatus
from shared.notifications.models import DigestItem, OutboxMessage, Subscription
from shared.wijken.models import Wijk

NEWS = "noticeboard"
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Confirmed:
    """What the portal warned of, by kind, and why the writer posts it all the same. The words themselves stay out."""

    kinds: tuple[str, ...] = ()
    reason: str = ""


@transaction.atomic
def post(
    wijk: Wijk,
    *,
    text: str,
    until_on: date | None = None,
    mentioned: Iterable[User] = (),
    parent: Notice | None = None,
    confirmed: Confirmed | None = None,
    by: User,
) -> Notice:
    """Put a message on the board, or answer one. Who is named hears at once, the others in their digest.

    Raises:
        WorkflowError: the message that is answered was taken down.
    """
    if parent is not None:
        parent = _lock(parent)
        _check_stands(parent)
    notice = Notice.objects.create(wijk=wijk, parent=parent, author=by, text=text, until_on=until_on)
    named = [user for user in mentioned if user != by]
    notice.mentioned.set(named)
    trail.record("partners.notice_posted", subject=notice, by=by)
    if confirmed is not None and confirmed.kinds:
        new = {"kinds": list(confirmed.kinds)}
        trail.record("partners.notice_confirmed", subject=notice, by=by, text=confirmed.reason, new=new)
    _tell(notice, named)
    return notice


@transaction.atomic
def take_down(notice: Notice, *, reason: str, by: User) -> Notice:
    """Take a message off the board: its words are erased everywhere; who did it and why stays in the trail.

    Raises:
        WorkflowError: somebody else was first.
    """
    notice = _lock(notice)
    _check_stands(notice)
    notice.text, notice.removed_at, notice.removed_by = "", timezone.now(), by
    notice.save()
    forget_copies([notice.pk])
    trail.record("partners.notice_removed", subject=notice, by=by, text=reason)
    return notice


def mark_read(notices: Iterable[Notice], *, by: User) -> None:
    """This person has read these messages; to read again changes nothing."""
    readings = [NoticeReading(notice=notice, user=by) for notice in notices]
    NoticeReading.objects.bulk_create(readings, ignore_conflicts=True)


def choose_mail(user: User, frequency: str) -> None:
    """Daily, weekly, or only what names this person."""
    if frequency:
        digest.subscribe(user.email, category=NEWS, frequency=frequency, confirmed=True)
    else:
        # Ambassadors and others who never got any need no row; who had one stops.
        digest.subscribe(user.email, category=NEWS, confirmed=True)
        digest.unfollow(user.email, category=NEWS)


def mail_choice(user: User) -> str | None:
    """The choice that was made; empty for "only when I am named", None when nothing was ever chosen."""
    found = Subscription.objects.of(user.email).filter(topic_kind=NEWS).first()
    if found is None:
        return None
    return str(found.frequency) if found.is_active else ""


@transaction.atomic
def delete_old(now: datetime) -> int:
    """Delete what is older than a year, answers included, and every copy of the words; how many messages that were."""
    moment = now - timedelta(days=municipality.current().periods.notice_keep_days)
    # A conversation goes as one: with its last word, never half.
    alive = Notice.objects.filter(posted_at__gte=moment, parent__isnull=False).values("parent")
    threads = Notice.objects.threads().older_than(moment).exclude(pk__in=alive)
    keys = list(threads.values_list("pk", flat=True))
    gone = list(Notice.objects.filter(Q(pk__in=keys) | Q(parent__in=keys)).values_list("pk", flat=True))
    if not gone:
        return 0
    forget_copies(gone)
    Notice.objects.filter(pk__in=gone).delete()
    trail.record("partners.notices_deleted", subject=Notice, new={"number": len(gone)})
    return len(gone)


def forget_copies(notices: Iterable[int]) -> None:
    """Erase the words of these messages from letters and digests; what waits does not leave any more."""
    keys = [str(pk) for pk in notices]
    news = DigestItem.objects.filter(key__in=[_key(pk) for pk in keys])
    copies = OutboxMessage.objects.filter(
        Q(about_type=Notice._meta.label_lower, about_id__in=keys) | Q(pk__in=news.values("message"))
    )
    for message in copies.filter(erased_at__isnull=True).select_for_update(of=("self",)):
        if message.status in (MessageStatus.PENDING, MessageStatus.FAILED):
            message.status = MessageStatus.CANCELLED
            message.save(update_fields=["status"])
        delivery.erase(message)
    news.delete()


def _tell(notice: Notice, named: list[User]) -> None:
    """A letter at once to who is named; a line in the digest for who works in the wijk or follows the board."""
    for reader in named:
        tell([reader], letters.mention(notice, reader), about=notice, key=f"notice_mention:{notice.pk}")
    others = people_of(notice.wijk).exclude(pk__in=[notice.author_id, *(user.pk for user in named)])
    followers = set(Subscription.objects.active().filter(topic_kind=NEWS).values_list("email", flat=True))
    local = set(
        RoleAssignment.objects.active()
        .filter(role__in=[Role.COORDINATOR, Role.PARTNER], wijk=notice.wijk)
        .values_list("user", flat=True)
    )
    title = _title(notice)
    for reader in others:
        # Ambassadors work for every wijk: they ask for this news themselves.
        if reader.pk in local or reader.email in followers:
            digest.add(
                reader.email, category=NEWS, title=title, url=letters.reply_url(notice, reader), key=_key(notice.pk)
            )


def _title(notice: Notice) -> str:
    words = " ".join(notice.text.split())
    if len(words) > TITLE_LENGTH:
        words = words[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
    return _("%(wijk)s: %(who)s schrijft “%(words)s”") % {"wijk": notice.wijk, "who": notice.author, "words": words}


def _key(pk: int | str) -> str:
    return f"partners.notice:{pk}"


def _lock(notice: Notice) -> Notice:
    locked: Notice = Notice.objects.select_for_update(of=("self",)).select_related("wijk", "author").get(pk=notice.pk)
    return locked


def _check_stands(notice: Notice) -> None:
    if notice.is_removed:
        raise WorkflowError(_("Dit bericht is van het prikbord gehaald. U kunt er niet meer op antwoorden."))
