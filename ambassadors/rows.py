"""How a request looks in a list: how long there is left, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ambassadors.models import AdviceRequest
from ambassadors.querysets import departments_of
from ambassadors.subjects import noun_of
from ambassadors.workflow.advice import why_no_reminder
from shared.accounts.models import User
from shared.terms.calendar import days_left_in_words

# Fewer days than this to the last day ask for attention.
SOON = 3


@dataclass(frozen=True)
class AdviceRow:
    """A request with its next actions; an address that is empty is an action that this person does not have."""

    request: AdviceRequest
    noun: str
    words: str
    urgency: str
    url: str
    answer_url: str = ""
    remind_url: str = ""
    hand_over_url: str = ""


def advice_rows(requests: Iterable[AdviceRequest], user: User, day: date, *, back: str = "") -> list[AdviceRow]:
    """The rows of this person: who may answer answers, who coordinates reminds and hands over. No queries per row."""
    mine = departments_of(user)
    return [_row(request, request.department_id in mine, day, back) for request in requests]


def left(request: AdviceRequest, day: date) -> tuple[str, str]:
    """How long there is left to answer, in words, and how urgent that is; nothing once it is over."""
    if not request.is_open:
        return "–", "none"
    days = (request.due_on - day).days
    urgency = "late" if days < 0 else "soon" if days < SOON else "calm"
    return days_left_in_words(request.due_on, day), urgency


def _row(request: AdviceRequest, is_mine: bool, day: date, back: str) -> AdviceRow:
    words, urgency = left(request, day)

    def step(slug: str) -> str:
        return reverse("admin:ambassadors_advicerequest_step", args=[request.pk, slug]) + back

    return AdviceRow(
        request=request,
        noun=noun_of(request.subject_type),
        words=words,
        urgency=urgency,
        url=reverse("admin:ambassadors_advicerequest_change", args=[request.pk]),
        answer_url=step("antwoorden") if is_mine else "",
        remind_url="" if is_mine or why_no_reminder(request) else step("herinneren"),
        hand_over_url=step("overdragen"),
    )
