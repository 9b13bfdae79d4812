"""The ambassador's start page: blocks that each programme adds, in one order, for the departments of one person.

    own_page.show(
        Block("checks", _("Checks te doen"), "admin/participation/_checks_block.html", values, position=20)
    )

`values(visit)` gives what the template needs, or None when there is nothing to show. Positions: 10 advice to give,
20 checks to do, 40 projects of the department, 50 initiatives nearby, 60 agenda with the coordinator, 70 contact.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ambassadors.models import AdviceRequest, ContactNote
from ambassadors.querysets import departments_of
from ambassadors.rows import AdviceRow, advice_rows
from shared.accounts.models import Department, User
from shared.terms.calendar import today

# A longer list is no work for a day; the rest is in the list itself.
MOST_ROWS = 15


@dataclass(frozen=True)
class Visit:
    """Who looks, for which departments, on which day."""

    user: User
    departments: tuple[Department, ...]
    day: date


@dataclass(frozen=True)
class Block:
    """A part of the page. `values` is asked once per visit; None leaves the block out."""

    name: str
    heading: str | Promise
    template: str
    values: Callable[[Visit], dict[str, Any] | None]
    position: int


@dataclass(frozen=True)
class Shown:
    """A block as it stands on the page."""

    name: str
    heading: str | Promise
    content: SafeString


@dataclass(frozen=True)
class Point:
    """Something to talk about with the coordinator."""

    text: str
    url: str = ""


_blocks: dict[str, Block] = {}
# What there is to talk about; upper programmes add theirs, such as checks that are late.
TALKING_POINTS: list[Callable[[Visit], list[Point]]] = []


def show(*blocks: Block) -> None:
    """Put these on the page of every ambassador."""
    for block in blocks:
        _blocks[block.name] = block


def blocks(request: HttpRequest) -> list[Shown]:
    """The page of this person, in order; empty for who is no ambassador today."""
    user: Any = request.user
    mine = departments_of(user)
    if not mine:
        return []
    visit = Visit(user, tuple(Department.objects.filter(pk__in=mine).order_by("name")), today())
    found = []
    for block in sorted(_blocks.values(), key=lambda each: each.position):
        values = block.values(visit)
        if values is not None:
            content = render_to_string(block.template, {"visit": visit, **values}, request)
            found.append(Shown(block.name, block.heading, content))
    return found


def _advice(visit: Visit) -> dict[str, Any]:
    """What this department was asked and did not answer yet, the most urgent first."""
    related = ("owner", "department", "wijk", "asked_by")
    asked = AdviceRequest.objects.of_departments({each.pk for each in visit.departments}).open()
    total = asked.count()
    rows: list[AdviceRow] = advice_rows(
        asked.select_related(*related).most_urgent_first()[:MOST_ROWS], visit.user, visit.day, back="?terug=vandaag"
    )
    address = reverse("admin:ambassadors_advicerequest_changelist")
    return {"rows": rows, "total": total, "more_url": f"{address}?status=open" if total > MOST_ROWS else ""}


def _agenda(visit: Visit) -> dict[str, Any] | None:
    """What is planned, and what there is to talk about."""
    points = [point for ask in TALKING_POINTS for point in ask(visit)]
    appointments = list(_notes(visit).coming(visit.day)[:MOST_ROWS])
    return {"appointments": appointments, "points": points} if points or appointments else None


def _contact(visit: Visit) -> dict[str, Any]:
    """What was agreed and is not done."""
    return {"follow_ups": list(_notes(visit).to_follow_up()[:MOST_ROWS]), "day": visit.day}


def _late_advice(visit: Visit) -> list[Point]:
    late = AdviceRequest.objects.of_departments({each.pk for each in visit.departments}).overdue(visit.day)
    rows = advice_rows(late.most_urgent_first()[:MOST_ROWS], visit.user, visit.day)
    return [Point(str(_("Advies te laat: %(title)s")) % {"title": row.request.title}, row.url) for row in rows]


def _notes(visit: Visit) -> Any:
    mine = Q(department__in=visit.departments)
    return ContactNote.objects.filter(mine).select_related("department", "wijk", "author")


show(
    Block("advies", _("Advies te geven"), "admin/ambassadors/_block_advice.html", _advice, 10),
    Block("agenda", _("Agenda met de coördinator"), "admin/ambassadors/_block_agenda.html", _agenda, 60),
    Block("contact", _("Contact: nog te doen"), "admin/ambassadors/_block_contact.html", _contact, 70),
)
TALKING_POINTS.append(_late_advice)
