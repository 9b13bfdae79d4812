"""Who is the ambassador of a department, who the deputy, and for which themes it answers. History is kept."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ambassadors import letters
from ambassadors.models import AdviceRequest, ThemeDuty
from ambassadors.policies import may_use_board
from ambassadors.seats import seat_of
from ambassadors.workflow import clock
from ambassadors.workflow.case import tell_people
from shared.accounts import workflow as accounts
from shared.accounts.enums import Role
from shared.accounts.models import Department, RoleAssignment, User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.wijken.models import Wijk


@transaction.atomic
def appoint(
    department: Department,
    *,
    email: str,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    is_deputy: bool = False,
    by: User,
) -> RoleAssignment:
    """Make somebody the ambassador or the deputy; who was it before ends the day before, and both hear it.

    What is open goes along as soon as the new one has begun.

    Raises:
        WorkflowError: it is not theirs to do, this is the same person, or somebody else is to begin later.
    """
    department = _lock(department, by)
    known = User.objects.filter(email__iexact=email.strip()).first()
    # A name that is known already is not theirs to change.
    user = accounts.invite(email, known.name if known and known.name else name, by=by)
    before = _current(department, is_deputy, starts_on)
    if before and before.user_id == user.pk:
        raise WorkflowError(_("%(user)s heeft deze rol al.") % {"user": user})
    if before and before.starts_on >= starts_on:
        raise WorkflowError(_("%(user)s begint al op of na deze dag. Beëindig eerst die rol.") % {"user": before.user})
    if before:
        _end(before, last_day=starts_on - timedelta(days=1), successor=user, by=by)
    assignment = accounts.assign_role(
        user,
        Role.AMBASSADOR,
        department=department,
        is_deputy=is_deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
    )

    trail.record(
        "ambassadors.appointed",
        subject=department,
        by=by,
        old={"adviser": str(before.user) if before else ""},
        new={"adviser": str(user), "starts_on": starts_on.isoformat()},
        text=assignment.in_words,
    )
    letter = letters.appointed(assignment, by=by, before=before.user if before else None)
    tell_people([user], letter, f"appointed:{assignment.pk}", about=department)
    pass_on_requests(department)
    return assignment


@transaction.atomic
def end(assignment: RoleAssignment, *, last_day: date, by: User) -> RoleAssignment:
    """Somebody stops as ambassador or deputy after this day, and hears it; the board asks for a successor.

    Raises:
        WorkflowError: it is not theirs to do, or it has ended already.
    """
    department = _lock(_department_of(assignment), by)
    _end(assignment, last_day=last_day, successor=None, by=by)
    trail.record(
        "ambassadors.ended", subject=department, by=by, text=assignment.in_words, new={"ends_on": last_day.isoformat()}
    )
    pass_on_requests(department)
    return assignment


def pass_on_requests(department: Department) -> int:
    """Give what is open of who left to who does the work today; how many went."""
    seat = seat_of(department, today())
    waiting = AdviceRequest.objects.open().filter(department=department).select_related("owner", "department")
    return sum(clock.pass_to_successor(request, seat) for request in waiting.most_urgent_first())


@transaction.atomic
def assign_theme(
    department: Department, *, theme: Theme, wijk: Wijk | None = None, starts_on: date, by: User
) -> ThemeDuty:
    """Let a department answer for a theme, everywhere or in one wijk.

    Raises:
        WorkflowError: it is not theirs to do, or the department has it already.
    """
    department = _lock(department, by)
    if ThemeDuty.objects.filter(department=department, theme=theme, wijk=wijk, ends_on=None).exists():
        raise WorkflowError(_("Deze afdeling heeft dit thema daar al."))
    duty = ThemeDuty.objects.create(department=department, theme=theme, wijk=wijk, starts_on=starts_on)
    trail.record("ambassadors.theme_assigned", subject=department, by=by, text=str(duty))
    return duty


@transaction.atomic
def end_theme(duty: ThemeDuty, *, by: User) -> ThemeDuty:
    """A department answers for this theme no more, from today on.

    Raises:
        WorkflowError: it is not theirs to do, or it has ended already.
    """
    department = _lock(duty.department, by)
    duty = ThemeDuty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if duty.ends_on is not None:
        raise WorkflowError(_("Dit is al beëindigd."))
    yesterday = today() - timedelta(days=1)
    duty.ends_on = max(yesterday, duty.starts_on - timedelta(days=1))
    duty.save(update_fields=["ends_on"])
    trail.record("ambassadors.theme_ended", subject=department, by=by, text=str(duty))
    return duty


def _lock(department: Department, by: User) -> Department:
    """Two people who appoint at once come one after the other."""
    if not may_use_board(by):
        raise WorkflowError(_("Alleen een wijkcoördinator of de functioneel beheerder kan dit doen."))
    return Department.objects.select_for_update().get(pk=department.pk)


def _department_of(assignment: RoleAssignment) -> Department:
    if assignment.role != Role.AMBASSADOR or assignment.department is None:
        raise WorkflowError(_("Dit is geen rol van een ambassadeur."))
    return assignment.department


def _current(department: Department, is_deputy: bool, day: date) -> RoleAssignment | None:
    """Who sits there on this day, or later."""
    seated = RoleAssignment.objects.filter(department=department, role=Role.AMBASSADOR, is_deputy=is_deputy)
    found = seated.filter(Q(ends_on=None) | Q(ends_on__gte=day)).select_related("user", "department")
    return found.order_by("-starts_on", "-pk").first()


def _end(assignment: RoleAssignment, *, last_day: date, successor: User | None, by: User) -> None:
    ended = accounts.end_role(assignment, last_day=last_day, by=by)
    assignment.ends_on = ended.ends_on
    letter = letters.ended(assignment, by=by, successor=successor)
    tell_people([assignment.user], letter, f"ended:{assignment.pk}:{last_day:%Y%m%d}", about=_department_of(assignment))
