"""Every message that leaves the building about ambassadors and advice: one function each."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from ambassadors.models import AdviceRequest, ContactNote
from ambassadors.roundup import Line, Month
from ambassadors.subjects import Summary, kind_of
from shared.accounts.models import Department, RoleAssignment, User
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.terms.calendar import today

ADVICE = "ambassadors.advice"


def advice_request(request: AdviceRequest, subject: Any, *, reminder: bool = False, note: str = "") -> Letter:
    """Ask for advice, with what the case is about but not whose it is; `note` is of who handed the question over."""
    return _to_adviser(
        "advice_request",
        request,
        subject,
        reminder=reminder,
        note=note,
        url=advice_url(request),
        late=request.is_late(today()),
    )


def advice_revoked(request: AdviceRequest, subject: Any, *, reason: str) -> Letter:
    """The advice is no longer needed."""
    return _to_adviser("advice_revoked", request, subject, reason=reason)


def advice_handed_over(request: AdviceRequest, subject: Any, *, to: str, note: str) -> Letter:
    """Tell who had the question that a colleague answers it now."""
    return _to_adviser("advice_handed_over", request, subject, to=to, note=note)


def advice_given(request: AdviceRequest, subject: Any) -> Letter:
    """Tell the reviewer what the adviser said."""
    return _to_reviewer("advice_given", request, subject)


def advice_handed_back(request: AdviceRequest, subject: Any) -> Letter:
    """Tell who asked, and who reviews, that the adviser cannot answer this."""
    return _to_reviewer("advice_handed_back", request, subject)


def advice_lapsed(request: AdviceRequest, subject: Any) -> Letter:
    """Tell the reviewer that no advice came."""
    return _to_reviewer("advice_lapsed", request, subject)


def advice_escalated(request: AdviceRequest, subject: Any) -> Letter:
    """Tell the coordinator and the head of the department that an answer is far too late."""
    return _compose("advice_escalated", {**_about(request, subject), "url": absolute(board_path())})


def appointed(assignment: RoleAssignment, *, by: User, before: User | None) -> Letter:
    """Tell an ambassador or deputy what the role asks, and who had it before; the way in is in the invitation."""
    return _compose(
        "appointed", {"assignment": assignment, "by": by, "before": before, "url": absolute(reverse("admin:index"))}
    )


def ended(assignment: RoleAssignment, *, by: User, successor: User | None) -> Letter:
    """Thank who was ambassador or deputy, and say who goes on."""
    return _compose("ended", {"assignment": assignment, "by": by, "successor": successor})


def appointment(note: ContactNote, *, to: User) -> Letter:
    """Tell the other side of an appointment of ambassador and coordinator."""
    return _compose("appointment", {"note": note, "to": to, "url": absolute(reverse("admin:ambassadors_contacts"))})


def roundup(department: Department, month: Month, lines: Iterable[Line], *, unsubscribe_url: str) -> Letter:
    """What a department did in a month."""
    context = {"department": department, "month": month, "lines": list(lines), "unsubscribe_url": unsubscribe_url}
    return _compose("roundup", {**context, "url": absolute(reverse("admin:index"))})


def advice_url(request: AdviceRequest) -> str:
    """The full address at which the adviser answers; it ends with an answer, a decision or a hand-over."""
    return absolute(reverse("ambassadors:advice", args=[token(request)]))


def token(request: AdviceRequest, turn: int | None = None) -> str:
    """What proves that somebody received the letter of this turn, by default of the one that answers now."""
    return sign(ADVICE, request=request.pk, turn=turn or request.turn)


def board_path() -> str:
    """Where coordinators see all departments."""
    return reverse("admin:ambassadors_board")


def _to_adviser(name: str, request: AdviceRequest, subject: Any, **context: Any) -> Letter:
    return _compose(name, {**_about(request, subject), **context})


def _to_reviewer(name: str, request: AdviceRequest, subject: Any) -> Letter:
    return _compose(name, {**_about(request, subject), "url": absolute(kind_of(subject).file_url(subject))})


def _about(request: AdviceRequest, subject: Any) -> dict[str, Any]:
    summary: Summary = kind_of(subject).describe(subject)
    return {"advice": request, "summary": summary}


def _compose(name: str, context: dict[str, Any]) -> Letter:
    return compose(f"ambassadors/letters/{name}.txt", context)
