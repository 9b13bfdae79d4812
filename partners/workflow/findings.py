"""What was seen on a walk: written down at once, given to somebody, and followed until it is done."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.walks import FindingStatus
from partners.letters import walks as letters
from partners.models import ChecklistItem, Finding, InOrder, Partner, Walk
from partners.policies.people import ambassadors_of, contacts_of, coordinators_or_managers
from partners.workflow.around import CATEGORY, tell
from partners.workflow.walks import check_takes_findings
from partners.workflow.walks import lock as lock_walk
from shared import municipality
from shared.accounts.models import Department, User
from shared.audit import trail
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.wijken.models import Buurt
from shared.wijken.shapes import Point


@transaction.atomic
def note(
    walk: Walk,
    *,
    text: str,
    item: ChecklistItem | None = None,
    buurt: Buurt | None = None,
    place: str = "",
    photo: StoredFile | None = None,
    by: User,
) -> Finding:
    """Write down one finding, at once: the next one may be around a corner without a connection.

    At a point of the list that shows what goes well, nobody has to do anything about it.

    Raises:
        WorkflowError: the walk has not begun, or is reported already.
    """
    walk = lock_walk(walk)
    check_takes_findings(walk)
    finding = Finding(walk=walk, text=text, item=item, buurt=buurt, place=place, photo=photo, noted_by=by)
    finding.status = FindingStatus.GOOD if item and item.shows_good else FindingStatus.NEW
    finding.save()
    if photo is not None:
        photo.mark_attached()
    if item is not None:
        InOrder.objects.filter(walk=walk, item=item).delete()
    trail.record("partners.finding_noted", subject=finding, by=by)
    return finding


@transaction.atomic
def correct(
    finding: Finding,
    *,
    text: str,
    item: ChecklistItem | None,
    buurt: Buurt | None,
    place: str,
    photo: StoredFile | None,
    by: User,
    version: int | None = None,
) -> Finding:
    """Correct what was written in a hurry, until the report is sent; a photo that was taken away is really gone.

    Raises:
        WorkflowError: the report is sent already.
    """
    finding = lock(finding, version)
    check_takes_findings(finding.walk)
    if buurt != finding.buurt:
        finding.longitude = finding.latitude = None
    old_photo = finding.photo
    finding.text, finding.item, finding.buurt, finding.place, finding.photo = text, item, buurt, place, photo
    _follow_point(finding)
    finding.version += 1
    finding.save()
    if photo is not None and photo != old_photo:
        photo.mark_attached()
    if old_photo is not None and old_photo != photo:
        # Nobody has it any more: the sweep takes it away.
        StoredFile.objects.filter(pk=old_photo.pk).update(kept_until=timezone.now())
    trail.record("partners.finding_changed", subject=finding, by=by)
    return finding


@transaction.atomic
def put_on_map(finding: Finding, *, point: Point | None, buurt: Buurt | None, by: User) -> Finding:
    """Say where exactly; the buurt follows from the point. Without a point only the buurt is known."""
    finding = lock(finding)
    finding.longitude, finding.latitude = point or (None, None)
    finding.buurt = buurt
    finding.save()
    trail.record("partners.finding_placed", subject=finding, by=by)
    return finding


@transaction.atomic
def assign(
    finding: Finding,
    *,
    partner: Partner | None = None,
    department: Department | None = None,
    due_on: date | None = None,
    by: User,
    version: int | None = None,
) -> Finding:
    """Ask an organisation or a department to do something about it; without a day, within the usual time.

    Raises:
        WorkflowError: nobody was chosen, or two were.
    """
    if (partner is None) == (department is None):
        raise WorkflowError(_("Kies één wijkpartner of één afdeling."))
    finding = lock(finding, version)
    finding.move_to(FindingStatus.ASSIGNED)
    finding.partner, finding.department = partner, department
    finding.due_on = due_on or timezone.localdate() + timedelta(days=municipality.current().periods.finding_days)
    finding.closed_at = finding.reminded_at = finding.late_reminded_at = None
    finding.save()

    trail.record("partners.finding_assigned", subject=finding, by=by, new={"to": finding.addressee})
    _tell_addressees(finding, letters.assigned(finding), f"finding_assigned:{finding.pk}:{finding.version}", by)
    return finding


@transaction.atomic
def solve(finding: Finding, *, result: str, by: User, version: int | None = None) -> Finding:
    """It was done; who organised the walk hears of it."""
    return _close(finding, FindingStatus.DONE, "partners.finding_done", result=result, by=by, version=version)


@transaction.atomic
def give_up(finding: Finding, *, result: str, by: User, version: int | None = None) -> Finding:
    """It cannot be done, and why; who organised the walk hears of it."""
    status, name = FindingStatus.NOT_POSSIBLE, "partners.finding_not_possible"
    return _close(finding, status, name, result=result, by=by, version=version)


@transaction.atomic
def remind(finding: Finding, today: date) -> bool:
    """Remind who was asked before the day, and (with who organised the walk) after it; safe to run twice."""
    finding = lock(finding)
    if finding.status != FindingStatus.ASSIGNED or finding.due_on is None:
        return False
    periods = municipality.current().periods
    late = finding.due_on + timedelta(days=periods.finding_late_days) <= today
    soon = finding.due_on - timedelta(days=periods.finding_reminder_days) <= today
    if late and finding.late_reminded_at is None:
        return _remind(finding, late=True)
    if soon and finding.reminded_at is None:
        return _remind(finding, late=False)
    return False


def lock(finding: Finding, version: int | None = None) -> Finding:
    """Lock the row and give its newest state.

    Raises:
        StaleVersion: somebody else changed it after the person saw `version`.
    """
    around = ("walk__wijk", "walk__organiser", "item", "buurt", "photo", "partner", "department")
    locked: Finding = Finding.objects.locked().select_related(*around).get(pk=finding.pk)
    locked.check_version(version)
    return locked


def addressees(finding: Finding) -> list[User]:
    """The people who can do something about it: the partner's contacts, or the department's ambassadors."""
    if finding.partner is not None:
        return contacts_of([finding.partner], finding.walk.wijk)
    return ambassadors_of(finding.department) if finding.department else []


def _follow_point(finding: Finding) -> None:
    """At another point of the list it may go well after all, or need somebody; whoever was asked keeps being asked."""
    goes_well = finding.item is not None and finding.item.shows_good
    if goes_well and finding.status == FindingStatus.NEW:
        finding.move_to(FindingStatus.GOOD)
    elif finding.is_good and not goes_well:
        finding.move_to(FindingStatus.NEW)


def _close(
    finding: Finding, status: FindingStatus, action: str, *, result: str, by: User, version: int | None
) -> Finding:
    finding = lock(finding, version)
    finding.move_to(status)
    finding.result, finding.closed_at = result, timezone.now()
    finding.save()
    trail.record(action, subject=finding, by=by, text=result)
    key = f"finding_closed:{finding.pk}:{finding.version}"
    tell([finding.walk.organiser], letters.closed(finding), about=finding.walk, key=key, leaving_out=by)
    return finding


def _remind(finding: Finding, *, late: bool) -> bool:
    now = timezone.now()
    finding.reminded_at = finding.reminded_at or now
    finding.late_reminded_at = now if late else None
    finding.save(update_fields=["reminded_at", "late_reminded_at"])
    trail.record("partners.finding_reminded", subject=finding)
    key = f"finding_{'late' if late else 'due'}:{finding.pk}:{finding.due_on:%Y%m%d}"
    letter = letters.reminder(finding, late=late)
    _tell_addressees(finding, letter, key)
    if late:
        people: Iterable[User] = [finding.walk.organiser, *coordinators_or_managers(finding.walk.wijk)]
        tell(people, letter, about=finding.walk, key=key)
    return True


def _tell_addressees(finding: Finding, letter: Letter, key: str, by: User | None = None) -> None:
    """A department without an ambassador is told at its own address."""
    people = addressees(finding)
    department = finding.department
    if people or department is None or not department.email:
        tell(people, letter, about=finding.walk, key=key, leaving_out=by)
        return
    outbox.enqueue(
        letter,
        to=Recipient(name=department.name, email=department.email),
        key=f"partners.{key}:department",
        category=CATEGORY,
        about=finding.walk,
    )
