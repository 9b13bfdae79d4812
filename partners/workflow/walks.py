"""A wijkschouw: planned, walked, and reported to everybody who walked along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from partners.enums.walks import WalkStatus
from partners.letters import walks as letters
from partners.models import ChecklistItem, InOrder, Walk
from partners.workflow.around import tell
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications.compose import Letter
from shared.notifications.outbox import Attachment
from shared.wijken.models import Wijk


@dataclass(frozen=True)
class WalkPlan:
    """When and where a walk is, and who walks along."""

    title: str
    starts_at: datetime
    gather_at: str
    route: str = ""
    participants: tuple[User, ...] = ()


@transaction.atomic
def plan(details: WalkPlan, *, wijk: Wijk, by: User) -> Walk:
    """Plan a walk and invite who is asked along."""
    walk = Walk(wijk=wijk, organiser=by, **_columns(details))
    walk.save()
    walk.participants.set(details.participants)
    trail.record("partners.walk_planned", subject=walk, by=by)
    _tell(walk, details.participants, letters.invitation(walk), "walk_invitation", by)
    return walk


@transaction.atomic
def change(walk: Walk, details: WalkPlan, *, by: User, version: int | None = None) -> Walk:
    """Another moment, place or company: who is new is invited, the others hear what changed.

    Raises:
        WorkflowError: the walk has begun already.
    """
    walk = lock(walk, version)
    if not walk.is_planned:
        raise WorkflowError(_("Deze wijkschouw is al begonnen. U kunt haar niet meer verzetten."))
    before, invited = _summary(walk), set(walk.participants.all())
    for name, value in _columns(details).items():
        setattr(walk, name, value)
    walk.version += 1
    walk.save()
    walk.participants.set(details.participants)

    after = _summary(walk)
    trail.record("partners.walk_changed", subject=walk, by=by, old=before, new=after)
    new = [user for user in details.participants if user not in invited]
    _tell(walk, new, letters.invitation(walk), "walk_invitation", by)
    if before != after:
        stayed = [user for user in details.participants if user in invited]
        _tell(walk, stayed, letters.changed(walk), "walk_changed", by)
    return walk


@transaction.atomic
def start(walk: Walk, *, by: User, version: int | None = None) -> Walk:
    """The walk begins, or goes on: findings can be written down.

    Raises:
        WorkflowError: its day has not come.
    """
    walk = lock(walk, version)
    if walk.is_planned and not walk.is_the_day:
        day = format_date(timezone.localdate(walk.starts_at), "j F")
        raise WorkflowError(_("Deze wijkschouw is op %(day)s. Loopt u eerder? Wijzig dan eerst de dag.") % {"day": day})
    resumed = walk.status == WalkStatus.WALKED
    walk.move_to(WalkStatus.UNDERWAY)
    walk.save()
    trail.record("partners.walk_resumed" if resumed else "partners.walk_started", subject=walk, by=by)
    return walk


@transaction.atomic
def finish(walk: Walk, *, summary: str, residents: int = 0, by: User, version: int | None = None) -> Walk:
    """Back at the table; what was forgotten can still be written down."""
    walk = lock(walk, version)
    walk.move_to(WalkStatus.WALKED)
    walk.summary, walk.residents = summary, residents
    walk.save()
    trail.record("partners.walk_finished", subject=walk, by=by)
    return walk


@transaction.atomic
def cancel(walk: Walk, *, reason: str, by: User, version: int | None = None) -> Walk:
    """It does not go on; who was invited hears why."""
    walk = lock(walk, version)
    walk.move_to(WalkStatus.CANCELLED)
    walk.save()
    trail.record("partners.walk_cancelled", subject=walk, by=by, text=reason)
    _tell(walk, walk.participants.all(), letters.cancelled(walk, reason), "walk_cancelled", by)
    return walk


@transaction.atomic
def report(walk: Walk, *, pdf: bytes, by: User, version: int | None = None) -> Walk:
    """Send the report to everybody who walked along, the organiser included."""
    walk = lock(walk, version)
    walk.move_to(WalkStatus.REPORTED)
    walk.reported_at = timezone.now()
    walk.save()
    findings = list(walk.findings.select_related("item", "buurt", "partner", "department"))

    trail.record("partners.walk_reported", subject=walk, by=by)
    files = [Attachment(_("verslag-wijkschouw.pdf"), "application/pdf", pdf)]
    tell(
        [*walk.participants.all(), walk.organiser],
        letters.report(walk, findings),
        about=walk,
        key=f"walk_report:{walk.pk}",
        attachments=files,
    )
    return walk


@transaction.atomic
def mark_in_order(walk: Walk, item: ChecklistItem, *, by: User) -> bool:
    """This point was looked at and needs nothing; false when somebody said so before.

    Raises:
        WorkflowError: the walk has not begun, or is reported already.
    """
    walk = lock(walk)
    check_takes_findings(walk)
    _found, created = InOrder.objects.get_or_create(walk=walk, item=item, defaults={"noted_by": by})
    if created:
        trail.record("partners.walk_item_in_order", subject=walk, by=by, text=item.name)
    return created


def check_takes_findings(walk: Walk) -> None:
    """Refuse what comes before the walk or after its report.

    Raises:
        WorkflowError: in words that say what to do.
    """
    if walk.status == WalkStatus.REPORTED:
        raise WorkflowError(_("Het verslag is al verstuurd. Meld het als signaal."))
    if not walk.takes_findings:
        raise WorkflowError(_("Deze wijkschouw is nog niet begonnen. Begin haar eerst."))


@transaction.atomic
def hand_over(walk: Walk, *, to: User, by: User) -> Walk:
    """Somebody else organises it from now on."""
    walk = lock(walk)
    old, walk.organiser = walk.organiser, to
    walk.version += 1
    walk.save()
    before, after = {"organiser": str(old)}, {"organiser": str(to)}
    trail.record("partners.walk_handed_over", subject=walk, by=by, old=before, new=after)
    return walk


def lock(walk: Walk, version: int | None = None) -> Walk:
    """Lock the row and give its newest state.

    Raises:
        StaleVersion: somebody else changed it after the person saw `version`.
    """
    locked: Walk = Walk.objects.locked().select_related("wijk", "organiser").get(pk=walk.pk)
    locked.check_version(version)
    return locked


def _tell(walk: Walk, people: Iterable[User], letter: Letter, name: str, by: User) -> None:
    tell(people, letter, about=walk, key=f"{name}:{walk.pk}:{walk.version}", leaving_out=by)


def _columns(details: WalkPlan) -> dict[str, object]:
    return {
        "title": details.title,
        "starts_at": details.starts_at,
        "gather_at": details.gather_at,
        "route": details.route,
    }


def _summary(walk: Walk) -> dict[str, str]:
    return {"starts_at": walk.starts_at.isoformat(), "gather_at": walk.gather_at, "route": walk.route}
