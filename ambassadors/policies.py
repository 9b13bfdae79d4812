"""Who may do what with departments, requests for advice and contacts: the same for screens and steps."""

from django.db import models

from ambassadors.models import AdviceRequest, ContactNote
from ambassadors.querysets import departments_of
from ambassadors.subjects import find, kind_of
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import Visitor, has_role, wijken_of


def is_ambassador(user: User, department: Department | None = None) -> bool:
    """Whether this person is an ambassador today, of this department; who deputises counts."""
    mine = departments_of(user)
    return bool(mine) if department is None else department.pk in mine


def may_use_board(user: Visitor) -> bool:
    """Look after the ambassadors: coordinators and functional managers."""
    return has_role(user, Role.COORDINATOR) or has_role(user, Role.FUNCTIONAL_MANAGER)


def may_ask(user: User, subject: models.Model) -> bool:
    """Who handles the case."""
    return kind_of(subject).may_ask(user, subject)


def may_look_after(user: User, request: AdviceRequest) -> bool:
    """Take a request back, remind of it, hand it over: who handles the case, or coordinates the wijk."""
    if has_role(user, Role.FUNCTIONAL_MANAGER):
        return True
    if not has_role(user, Role.COORDINATOR):
        return False
    subject = find(request.subject_type, request.subject_id)
    asks = subject is not None and may_ask(user, subject)
    there = request.wijk_id is None or wijken_of(user).filter(pk=request.wijk_id).exists()
    return asks or there or request.asked_by_id == user.pk


def may_answer(user: User, request: AdviceRequest) -> bool:
    """The ambassador of the department that was asked, the deputy, and who stands in for them."""
    return request.department_id in departments_of(user)


def may_hand_over(user: User, request: AdviceRequest) -> bool:
    """Who may answer, and who looks after the request."""
    return may_answer(user, request) or may_look_after(user, request)


def may_note_contact(user: User, department: Department) -> bool:
    """Ambassadors of the department, and who coordinates."""
    return is_ambassador(user, department) or may_use_board(user)


def may_finish(user: User, note: ContactNote) -> bool:
    """Whoever sees the contact may say that what was agreed is done."""
    return ContactNote.objects.visible_to(user).filter(pk=note.pk).exists()
