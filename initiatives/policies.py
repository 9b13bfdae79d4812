"""Who may do what with an initiative: the same answers for views, admin and templates."""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.enums import OPEN_TO_NEIGHBOURS, Status
from initiatives.models import Initiative, Message
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role


class Step(StrEnum):
    """The buttons on the file page."""

    CLEAR = "clear"
    CONFIRM_BY_PHONE = "confirm_by_phone"
    TAKE_UP = "take_up"
    ACCEPT = "accept"
    ASK = "ask"
    PASS_ON = "pass_on"  # noqa: S105 (no password)
    DECLINE = "decline"
    START = "start"
    FINISH = "finish"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    MESSAGE = "message"
    ASSIGN = "assign"
    MERGE = "merge"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    SPAM = "spam"


STATUS_AFTER = {
    Step.CLEAR: Status.RECEIVED,
    Step.CONFIRM_BY_PHONE: Status.RECEIVED,
    Step.TAKE_UP: Status.IN_REVIEW,
    Step.ACCEPT: Status.ACCEPTED,
    Step.ASK: Status.QUESTION,
    Step.PASS_ON: Status.PASSED_ON,
    Step.DECLINE: Status.DECLINED,
    Step.START: Status.IN_PROGRESS,
    Step.FINISH: Status.DONE,
    Step.MERGE: Status.MERGED,
    Step.REOPEN: Status.IN_REVIEW,
    Step.WITHDRAW: Status.WITHDRAWN,
    Step.SPAM: Status.SPAM,
}

# Some steps lead to the same status from different places; these say from where each one is meant.
ONLY_FROM = {
    Step.CLEAR: {Status.SCREENING, Status.SPAM},
    Step.CONFIRM_BY_PHONE: {Status.UNCONFIRMED},
    Step.TAKE_UP: {Status.RECEIVED},
    Step.REOPEN: {Status.DECLINED, Status.PASSED_ON},
}

NOT_PUBLISHABLE = {Status.UNCONFIRMED, Status.SCREENING, Status.SPAM, Status.MERGED}


def may_review(user: User, initiative: Initiative) -> bool:
    """The coordinator of the wijk, who the plan was assigned to, and the functional manager."""
    return (
        has_role(user, Role.FUNCTIONAL_MANAGER)
        or has_role(user, Role.COORDINATOR, wijk=initiative.wijk)
        or (has_role(user, Role.COORDINATOR) and initiative.owner_id == user.pk)
    )


def may_export_personal_data(user: User) -> bool:
    """An export of the work list may hold names and addresses only for who reviews."""
    return user.has_perm("initiatives.export_personal_data")


def is_initiator(user: User, initiative: Initiative) -> bool:
    """The person who brought the plan, known by a confirmed e-mail address."""
    return user.is_authenticated and initiative.initiator_id == user.pk


def may_withdraw(user: User, initiative: Initiative) -> bool:
    """The initiator, as long as the plan is not closed."""
    return is_initiator(user, initiative) and initiative.can_move_to(Status.WITHDRAWN)


def may_post_update(user: User, initiative: Initiative) -> bool:
    """The initiator tells news on the public page, also after the plan is done."""
    return (
        is_initiator(user, initiative)
        and initiative.is_published
        and initiative.status in (*OPEN_TO_NEIGHBOURS, Status.DONE)
    )


def why_not(initiative: Initiative, step: Step) -> str:
    """Why this step is not possible now, in one sentence; empty when it is."""
    status = Status(initiative.status)
    if step in ONLY_FROM and status not in ONLY_FROM[step]:
        return _("Past niet bij de status “%(status)s”.") % {"status": status.label}
    if step in STATUS_AFTER and not initiative.can_move_to(STATUS_AFTER[step]):
        return _("Kan niet vanuit de status “%(status)s”.") % {"status": status.label}
    if step is Step.PUBLISH and status in NOT_PUBLISHABLE:
        return _("Kan pas als het idee is bevestigd en bekeken.")
    if step is Step.UNPUBLISH and not initiative.is_published:
        return _("Het initiatief staat niet op de website.")
    if step is Step.MESSAGE and status in (Status.SPAM, Status.UNCONFIRMED):
        return _("Het e-mailadres van de indiener is niet bevestigd.")
    return ""


def open_question(initiative: Initiative) -> Message | None:
    """What the initiator was asked last and did not answer yet."""
    open_ones = [each for each in initiative.messages.all() if each.is_question and each.answered_at is None]
    return open_ones[-1] if open_ones else None


def why_no_reminder(initiative: Initiative, now: datetime) -> str:
    """Why the initiator is not reminded now, in one sentence; empty when a reminder helps."""
    if initiative.status == Status.UNCONFIRMED:
        return _heard_today(initiative.confirmation_reminded_at or initiative.submitted_at, now)
    asked = open_question(initiative) if initiative.status == Status.QUESTION else None
    if asked is None:
        return _("Er wacht niets op de indiener. De status is “%(status)s”.") % {
            "status": Status(initiative.status).label
        }
    return _heard_today(initiative.question_reminded_at or asked.sent_at, now)


def _heard_today(last: datetime, now: datetime) -> str:
    """Once a day is enough."""
    if timezone.localdate(last) < timezone.localdate(now):
        return ""
    return _("De indiener kreeg hierover vandaag al bericht, om %(time)s.") % {
        "time": f"{timezone.localtime(last):%H:%M}"
    }
