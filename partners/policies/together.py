"""Who may do what with signals, joint actions, walks and the noticeboard. A partner of another wijk has no part in it.

Reading is a question of where: partners in their own wijken, ambassadors and coordinators everywhere (handbook
section 6, "Who sees what"). Deciding is for the coordinator of the wijk, and for who carries the thing.
"""

from typing import Any

from django.db import models

from partners.models import ActionStep, Finding, JointAction, Notice, Signal, Walk
from partners.policies.organisations import network_wijken_of, organisations_of
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import Visitor, assignments_of, has_role, wijken_of
from shared.wijken.models import Wijk
from shared.wijken.querysets import AreaQuerySet

READS_EVERYWHERE = (Role.AMBASSADOR, Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)


def readable_wijken_of(user: Visitor) -> AreaQuerySet:
    """The wijken of which this person reads signals, actions, walks and notices, and in which they may add one."""
    if any(has_role(user, role) for role in READS_EVERYWHERE):
        return Wijk.objects.current()
    return network_wijken_of(user)


def takes_part(user: Visitor) -> bool:
    """Whether this person works together with others in any wijk."""
    return readable_wijken_of(user).exists()


def may_coordinate(user: Visitor, wijk: Wijk) -> bool:
    """The coordinator of this wijk (or who stands in), and the functional manager."""
    return has_role(user, Role.FUNCTIONAL_MANAGER) or has_role(user, Role.COORDINATOR, wijk=wijk)


def in_wijken_of(model: type[models.Model], user: User) -> models.QuerySet[Any]:
    """The records of this kind in the wijken that this person coordinates."""
    found: models.QuerySet[Any] = model._default_manager.filter(wijk__in=wijken_of(user))
    return found


def departments_of(user: Visitor) -> list[int]:
    """The departments, by key, for which this person is ambassador today."""
    return [a.department_id for a in assignments_of(user) if a.role == Role.AMBASSADOR and a.department_id]


# --- Joint actions ---------------------------------------------------------------------------------------------------


def may_lead(user: User, action: JointAction) -> bool:
    """Keep an action going: its owner, and the coordinator of the wijk."""
    return action.owner_id == user.pk or may_coordinate(user, action.wijk)


def may_change(user: User, action: JointAction) -> bool:
    """Change its words: who leads, and who proposed it as long as it is a proposal."""
    own_proposal = action.proposed_by_id == user.pk and action.status == "proposed"
    return action.is_open and (own_proposal or may_lead(user, action))


def may_do(user: User, step: ActionStep) -> bool:
    """Say that a step was taken: who would do it, and who leads."""
    return step.responsible_id == user.pk or may_lead(user, step.action)


# --- Signals ---------------------------------------------------------------------------------------------------------


def may_decide(user: User, signal: Signal) -> bool:
    """Say what becomes of a signal: the coordinator of the wijk."""
    return may_coordinate(user, signal.wijk)


# --- Walks -----------------------------------------------------------------------------------------------------------


def may_plan_in(user: Visitor, wijk: Wijk) -> bool:
    """Plan a walk: the coordinator and the partners of the wijk."""
    return may_coordinate(user, wijk) or network_wijken_of(user).filter(pk=wijk.pk).exists()


def may_organise(user: User, walk: Walk) -> bool:
    """Start a walk, end it, send the report: who organises it, and the coordinator of the wijk."""
    return walk.organiser_id == user.pk or may_coordinate(user, walk.wijk)


def may_note(user: User, walk: Walk) -> bool:
    """Write down what is seen: who organises, and who walks along."""
    return may_organise(user, walk) or walk.participants.filter(pk=user.pk).exists()


def may_close(user: User, finding: Finding) -> bool:
    """Say what was done: whom it was given to, and who organises the walk."""
    given = finding.department_id in departments_of(user) if finding.department_id else False
    if not given and finding.partner_id:
        given = organisations_of(user).filter(pk=finding.partner_id).exists()
    return given or may_organise(user, finding.walk)


# --- Noticeboard -----------------------------------------------------------------------------------------------------


def may_take_down(user: User, notice: Notice) -> bool:
    """Take a message off the board: the coordinator of the wijk, and who wrote it."""
    return notice.removed_at is None and (notice.author_id == user.pk or may_coordinate(user, notice.wijk))
