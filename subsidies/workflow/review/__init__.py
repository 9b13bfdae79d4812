"""The reviewer's steps before the decision: take up, complete, wait, hear, judge."""

from subsidies.workflow.review.completion import complete, lapse_completion, request_completion, resume, still_lacking
from subsidies.workflow.review.handling import (
    Answer,
    LineVerdict,
    assign,
    choose_buurt,
    judge,
    mark_read,
    note,
    record_contact,
    reply,
    take_up,
)
from subsidies.workflow.review.hearing import ask_hearing, end_hearing, lapse_hearing, receive_view
from subsidies.workflow.review.later import extend, pause, running_term, why_not_extended
from subsidies.workflow.review.ranking import HIGHEST_SCORE, count_votes, score

__all__ = [
    "HIGHEST_SCORE",
    "Answer",
    "LineVerdict",
    "ask_hearing",
    "assign",
    "choose_buurt",
    "complete",
    "count_votes",
    "end_hearing",
    "extend",
    "judge",
    "lapse_completion",
    "lapse_hearing",
    "mark_read",
    "note",
    "pause",
    "receive_view",
    "record_contact",
    "reply",
    "request_completion",
    "resume",
    "running_term",
    "score",
    "still_lacking",
    "take_up",
    "why_not_extended",
]
