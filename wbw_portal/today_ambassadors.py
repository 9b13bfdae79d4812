"""The ambassadors on Vandaag: the own page of who is one, and for the coordinator what needs attention."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ambassadors import board, own_page
from ambassadors.models import AdviceRequest
from ambassadors.policies import may_use_board
from ambassadors.rows import SOON, AdviceRow, advice_rows
from shared.accounts.models import User
from shared.terms.calendar import today
from wbw_portal.today_parts import MOST_ROWS


@dataclass(frozen=True)
class Attention:
    """What a coordinator sees: departments without an ambassador, and advice that is due or late."""

    vacant: list[str]
    rows: list[AdviceRow]
    total: int
    board_url: str
    list_url: str


def context(request: HttpRequest) -> dict[str, Any]:
    """For the start page of this person."""
    user: Any = request.user
    return {"own_blocks": own_page.blocks(request), "attention": attention(user) if may_use_board(user) else None}


def attention(user: User) -> Attention:
    """What waits for others and is due: what an ambassador answers is on the own page of that person."""
    day = today()
    asked = AdviceRequest.objects.visible_to(user).due_by(day, SOON)
    rows = asked.select_related("owner", "department", "wijk", "asked_by").most_urgent_first()[:MOST_ROWS]
    return Attention(
        vacant=[str(each.department) for each in board.vacant(day)],
        rows=advice_rows(rows, user, day, back="?terug=vandaag"),
        total=asked.count(),
        board_url=reverse("admin:ambassadors_board"),
        list_url=reverse("admin:ambassadors_advicerequest_changelist") + "?status=open",
    )
