"""Who sits where: each department with its ambassador and deputy of a day, who does the work, and how much there is."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q

from ambassadors.models import AdviceRequest
from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import Absence, Department, RoleAssignment, User


@dataclass(frozen=True)
class Seat:
    """One department on one day."""

    department: Department
    day: date
    ambassador: RoleAssignment | None = None
    deputy: RoleAssignment | None = None
    # Who begins later, when nobody sits here by then.
    successor: RoleAssignment | None = None
    # The ambassador is away: until when, and who does the work.
    absence: Absence | None = None
    acting: User | None = None
    open_requests: int = 0
    overdue: int = 0
    # Who does the work may do so for other departments too: the open requests of all of these.
    load: int = 0

    @property
    def vacant_from(self) -> date | None:
        """The first day without an ambassador, as far as is known; None when somebody always sits here."""
        if self.ambassador is None:
            return self.day
        last = self.ambassador.ends_on
        if last is None or (self.successor and self.successor.starts_on <= last + timedelta(days=1)):
            return None
        return last + timedelta(days=1)

    @property
    def is_vacant(self) -> bool:
        """Nobody is the ambassador today."""
        return self.ambassador is None

    @property
    def is_soon_vacant(self) -> bool:
        """There is an ambassador, who stops within the days that the municipality looks ahead."""
        ahead = self.day + timedelta(days=municipality.current().periods.ambassador_warning_days)
        return self.ambassador is not None and self.vacant_from is not None and self.vacant_from <= ahead

    @property
    def is_full(self) -> bool:
        """Who does the work has more open requests than one person can handle."""
        return self.load > municipality.current().periods.ambassador_open_requests

    @property
    def is_uncovered(self) -> bool:
        """Nobody does the work today: no ambassador, or one who is away without a deputy."""
        return self.acting is None

    @property
    def stands_in(self) -> bool:
        """Somebody does the work in place of the ambassador."""
        return self.acting is not None and (self.ambassador is None or self.acting.pk != self.ambassador.user_id)


def seats(day: date) -> list[Seat]:
    """All departments by name; the same number of queries however many there are."""
    roles = list(
        RoleAssignment.objects.filter(role=Role.AMBASSADOR, user__is_active=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=day))
        .select_related("user")
        .order_by("starts_on", "pk")
    )
    away = {each.user_id: each for each in Absence.objects.active(day).select_related("user", "deputy")}
    loads = _loads(day)
    found = [_seat(department, day, roles, away, loads) for department in Department.objects.order_by("name")]
    by_person: Counter[int] = Counter()
    for each in found:
        if each.acting:
            by_person[each.acting.pk] += each.open_requests
    return [replace(each, load=by_person[each.acting.pk] if each.acting else each.open_requests) for each in found]


def seat_of(department: Department, day: date) -> Seat:
    """One department."""
    return next(each for each in seats(day) if each.department.pk == department.pk)


def _loads(day: date) -> dict[int, tuple[int, int]]:
    """Open and overdue requests by department."""
    open_ones = AdviceRequest.objects.open().exclude(department=None).order_by().values_list("department")
    rows = open_ones.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    return {department: (n, late) for department, n, late in rows}


def _seat(
    department: Department,
    day: date,
    roles: list[RoleAssignment],
    away: dict[int, Absence],
    loads: dict[int, tuple[int, int]],
) -> Seat:
    own = [each for each in roles if each.department_id == department.pk]
    now = [each for each in own if each.starts_on <= day]
    # Of two ambassadors the newest counts: the other is being replaced.
    ambassador = next((each for each in reversed(now) if not each.is_deputy), None)
    deputy = next((each for each in reversed(now) if each.is_deputy), None)
    later = (each for each in own if not each.is_deputy and each.starts_on > day)
    absence = away.get(ambassador.user_id) if ambassador else None
    open_requests, overdue = loads.get(department.pk, (0, 0))
    return Seat(
        department=department,
        day=day,
        ambassador=ambassador,
        deputy=deputy,
        successor=next(later, None),
        absence=absence,
        acting=_acting(ambassador, deputy, away),
        open_requests=open_requests,
        overdue=overdue,
    )


def _acting(ambassador: RoleAssignment | None, deputy: RoleAssignment | None, away: dict[int, Absence]) -> User | None:
    """The ambassador; else who replaces this absence; else the deputy of the department. Nobody who is away."""
    candidates: list[User] = []
    if ambassador:
        absence = away.get(ambassador.user_id)
        candidates.append(absence.deputy if absence else ambassador.user)
    if deputy:
        candidates.append(deputy.user)
    return next((each for each in candidates if each.is_active and each.pk not in away), None)
