"""The only module that changes initiatives. Each function is one step, in one transaction."""

from initiatives.workflow.clock import (
    delete_old_drafts,
    remind_unanswered,
    remind_unanswered_questions,
    remind_unconfirmed,
    warn_old_drafts,
)
from initiatives.workflow.drafts import (
    discard_draft,
    note_use,
    save_draft,
    wipe_idle_drafts,
)
from initiatives.workflow.involve import (
    ask_involvement,
    confirm_involvement,
    forget_involvement,
    stop_involvement,
)
from initiatives.workflow.merge import merge
from initiatives.workflow.notes import record_contact, save_note
from initiatives.workflow.publish import mark_funded, post_update, publish, remove_update, unpublish
from initiatives.workflow.remind import remind
from initiatives.workflow.resident import (
    answer_question,
    change_contact,
    confirm_new_address,
    withdraw,
    write_message,
)
from initiatives.workflow.review import (
    accept,
    ask,
    assign,
    decline,
    finish,
    pass_on,
    reopen,
    send_message,
    start,
    take_up,
)
from initiatives.workflow.submit import (
    Initiator,
    Plan,
    clear,
    confirm_address,
    confirm_by_phone,
    enter_for_resident,
    mark_spam,
    send_confirmation_again,
    submit,
)

__all__ = [
    "Initiator",
    "Plan",
    "accept",
    "answer_question",
    "ask",
    "ask_involvement",
    "assign",
    "change_contact",
    "clear",
    "confirm_address",
    "confirm_by_phone",
    "confirm_involvement",
    "confirm_new_address",
    "decline",
    "delete_old_drafts",
    "discard_draft",
    "enter_for_resident",
    "finish",
    "forget_involvement",
    "mark_funded",
    "mark_spam",
    "merge",
    "note_use",
    "pass_on",
    "post_update",
    "publish",
    "record_contact",
    "remind",
    "remind_unanswered",
    "remind_unanswered_questions",
    "remind_unconfirmed",
    "remove_update",
    "reopen",
    "save_draft",
    "save_note",
    "send_confirmation_again",
    "send_message",
    "start",
    "stop_involvement",
    "submit",
    "take_up",
    "unpublish",
    "warn_old_drafts",
    "wipe_idle_drafts",
    "withdraw",
    "write_message",
]
