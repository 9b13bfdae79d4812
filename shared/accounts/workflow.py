"""The only place where people, roles and absence change.

Who to call stands on the page of a wijk, and who answers on that of a plan: what changes there ends with `touch()`.
"""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts import known, letters
from shared.accounts.enums import ADMIN_ROLES, Role
from shared.accounts.models import Absence, Department, RoleAssignment, User
from shared.accounts.policies import may_register_absence
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.ui import page_cache
from shared.wijken.models import Wijk

FOREVER = date.max


def resident_for(email: str, name: str = "") -> User:
    """Find who has this address, or make them known. A name fills an empty one and never replaces one.

    Without an event: that somebody became known is the date on the record, and their case tells the rest.

    Raises:
        ValidationError: this is not an e-mail address.
    """
    validate_email(email)
    user, created = User.objects.get_or_create(email=email.strip().lower(), defaults={"name": name})
    if name and not created and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    return user


def held_resident(email: str) -> User | None:
    """Make somebody known who never had an account and of whom something is kept; nobody else, and nobody twice."""
    if User.objects.filter(email=email.strip().lower()).exists() or not known.is_held(email):
        return None
    return resident_for(email)


@transaction.atomic
def invite(email: str, name: str, *, phone: str = "", by: User | None) -> User:
    """Make a colleague known under this name; the letter goes out with the role (`assign_role`)."""
    user = resident_for(email, name)
    old = _contact(user)
    user.name, user.phone = name or user.name, phone or user.phone
    user.save(update_fields=["name", "phone"])
    trail.record("accounts.invited", subject=user, by=by, old=old, new=_contact(user))
    return user


@transaction.atomic
def assign_role(
    user: User,
    role: str,
    *,
    wijk: Wijk | None = None,
    department: Department | None = None,
    is_deputy: bool = False,
    starts_on: date,
    ends_on: date | None = None,
    by: User | None,
    tell: bool = True,
) -> RoleAssignment:
    """Give somebody a role for a while and write to them, unless who asks writes a letter of its own.

    `by` is empty for the very first manager only.

    Raises:
        WorkflowError: the role lacks its wijk or department, or they have it already in these days.
    """
    User.objects.select_for_update().get(pk=user.pk)
    assignment = RoleAssignment(
        user=user,
        role=role,
        wijk=wijk,
        department=department,
        is_deputy=is_deputy,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _check(assignment)
    same = user.role_assignments.filter(role=role, wijk=wijk, department=department)
    if any(_overlap(assignment, other) for other in same):
        raise WorkflowError(
            _("%(user)s heeft deze rol al in deze periode: %(role)s.") % {"user": user, "role": assignment.in_words}
        )
    assignment.save()
    _forget_roles(user)
    trail.record("accounts.role_assigned", subject=user, by=by, new=_summary(assignment))
    page_cache.touch()
    if by is not None and tell:
        letters.send_invitation(assignment, by=by)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, last_day: date | None = None, by: User | None) -> RoleAssignment:
    """End a role: after `last_day`, or at once when no day is given.

    Raises:
        WorkflowError: nobody would be left to manage the portal, or the role had ended already.
    """
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    today = timezone.localdate()
    if assignment.ends_on is not None and assignment.ends_on < today:
        raise WorkflowError(_("Deze rol is al afgelopen."))
    old = _summary(assignment)
    at_once = max(today - timedelta(days=1), assignment.starts_on - timedelta(days=1))
    assignment.ends_on = last_day or at_once
    _check(assignment)
    _keep_one_manager(assignment)
    assignment.save()
    _forget_roles(assignment.user)
    trail.record("accounts.role_ended", subject=assignment.user, by=by, old=old, new=_summary(assignment))
    page_cache.touch()
    return assignment


@transaction.atomic
def register_absence(user: User, *, deputy: User, starts_on: date, ends_on: date, by: User) -> Absence:
    """Note that somebody is away and who does the daily work meanwhile.

    Raises:
        WorkflowError: it is not theirs to say, the deputy is no colleague, or these days overlap with an absence that
            is known already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    _check_absence_is_theirs(by, user)
    absence = Absence(user=user, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    _check(absence)
    held = RoleAssignment.objects.active(max(starts_on, timezone.localdate())).filter(user=deputy)
    # A partner is no colleague: who replaces reads what residents wrote.
    if not held.filter(role__in=ADMIN_ROLES).exists():
        raise WorkflowError(_("Kies als vervanger een collega die zelf een rol heeft."))
    if any(_overlap(absence, other) for other in user.absences.all()):
        raise WorkflowError(_("Voor deze dagen staat al een vervanger genoteerd. Pas die eerst aan."))
    absence.save()
    _forget_roles(user, deputy)
    trail.record("accounts.absence_registered", subject=user, by=by, new=_absence_summary(absence))
    page_cache.touch()
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """Somebody is back earlier, or does not go: from today they do their own work again.

    Raises:
        WorkflowError: it is not theirs to say. Who replaces a colleague cannot end that by themselves.
    """
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    _check_absence_is_theirs(by, absence.user)
    old, yesterday = _absence_summary(absence), timezone.localdate() - timedelta(days=1)
    user, deputy = absence.user, absence.deputy
    if absence.starts_on > yesterday:
        absence.delete()
        new = {}
    else:
        absence.ends_on = min(absence.ends_on, yesterday)
        absence.save(update_fields=["ends_on"])
        new = _absence_summary(absence)
    _forget_roles(user, deputy)
    trail.record("accounts.absence_ended", subject=user, by=by, old=old, new=new)
    page_cache.touch()


@transaction.atomic
def change_contact(user: User, *, name: str, phone: str, by: User) -> User:
    """Correct somebody's name and phone number."""
    user = User.objects.select_for_update().get(pk=user.pk)
    old = _contact(user)
    user.name, user.phone = name, phone
    user.save(update_fields=["name", "phone"])
    trail.record("accounts.contact_changed", subject=user, by=by, old=old, new=_contact(user))
    page_cache.touch()
    return user


@transaction.atomic
def change_email(user: User, email: str, *, by: User) -> User:
    """Let another address open this account; the old one hears of it, and open sessions end.

    Raises:
        WorkflowError: somebody else has this address, or it is not an e-mail address.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    old_email = user.email
    user.email = email.strip().lower()
    if user.email == old_email:
        return user
    _check(user)
    user.save(update_fields=["email"])
    # What single sign-on learned about the old address must not open the account any more.
    EmailAddress.objects.filter(user=user).delete()
    trail.record("accounts.email_changed", subject=user, by=by, old={"email": old_email}, new={"email": user.email})
    letters.send_address_changed(user, old_email)
    return user


@transaction.atomic
def set_active(user: User, active: bool, *, by: User) -> User:
    """Close or reopen an account; open sessions of a closed account end at once.

    Raises:
        WorkflowError: nobody would be left to manage the portal.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        return user
    managers = User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)
    if not active and managers.filter(pk=user.pk).exists() and not managers.exclude(pk=user.pk).exists():
        raise WorkflowError(_("Er moet één functioneel beheerder overblijven. Geef eerst een collega die rol."))
    user.is_active = active
    user.save(update_fields=["is_active"])
    action = "accounts.reopened" if active else "accounts.closed"
    trail.record(action, subject=user, by=by, old={"is_active": not active}, new={"is_active": active})
    page_cache.touch()
    return user


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """Help a colleague who lost the phone and the recovery codes: at the next visit they set up a new one.

    Raises:
        WorkflowError: there is nothing to take away, or it is one's own (that takes the second factor itself).
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user == by:
        raise WorkflowError(_("Uw eigen tweede controle verandert u zelf, via “Tweede controle”."))
    number, _by_model = Authenticator.objects.filter(user=user).delete()
    if not number:
        raise WorkflowError(_("%(user)s heeft nog geen tweede controle.") % {"user": user})
    trail.record("accounts.second_factor_reset", subject=user, by=by)
    letters.send_security_change(user, "reset")


@transaction.atomic
def save_department(department: Department, *, by: User) -> Department:
    """Add a department or correct how to reach it."""
    before = Department.objects.filter(pk=department.pk).first()
    department.save()
    old = _reach(before) if before else {}
    trail.record("accounts.department_saved", subject=department, by=by, old=old, new=_reach(department))
    return department


def _check(record: RoleAssignment | Absence | User) -> None:
    try:
        record.full_clean(validate_unique=True)
    except ValidationError as error:
        raise WorkflowError(" ".join(error.messages)) from error


def _check_absence_is_theirs(by: User, absent: User) -> None:
    if not may_register_absence(by, absent):
        raise WorkflowError(
            _("Alleen %(user)s zelf en de functioneel beheerder kunnen dit doen. Overleg met een van hen.")
            % {"user": absent}
        )


def _keep_one_manager(ending: RoleAssignment) -> None:
    if ending.role != Role.FUNCTIONAL_MANAGER:
        return
    others = RoleAssignment.objects.active().filter(role=Role.FUNCTIONAL_MANAGER, user__is_active=True)
    if not others.exclude(pk=ending.pk).filter(ends_on__isnull=True).exists():
        raise WorkflowError(_("Er moet één functioneel beheerder overblijven. Geef eerst een collega die rol."))


def _overlap(one: RoleAssignment | Absence, other: RoleAssignment | Absence) -> bool:
    return one.starts_on <= (other.ends_on or FOREVER) and other.starts_on <= (one.ends_on or FOREVER)


def _forget_roles(*users: User) -> None:
    for user in users:
        user.forget_roles()


def _contact(user: User) -> dict[str, str]:
    return {"name": user.name, "phone": user.phone}


def _reach(department: Department) -> dict[str, str]:
    return {
        "name": department.name,
        "email": department.email,
        "phone": department.phone,
        "head_email": department.head_email,
    }


def _summary(assignment: RoleAssignment) -> dict[str, str]:
    return {
        "role": assignment.in_words,
        "starts_on": assignment.starts_on.isoformat(),
        "ends_on": assignment.ends_on.isoformat() if assignment.ends_on else "",
    }


def _absence_summary(absence: Absence) -> dict[str, str]:
    return {
        "deputy": str(absence.deputy),
        "starts_on": absence.starts_on.isoformat(),
        "ends_on": absence.ends_on.isoformat(),
    }
