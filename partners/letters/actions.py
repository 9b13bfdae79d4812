"""What we write about joint actions and their steps."""

from typing import Any

from partners.models import ActionStep, JointAction
from shared.accounts.models import User
from shared.links import absolute
from shared.notifications.compose import Letter, compose


def proposed(action: JointAction) -> Letter:
    """There is a proposal: to the coordinator, who says yes or no, and to who would take part."""
    return _letter("action_proposed", action)


def agreed(action: JointAction) -> Letter:
    """The coordinator said yes; with the steps."""
    return _letter("action_agreed", action, steps=list(action.steps.select_related("responsible")))


def started(action: JointAction) -> Letter:
    """Work has begun."""
    return _letter("action_started", action)


def finished(action: JointAction) -> Letter:
    """It is done: the result, and thanks."""
    return _letter("action_finished", action)


def stopped(action: JointAction) -> Letter:
    """It goes no further, and why."""
    return _letter("action_stopped", action)


def handed_over(action: JointAction, by: User) -> Letter:
    """To the new owner."""
    return _letter("action_handed_over", action, by=by)


def step_given(step: ActionStep, by: User) -> Letter:
    """Somebody put you beside a step."""
    return _letter("step_given", step.action, step=step, by=by)


def step_reminder(step: ActionStep, *, late: bool) -> Letter:
    """The day of a step comes near, or has passed."""
    return _letter("step_reminder", step.action, step=step, late=late)


def _letter(name: str, action: JointAction, **context: Any) -> Letter:
    values = {"action": action, "url": absolute(action.get_absolute_url()), **context}
    return compose(f"partners/letters/{name}.txt", values)
