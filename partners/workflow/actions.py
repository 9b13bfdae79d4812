"""Joint actions, from a proposal to a result. The owner, the partners that take part and the coordinator hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.actions import ActionStatus
from partners.letters import actions as letters
from partners.models import Finding, JointAction, Partner, Signal
from partners.policies.people import contacts_of, coordinators_or_managers
from partners.workflow.around import tell
from partners.workflow.signals import grow_into
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications.compose import Letter
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.models import Wijk


@dataclass(frozen=True)
class ActionPlan:
    """What is said about an action before it is agreed, and can be corrected afterwards."""

    title: str
    goal: str
    theme: Theme
    owner: User
    year: int
    partners: tuple[Partner, ...] = ()
    due_on: date | None = None


@transaction.atomic
def propose(
    plan: ActionPlan, *, wijk: Wijk, by: User, signal: Signal | None = None, finding: Finding | None = None
) -> JointAction:
    """Propose to do something together; a signal or a finding of a walk can be where it comes from.

    Raises:
        WorkflowError: there is an action of that finding already, or it is about what goes well.
    """
    action = JointAction(wijk=wijk, proposed_by=by, **_columns(plan))
    action.save()
    action.partners.set(plan.partners)

    trail.record("partners.action_proposed", subject=action, by=by)
    if signal is not None:
        grow_into(signal, action, by=by)
    if finding is not None:
        _take_over(finding, action, by=by)
    _tell(action, letters.proposed(action), "action_proposed", by)
    return action


@transaction.atomic
def change(action: JointAction, plan: ActionPlan, *, by: User, version: int | None = None) -> JointAction:
    """Correct the words, the partners or the dates; a new owner hears of it.

    Raises:
        WorkflowError: the action is closed.
    """
    action = lock(action, version)
    if not action.is_open:
        raise WorkflowError(_("Deze actie is al afgesloten. U kunt haar niet meer wijzigen."))
    before, old_owner = _summary(action), action.owner
    for name, value in _columns(plan).items():
        setattr(action, name, value)
    action.version += 1
    action.save()
    action.partners.set(plan.partners)

    trail.record("partners.action_changed", subject=action, by=by, old=before, new=_summary(action))
    if action.owner != old_owner:
        _tell_new_owner(action, by)
    refresh(action)
    return action


@transaction.atomic
def agree(action: JointAction, *, by: User, version: int | None = None) -> JointAction:
    """The coordinator says yes: from now on the steps are promises, and the portal reminds of them."""
    action = lock(action, version)
    action.move_to(ActionStatus.AGREED)
    action.agreed_at = timezone.now()
    action.save()

    trail.record("partners.action_agreed", subject=action, by=by)
    _tell(action, letters.agreed(action), "action_agreed", by)
    refresh(action)
    return action


@transaction.atomic
def start(action: JointAction, *, by: User, version: int | None = None) -> JointAction:
    """Work begins."""
    action = lock(action, version)
    action.move_to(ActionStatus.RUNNING)
    action.save()

    trail.record("partners.action_started", subject=action, by=by)
    _tell(action, letters.started(action), "action_started", by)
    refresh(action)
    return action


@transaction.atomic
def finish(action: JointAction, *, result: str, by: User, version: int | None = None) -> JointAction:
    """It is done; the signals that it grew from are handled with it."""
    action = lock(action, version)
    action.move_to(ActionStatus.DONE)
    action.result, action.closed_at = result, timezone.now()
    action.save()

    trail.record("partners.action_finished", subject=action, by=by)
    close_signals(action, outcome=result, by=by)
    _tell(action, letters.finished(action), "action_finished", by)
    refresh(action)
    return action


@transaction.atomic
def stop(action: JointAction, *, reason: str, by: User, version: int | None = None) -> JointAction:
    """It goes no further; the signals that it grew from wait for the coordinator again."""
    action = lock(action, version)
    action.move_to(ActionStatus.STOPPED)
    action.stop_reason, action.closed_at = reason, timezone.now()
    action.save()

    trail.record("partners.action_stopped", subject=action, by=by, text=reason)
    close_signals(action, outcome="", by=by)
    _tell(action, letters.stopped(action), "action_stopped", by)
    refresh(action)
    return action


@transaction.atomic
def hand_over(action: JointAction, *, to: User, by: User, version: int | None = None) -> JointAction:
    """Somebody else keeps it going from now on: there is always exactly one owner.

    Raises:
        WorkflowError: the action is closed.
    """
    action = lock(action, version)
    if not action.is_open:
        raise WorkflowError(_("Deze actie is al afgesloten. Er is geen trekker meer nodig."))
    old, action.owner = action.owner, to
    action.version += 1
    action.save()

    trail.record("partners.action_handed_over", subject=action, by=by, old={"owner": str(old)}, new={"owner": str(to)})
    if to != old:
        _tell_new_owner(action, by)
    return action


def lock(action: JointAction, version: int | None = None) -> JointAction:
    """Lock the row and give its newest state; refuse when it changed after the person saw `version`.

    Raises:
        StaleVersion: somebody else was first.
    """
    locked: JointAction = JointAction.objects.locked().select_related("wijk", "theme", "owner").get(pk=action.pk)
    locked.check_version(version)
    return locked


def refresh(action: JointAction) -> None:
    """Let go of the kept pages when this action stands on one."""
    if action.is_public:
        page_cache.touch()


def around(action: JointAction) -> list[User]:
    """Who hears about an action: the owner (or who stands in), the partners' contacts, the coordinator."""
    people: Iterable[User] = [
        *User.objects.standing_in_for(action.owner),
        *contacts_of(action.partners.all(), action.wijk),
        *coordinators_or_managers(action.wijk),
    ]
    return list({user.pk: user for user in people}.values())


def close_signals(action: JointAction, *, outcome: str, by: User) -> None:
    """What the signals come to when their action ends: handled with its result, or looked at again."""
    for signal in action.signals.locked().filter(status="action"):
        signal.close_with_action(outcome)
        signal.save()
        done = "partners.signal_handled" if outcome else "partners.signal_reopened"
        trail.record(done, subject=signal, by=by)


def _tell(action: JointAction, letter: Letter, name: str, by: User) -> None:
    tell(around(action), letter, about=action, key=f"{name}:{action.pk}:{action.version}", leaving_out=by)


def _tell_new_owner(action: JointAction, by: User) -> None:
    key = f"action_handed_over:{action.pk}:{action.version}"
    tell([action.owner], letters.handed_over(action, by), about=action, key=key, leaving_out=by)


def _take_over(finding: Finding, action: JointAction, *, by: User) -> None:
    locked = Finding.objects.locked().get(pk=finding.pk)
    if locked.is_good:
        raise WorkflowError(_("Deze bevinding gaat over wat goed gaat. Kies eerst een ander punt."))
    if locked.action_id is not None:
        raise WorkflowError(_("Van deze bevinding is al een actie gemaakt."))
    locked.action = action
    locked.save(update_fields=["action"])
    trail.record("partners.finding_became_action", subject=locked, by=by)


def _columns(plan: ActionPlan) -> dict[str, object]:
    return {
        "title": plan.title,
        "goal": plan.goal,
        "theme": plan.theme,
        "owner": plan.owner,
        "year": plan.year,
        "due_on": plan.due_on,
    }


def _summary(action: JointAction) -> dict[str, str]:
    return {
        "title": action.title,
        "goal": action.goal,
        "theme": str(action.theme),
        "owner": str(action.owner),
        "year": str(action.year),
        "due_on": action.due_on.isoformat() if action.due_on else "",
        "partners": ", ".join(sorted(str(partner) for partner in action.partners.all())),
    }
