"""The steps of a joint action. The action is locked for each of them, so two people cannot close the same step."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.letters import actions as letters
from partners.models import ActionStep, JointAction
from partners.policies.people import coordinators_or_managers
from partners.workflow.actions import lock
from partners.workflow.around import tell
from shared import municipality
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError


@transaction.atomic
def add(
    action: JointAction, *, what: str, responsible: User | None = None, due_on: date | None = None, by: User
) -> ActionStep:
    """Add a step; who has to take it hears so, once the action is agreed.

    Raises:
        WorkflowError: the action is closed.
    """
    action = lock(action)
    _check_open(action)
    step = ActionStep.objects.create(action=action, what=what, responsible=responsible, due_on=due_on)
    trail.record("partners.step_added", subject=action, by=by, new={"what": what, "responsible": _name(responsible)})
    _tell_responsible(step, by)
    return step


@transaction.atomic
def change(step: ActionStep, *, what: str, responsible: User | None, due_on: date | None, by: User) -> ActionStep:
    """Correct a step that was not taken yet. With another day the portal reminds afresh.

    Raises:
        WorkflowError: it was taken already, or the action is closed.
    """
    step = _lock(step)
    _check_not_done(step)
    before, old = _summary(step), step.responsible
    if due_on != step.due_on:
        step.reminded_at = step.late_reminded_at = None
    step.what, step.responsible, step.due_on = what, responsible, due_on
    step.version += 1
    step.save()
    trail.record("partners.step_changed", subject=step.action, by=by, old=before, new=_summary(step))
    if responsible != old:
        _tell_responsible(step, by)
    return step


@transaction.atomic
def do(step: ActionStep, *, by: User) -> ActionStep:
    """Somebody did it.

    Raises:
        WorkflowError: a colleague was first, or the action is closed.
    """
    step = _lock(step)
    _check_not_done(step)
    step.done_at, step.done_by = timezone.now(), by
    step.save()
    trail.record("partners.step_done", subject=step.action, by=by, text=step.what)
    return step


@transaction.atomic
def remove(step: ActionStep, *, by: User) -> None:
    """A step that turned out not to be needed.

    Raises:
        WorkflowError: it was taken already, or the action is closed.
    """
    step = _lock(step)
    _check_not_done(step)
    trail.record("partners.step_removed", subject=step.action, by=by, text=step.what)
    step.delete()


@transaction.atomic
def remind(step: ActionStep, today: date) -> bool:
    """Remind of a step before its day, and once more (with the coordinator) after it; true when a letter was written.

    Safe to run twice: each reminder is remembered on the step.
    """
    step = _lock(step)
    if step.done_at or step.due_on is None or not step.action.is_at_work:
        return False
    periods = municipality.current().periods
    late = step.due_on + timedelta(days=periods.step_late_days) <= today
    soon = step.due_on - timedelta(days=periods.step_reminder_days) <= today
    if late and step.late_reminded_at is None:
        return _remind(step, late=True)
    if soon and step.reminded_at is None:
        return _remind(step, late=False)
    return False


def _remind(step: ActionStep, *, late: bool) -> bool:
    now = timezone.now()
    step.reminded_at = step.reminded_at or now
    step.late_reminded_at = now if late else None
    step.save(update_fields=["reminded_at", "late_reminded_at"])
    trail.record("partners.step_reminded", subject=step.action, text=step.what)
    people = list(User.objects.standing_in_for(step.responsible or step.action.owner))
    if late:
        people += [*User.objects.standing_in_for(step.action.owner), *coordinators_or_managers(step.action.wijk)]
    key = f"step_{'late' if late else 'due'}:{step.pk}:{step.due_on:%Y%m%d}"
    tell(people, letters.step_reminder(step, late=late), about=step.action, key=key)
    return True


def _lock(step: ActionStep) -> ActionStep:
    """Lock the action, then read the step as it is now.

    Raises:
        WorkflowError: the step was removed while this person looked.
    """
    action = lock(step.action)
    found = ActionStep.objects.select_related("responsible").filter(pk=step.pk).first()
    if found is None:
        raise WorkflowError(_("Deze stap is intussen verwijderd."))
    found.action = action
    return found


def _check_open(action: JointAction) -> None:
    if not action.is_open:
        raise WorkflowError(_("Deze actie is al afgesloten. U kunt er geen stappen meer bij zetten."))


def _check_not_done(step: ActionStep) -> None:
    _check_open(step.action)
    if step.done_at is not None:
        raise WorkflowError(_("Deze stap is al gedaan door %(who)s.") % {"who": step.done_by})


def _tell_responsible(step: ActionStep, by: User) -> None:
    """As long as it is a proposal nobody has promised anything."""
    if step.responsible is None or not step.action.is_at_work:
        return
    key = f"step_given:{step.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    tell([step.responsible], letters.step_given(step, by), about=step.action, key=key, leaving_out=by)


def _summary(step: ActionStep) -> dict[str, str]:
    due_on = step.due_on.isoformat() if step.due_on else ""
    return {"what": step.what, "responsible": _name(step.responsible), "due_on": due_on}


def _name(user: User | None) -> str:
    return str(user) if user else ""
