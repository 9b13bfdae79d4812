"""The projects on Vandaag: checks that wait for me, and how many are over time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from participation.check_rows import ProjectRow, project_rows
from participation.models import Project
from participation.worklist import late, waits_for_staff
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.terms.calendar import today
from wbw_portal import today_moments
from wbw_portal.today_parts import MOST_ROWS


@dataclass(frozen=True)
class Checks:
    """What waits for this person, and what is late in everything that this person sees.

    `is_rest`: the checks of an ambassador stand in blocks of their own, so that here "nothing" would not be true.
    """

    rows: list[ProjectRow]
    total: int
    late: int
    list_url: str
    late_url: str
    entry_url: str
    is_rest: bool


def context(request: HttpRequest) -> dict[str, Any]:
    """For the start page of who works on projects."""
    user: Any = request.user
    return {
        "checks": checks(user) if user.has_perm("participation.register_project") else None,
        "moments": today_moments.waiting(user) if has_role(user, Role.PROJECT_LEAD) else [],
    }


def checks(user: User) -> Checks:
    """The lead's own work list, and what waits for a coordinator; an ambassador has a block of the own page."""
    waiting = waits_for_staff(user).select_related("department", "lead")
    is_ambassador = has_role(user, Role.AMBASSADOR)
    if is_ambassador:
        waiting = waiting.exclude(check_status="ambassador")
    address = reverse("admin:participation_project_changelist")
    return Checks(
        rows=project_rows(waiting[:MOST_ROWS], today()),
        total=(total := waiting.count()),
        late=late(Project.objects.visible_to(user), today()).count(),
        list_url=address,
        late_url=f"{address}?check=te-laat",
        entry_url=reverse("admin:participation_project_entry"),
        is_rest=is_ambassador and not total,
    )
