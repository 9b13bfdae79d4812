"""What an ambassador finds on the own start page: checks to do, late checks, projects of the department and plans near.

Which is which is asked in conditions that a project without a check, or without a last day, answers too: in SQL
`NOT (NULL < today)` is not true.
"""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.own_page import MOST_ROWS, TALKING_POINTS, Block, Point, Visit, show
from participation.check_rows import project_rows
from participation.enums import CheckStatus
from participation.models import Project
from participation.nearby import plans_near
from participation.querysets import ProjectQuerySet
from participation.worklist import most_urgent_first, with_checks

T = gettext_lazy
TEMPLATE = "admin/participation/_rows.html"
TO_DO = Q(check_status=CheckStatus.AMBASSADOR)
WITH_OTHERS = Q(check_status=None) | ~TO_DO


def _of(visit: Visit) -> ProjectQuerySet:
    return with_checks(Project.objects.active().filter(department__in=visit.departments))


def _late_of(visit: Visit) -> ProjectQuerySet:
    return _of(visit).filter(WITH_OTHERS, open_due__lt=visit.day)


def _values(projects: ProjectQuerySet, visit: Visit, filters: str) -> dict[str, Any] | None:
    found = list(projects.order_by(*most_urgent_first()).select_related("department", "lead")[: MOST_ROWS + 1])
    if not found:
        return None
    address = reverse("admin:participation_project_changelist")
    return {
        "rows": project_rows(found[:MOST_ROWS], visit.day, turns=(CheckStatus.AMBASSADOR,)),
        "more_url": f"{address}?{filters}" if len(found) > MOST_ROWS else "",
    }


def _to_do(visit: Visit) -> dict[str, Any] | None:
    return _values(_of(visit).filter(TO_DO), visit, "wacht=ik")


def _late(visit: Visit) -> dict[str, Any] | None:
    return _values(_late_of(visit), visit, "check=te-laat")


def _others(visit: Visit) -> dict[str, Any] | None:
    in_time = Q(open_due=None) | Q(open_due__gte=visit.day)
    return _values(_of(visit).filter(WITH_OTHERS, in_time), visit, "status=active")


def _plans(visit: Visit) -> dict[str, Any] | None:
    rows = plans_near(Project.objects.active().filter(department__in=visit.departments), at_most=MOST_ROWS)
    return {"rows": rows} if rows else None


def _late_checks(visit: Visit) -> list[Point]:
    """What an ambassador and the coordinator talk about: checks that are over time, wherever they lie."""
    late = _of(visit).filter(open_due__lt=visit.day).order_by(*most_urgent_first())[:MOST_ROWS]
    return [
        Point(
            _("Check te laat: %(title)s") % {"title": project.title},
            reverse("admin:participation_project_change", args=[project.pk]),
        )
        for project in late
    ]


def register() -> None:
    """Put the blocks on the page."""
    show(
        Block("checks", T("Checks om na te kijken"), TEMPLATE, _to_do, 20),
        Block("checks-te-laat", T("Checks over tijd"), TEMPLATE, _late, 22),
        Block("projecten", T("Projecten van uw afdeling"), TEMPLATE, _others, 40),
        Block("initiatieven", T("Initiatieven bij deze projecten"), "admin/participation/_plans.html", _plans, 50),
    )
    TALKING_POINTS.append(_late_checks)
