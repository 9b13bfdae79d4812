"""The page of the board."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ambassadors import board as rooms
from ambassadors.policies import may_use_board
from ambassadors.rows import advice_rows
from shared.terms.calendar import today

# A longer list is no work for a day; the rest is in the list of requests.
MOST_ROWS = 25


@require_safe
def board(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Every department at a glance, and what is late, each with what to do about it.

    Raises:
        PermissionDenied: this person looks after no ambassadors.
    """
    user: Any = request.user
    if not may_use_board(user):
        raise PermissionDenied
    day = today()
    late = rooms.overdue(user, day)
    values = {
        "title": _("Ambassadeurs"),
        "rows": rooms.rows(day),
        "late": advice_rows(late[:MOST_ROWS], user, day),
        "late_total": late.count(),
    }
    return TemplateResponse(request, "admin/ambassadors/board.html", {**around, **values})
