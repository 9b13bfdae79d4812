"""The only module that changes moments and what people send. Each function is one step, in one transaction."""

from participation.moments.workflow.after import evaluate, give_feedback, give_score
from participation.moments.workflow.clock import forget_people, forget_unconfirmed, remind
from participation.moments.workflow.contributions import (
    Words,
    confirm_contribution,
    contribute,
    enter_counts,
    enter_from_paper,
    hide,
    show,
    withdraw_address,
)
from participation.moments.workflow.follow import (
    confirm_follow,
    follow_area,
    follow_circle,
    follow_point,
    follow_project,
    forget_follows,
)
from participation.moments.workflow.moments import (
    Details,
    announce,
    cancel,
    change,
    close,
    end_with_project,
    hold,
    note_past,
    plan,
    record_attendance,
)
from participation.moments.workflow.sign_ups import ask, confirm, enter, forget, sign_off

__all__ = [
    "Details",
    "Words",
    "announce",
    "ask",
    "cancel",
    "change",
    "close",
    "confirm",
    "confirm_contribution",
    "confirm_follow",
    "contribute",
    "end_with_project",
    "enter",
    "enter_counts",
    "enter_from_paper",
    "evaluate",
    "follow_area",
    "follow_circle",
    "follow_point",
    "follow_project",
    "forget",
    "forget_follows",
    "forget_people",
    "forget_unconfirmed",
    "give_feedback",
    "give_score",
    "hide",
    "hold",
    "note_past",
    "plan",
    "record_attendance",
    "remind",
    "show",
    "sign_off",
    "withdraw_address",
]
