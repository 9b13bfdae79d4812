"""Money leaves the building: who gets it on which account, in which file, and what the bank did."""

from subsidies.workflow.pay.account import check_account, give_account
from subsidies.workflow.pay.bank import Booked, book_statement, mark_paid, mark_returned
from subsidies.workflow.pay.batch import cancel_batch, make_batch, record_download, release_batch, take_out
from subsidies.workflow.pay.clock import end_stops, remind_of_account, warn_of_term
from subsidies.workflow.pay.payment import (
    block,
    let_go,
    newest_account,
    open_payments,
    prepare_payment,
    resume_payment,
    stop_holds,
    stop_payment,
    unblock,
    why_not_stopped,
)

__all__ = [
    "Booked",
    "block",
    "book_statement",
    "cancel_batch",
    "check_account",
    "end_stops",
    "give_account",
    "let_go",
    "make_batch",
    "mark_paid",
    "mark_returned",
    "newest_account",
    "open_payments",
    "prepare_payment",
    "record_download",
    "release_batch",
    "remind_of_account",
    "resume_payment",
    "stop_holds",
    "stop_payment",
    "take_out",
    "unblock",
    "warn_of_term",
    "why_not_stopped",
]
