"""How delivery is doing, for the health page and for staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import Heartbeat, OutboxMessage

WORKER = "worker"
TOO_LONG = timedelta(minutes=15)


@dataclass(frozen=True)
class Snapshot:
    """The outbox and the worker at one moment."""

    taken_at: datetime
    failed: int
    waiting: int
    oldest_waiting_at: datetime | None
    to_print: int
    worker_seen_at: datetime | None

    @property
    def oldest_waiting_age(self) -> timedelta:
        """How long the oldest e-mail has been waiting; zero when none is."""
        return self.taken_at - self.oldest_waiting_at if self.oldest_waiting_at else timedelta()

    @property
    def worker_is_alive(self) -> bool:
        """Whether clock and worker gave a sign of life not long ago."""
        return self.worker_seen_at is not None and self.taken_at - self.worker_seen_at < Heartbeat.SILENT_AFTER


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do about it, in words for staff."""

    what: str
    advice: str


def note_heartbeat(now: datetime) -> None:
    """Remember that the clock asked and a worker answered."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"seen_at": now})


def snapshot(now: datetime | None = None) -> Snapshot:
    """Two queries that say how delivery is doing."""
    waiting = Q(status__in=[MessageStatus.PENDING, MessageStatus.SENDING], channel=Channel.EMAIL)
    counts = OutboxMessage.objects.filter(
        status__in=[MessageStatus.PENDING, MessageStatus.SENDING, MessageStatus.FAILED]
    ).aggregate(
        failed=Count("pk", filter=Q(status=MessageStatus.FAILED)),
        waiting=Count("pk", filter=waiting),
        oldest_waiting_at=Min("created_at", filter=waiting),
        to_print=Count("pk", filter=Q(status=MessageStatus.PENDING, channel=Channel.PRINT)),
    )
    beat = Heartbeat.objects.filter(name=WORKER).first()
    return Snapshot(taken_at=now or timezone.now(), worker_seen_at=beat.seen_at if beat else None, **counts)


def problems(now: datetime | None = None) -> list[Problem]:
    """What staff should know and do; empty when all is well."""
    state = snapshot(now)
    found = []
    if not state.worker_is_alive:
        found.append(
            Problem(
                _("Het portaal verstuurt geen berichten: het onderdeel dat dat doet, staat stil."),
                _("Bel de beheerder: de worker of de klok (beat) moet opnieuw worden gestart. Er gaat niets verloren."),
            )
        )
    if state.oldest_waiting_age > TOO_LONG:
        found.append(_waiting_too_long(state))
    if state.failed:
        found.append(_failed(state.failed))
    return found


def _waiting_too_long(state: Snapshot) -> Problem:
    minutes = int(state.oldest_waiting_age.total_seconds() // 60)
    what = ngettext(
        "%(count)d e-mail wacht, de oudste al %(minutes)d minuten.",
        "%(count)d e-mails wachten, de oudste al %(minutes)d minuten.",
        state.waiting,
    ) % {"count": state.waiting, "minutes": minutes}
    return Problem(
        what, _("Is de mailserver bereikbaar? Het portaal probeert het zelf opnieuw; er gaat niets verloren.")
    )


def _failed(count: int) -> Problem:
    what = ngettext("%(count)d bericht is niet verstuurd.", "%(count)d berichten zijn niet verstuurd.", count)
    return Problem(
        what % {"count": count},
        _("Open Berichten, lees per bericht wat er misging, verbeter het adres of bel de ontvanger."),
    )
