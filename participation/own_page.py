"""What an ambassador finds on the own start page: checks to do, late checks, and projects of the department."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ambassadors.own_page import MOST_ROWS, Block, Visit, show
from participation.check_rows import project_rows
from participation.enums import CheckStatus
from participation.models import Project
from participation.querysets import ProjectQuerySet
from participation.worklist import most_urgent_first, with_checks

T = gettext_lazy
TEMPLATE = "admin/participation/_rows.html"


def _of(visit: Visit) -> ProjectQuerySet:
    return with_checks(Project.objects.active().filter(department__in=visit.departments))


def _values(projects: ProjectQuerySet, visit: Visit, filters: str) -> dict[str, Any] | None:
    found = list(projects.order_by(*most_urgent_first()).select_related("department", "lead")[: MOST_ROWS + 1])
    if not found:
        return None
    address = reverse("admin:participation_project_changelist")
    return {
        "rows": project_rows(found[:MOST_ROWS], visit.day),
        "more_url": f"{address}?{filters}" if len(found) > MOST_ROWS else "",
    }


def _to_do(visit: Visit) -> dict[str, Any] | None:
    return _values(_of(visit).filter(check_status=CheckStatus.AMBASSADOR), visit, "wacht=ik")


def _late(visit: Visit) -> dict[str, Any] | None:
    late = _of(visit).filter(open_due__lt=visit.day).exclude(check_status=CheckStatus.AMBASSADOR)
    return _values(late, visit, "check=te-laat")


def _others(visit: Visit) -> dict[str, Any] | None:
    rest = _of(visit).exclude(open_due__lt=visit.day).exclude(check_status=CheckStatus.AMBASSADOR)
    return _values(rest, visit, "status=active")


def register() -> None:
    """Put the blocks on the page."""
    show(
        Block("checks", T("Checks om na te kijken"), TEMPLATE, _to_do, 20),
        Block("checks-te-laat", T("Checks over tijd"), TEMPLATE, _late, 22),
        Block("projecten", T("Projecten van uw afdeling"), TEMPLATE, _others, 40),
    )
