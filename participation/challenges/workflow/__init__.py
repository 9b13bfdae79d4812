"""The only module that changes challenges. Each function is one step, in one transaction."""

from participation.challenges.workflow.clock import delete_old_drafts, remind, warn_old_drafts
from participation.challenges.workflow.decide import decide, end, evaluate, resume, start
from participation.challenges.workflow.group import withdraw, write_message
from participation.challenges.workflow.intake import (
    Group,
    Task,
    confirm_address,
    discard_draft,
    enter_for_group,
    mark_spam,
    restore,
    save_draft,
    send_draft_link,
    submit,
)
from participation.challenges.workflow.review import (
    assess,
    assign,
    link,
    plan_talk,
    propose,
    publish,
    send_message,
    treat_as_request,
    unpublish,
)

__all__ = [
    "Group",
    "Task",
    "assess",
    "assign",
    "confirm_address",
    "decide",
    "delete_old_drafts",
    "discard_draft",
    "end",
    "enter_for_group",
    "evaluate",
    "link",
    "mark_spam",
    "plan_talk",
    "propose",
    "publish",
    "remind",
    "restore",
    "resume",
    "save_draft",
    "send_draft_link",
    "send_message",
    "start",
    "submit",
    "treat_as_request",
    "unpublish",
    "warn_old_drafts",
    "withdraw",
    "write_message",
]
