"""Signals: noted by anybody who works in the wijk, decided on by its coordinator."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.signals import SignalSource, SignalStatus
from partners.letters import signals as letters
from partners.models import Finding, JointAction, Partner, Signal
from partners.policies.people import coordinators_or_managers
from partners.workflow.around import tell
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.models import Buurt, Wijk


@transaction.atomic
def note(
    *,
    title: str,
    theme: Theme,
    wijk: Wijk,
    source: SignalSource,
    by: User,
    text: str = "",
    buurt: Buurt | None = None,
    place: str = "",
    partner: Partner | None = None,
    finding: Finding | None = None,
) -> Signal:
    """Note what stands out; the coordinator of the wijk hears of it, unless it is the coordinator who notes it.

    Raises:
        WorkflowError: there is a signal of this finding already, or it is about what goes well.
    """
    signal = Signal.objects.create(
        title=title,
        text=text,
        theme=theme,
        wijk=wijk,
        buurt=buurt,
        place=place,
        source=source,
        partner=partner,
        author=by,
    )
    trail.record("partners.signal_noted", subject=signal, by=by)
    if finding is not None:
        _of_finding(finding, signal, by=by)
    key = f"signal_noted:{signal.pk}"
    tell(coordinators_or_managers(wijk), letters.noted(signal), about=signal, key=key, leaving_out=by)
    return signal


@transaction.atomic
def see(signal: Signal, *, by: User, version: int | None = None) -> Signal:
    """The coordinator looked at it; nothing needs to happen yet."""
    return _move(signal, SignalStatus.SEEN, "partners.signal_seen", by=by, version=version)


@transaction.atomic
def handle(signal: Signal, *, outcome: str, by: User, version: int | None = None) -> Signal:
    """It was dealt with; who noted it hears how."""
    return _close(signal, SignalStatus.HANDLED, "partners.signal_handled", outcome=outcome, by=by, version=version)


@transaction.atomic
def lapse(signal: Signal, *, outcome: str, by: User, version: int | None = None) -> Signal:
    """It no longer matters, or is not for us; who noted it hears why."""
    return _close(signal, SignalStatus.LAPSED, "partners.signal_lapsed", outcome=outcome, by=by, version=version)


@transaction.atomic
def reopen(signal: Signal, *, by: User, version: int | None = None) -> Signal:
    """Look at it again."""
    signal = lock(signal, version)
    signal.move_to(SignalStatus.SEEN)
    signal.closed_at, signal.action = None, None
    signal.save()
    trail.record("partners.signal_reopened", subject=signal, by=by)
    return signal


@transaction.atomic
def join_action(signal: Signal, action: JointAction, *, by: User, version: int | None = None) -> Signal:
    """An action that exists already takes this up as well.

    Raises:
        WorkflowError: the action is of another wijk, or closed.
    """
    if action.wijk_id != signal.wijk_id or not action.is_open:
        raise WorkflowError(_("Kies een actie die nog loopt in dezelfde wijk."))
    return grow_into(signal, action, by=by, version=version)


def grow_into(signal: Signal, action: JointAction, *, by: User, version: int | None = None) -> Signal:
    """This signal is what an action is about; called in the transaction that makes or chooses the action."""
    signal = lock(signal, version)
    signal.move_to(SignalStatus.ACTION)
    signal.action = action
    signal.save()
    trail.record("partners.signal_became_action", subject=signal, by=by, new={"action": action.title})
    return signal


@transaction.atomic
def publish(signal: Signal, *, public_text: str, by: User, version: int | None = None) -> Signal:
    """Show it to everybody, in words that the coordinator chose for that."""
    signal = lock(signal, version)
    signal.public_text = public_text
    signal.published_at = signal.published_at or timezone.now()
    signal.version += 1
    signal.save()
    trail.record("partners.signal_published", subject=signal, by=by)
    page_cache.touch()
    return signal


@transaction.atomic
def withdraw(signal: Signal, *, by: User, version: int | None = None) -> Signal:
    """Take it off the website."""
    signal = lock(signal, version)
    signal.published_at = None
    signal.version += 1
    signal.save()
    trail.record("partners.signal_withdrawn", subject=signal, by=by)
    page_cache.touch()
    return signal


def lock(signal: Signal, version: int | None = None) -> Signal:
    """Lock the row and give its newest state.

    Raises:
        StaleVersion: somebody else changed it after the person saw `version`.
    """
    locked: Signal = Signal.objects.locked().select_related("wijk", "theme", "author").get(pk=signal.pk)
    locked.check_version(version)
    return locked


def _move(signal: Signal, status: SignalStatus, action: str, *, by: User, version: int | None) -> Signal:
    signal = lock(signal, version)
    signal.move_to(status)
    signal.save()
    trail.record(action, subject=signal, by=by)
    return signal


def _close(signal: Signal, status: SignalStatus, action: str, *, outcome: str, by: User, version: int | None) -> Signal:
    signal = lock(signal, version)
    signal.move_to(status)
    signal.outcome, signal.closed_at = outcome, timezone.now()
    signal.save()
    trail.record(action, subject=signal, by=by, text=outcome)
    key = f"signal_closed:{signal.pk}:{signal.version}"
    tell([signal.author], letters.closed(signal), about=signal, key=key, leaving_out=by)
    if signal.is_published:
        page_cache.touch()
    return signal


def _of_finding(finding: Finding, signal: Signal, *, by: User) -> None:
    locked = Finding.objects.locked().get(pk=finding.pk)
    if locked.is_good:
        raise WorkflowError(_("Deze bevinding gaat over wat goed gaat. Kies eerst een ander punt."))
    if locked.signal_id is not None:
        raise WorkflowError(_("Van deze bevinding is al een signaal gemaakt."))
    locked.signal = signal
    locked.save(update_fields=["signal"])
    trail.record("partners.finding_became_signal", subject=locked, by=by)
