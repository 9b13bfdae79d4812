"""Roles with dates, in a wijk or for a department, and what they open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared.accounts.enums import ASSIGNED_ROLES, STAFF_ROLES, Role
from shared.accounts.models import RoleAssignment, User
from shared.accounts.policies import has_role, is_staff_member, roles_of, wijken_of
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    ProjectLeadFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db

FACTORY = {
    Role.COORDINATOR: CoordinatorFactory,
    Role.PARTNER: PartnerFactory,
    Role.AMBASSADOR: AmbassadorFactory,
    Role.PROJECT_LEAD: ProjectLeadFactory,
    Role.FINANCE: FinanceFactory,
    Role.COUNCIL_STAFF: CouncilStaffFactory,
    Role.FUNCTIONAL_MANAGER: ManagerFactory,
}


def fresh(user: User) -> User:
    """The same person in the next request."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", ASSIGNED_ROLES)
def test_each_role_holds_from_its_first_to_its_last_day_and_not_outside(role):
    make = FACTORY[role]

    people = [make(), make(last_day=True), make(expired=True), make(future=True)]

    assert [has_role(person, role) for person in people] == [True, True, False, False]


@pytest.mark.parametrize("role", ASSIGNED_ROLES)
def test_each_role_has_only_its_own_name(role):
    person = FACTORY[role]()

    assert roles_of(person) == {role}
    assert is_staff_member(person) == (role in STAFF_ROLES)


def test_everybody_who_signed_in_is_a_resident_and_a_passer_by_is_nothing():
    assert has_role(UserFactory(), Role.RESIDENT)
    assert not has_role(UserFactory(closed=True), Role.RESIDENT)
    assert not has_role(AnonymousUser(), Role.RESIDENT)
    assert roles_of(AnonymousUser()) == frozenset()


def test_a_closed_account_has_no_role():
    assert roles_of(CoordinatorFactory(closed=True)) == frozenset()


def test_a_coordinator_has_the_role_in_their_own_wijk_only():
    here, elsewhere = WijkFactory(), WijkFactory()
    coordinator = CoordinatorFactory(wijk=here)

    assert has_role(coordinator, Role.COORDINATOR, wijk=here)
    assert not has_role(coordinator, Role.COORDINATOR, wijk=elsewhere)
    assert list(wijken_of(coordinator)) == [here]


def test_a_functional_manager_sees_all_wijken_without_being_their_coordinator():
    wijk, manager = WijkFactory(), ManagerFactory()

    assert wijk in wijken_of(manager)
    assert not has_role(manager, Role.COORDINATOR, wijk=wijk)


def test_a_deputy_has_the_wijken_of_the_absent_coordinator_as_long_as_the_absence_lasts():
    absent, deputy = CoordinatorFactory(), CoordinatorFactory()
    absence = AbsenceFactory(user=absent, deputy=deputy)
    wijk = absent.role_assignments.get().wijk

    assert has_role(fresh(deputy), Role.COORDINATOR, wijk=wijk)
    assert wijk in wijken_of(fresh(deputy))

    absence.ends_on = timezone.localdate() - timedelta(days=1)
    absence.save()
    assert not has_role(fresh(deputy), Role.COORDINATOR, wijk=wijk)


def test_a_deputy_does_not_become_functional_manager():
    deputy = CoordinatorFactory()
    AbsenceFactory(user=ManagerFactory(), deputy=deputy)

    assert roles_of(fresh(deputy)) == {Role.COORDINATOR}


def test_the_deputy_of_a_role_that_ended_gets_nothing():
    deputy = CoordinatorFactory()
    ended = CoordinatorFactory(expired=True)
    AbsenceFactory(user=ended, deputy=deputy)

    assert wijken_of(fresh(deputy)).get() == deputy.role_assignments.get().wijk


def test_the_deputy_answers_for_the_wijk_while_the_coordinator_is_away():
    wijk = WijkFactory()
    present, absent = CoordinatorFactory(wijk=wijk), CoordinatorFactory(wijk=wijk)
    deputy = AbsenceFactory(user=absent).deputy

    assert set(User.objects.coordinators_of(wijk)) == {present, deputy}


def test_nobody_answers_when_the_deputy_is_away_too():
    wijk = WijkFactory()
    absence = AbsenceFactory(user=CoordinatorFactory(wijk=wijk))
    AbsenceFactory(user=absence.deputy)

    assert not User.objects.coordinators_of(wijk).exists()


def test_who_answered_on_another_day_can_be_asked():
    wijk = WijkFactory()
    coming = CoordinatorFactory(wijk=wijk, future=True)

    assert not User.objects.coordinators_of(wijk).exists()
    assert User.objects.coordinators_of(wijk, on=timezone.localdate() + timedelta(days=1)).get() == coming


def test_people_in_a_role_are_those_who_have_it_today_themselves():
    manager = ManagerFactory()
    ManagerFactory(expired=True), ManagerFactory(closed=True), CoordinatorFactory()

    assert list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)) == [manager]


def test_an_expired_role_has_no_permission_left():
    manager = ManagerFactory()
    assert fresh(manager).has_perm("accounts.change_user")

    RoleAssignment.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert fresh(manager).get_all_permissions() == set()


def test_permissions_are_those_of_the_groups_of_the_roles():
    assert ManagerFactory().has_perm("accounts.change_roleassignment")
    assert not CoordinatorFactory().has_perm("accounts.change_roleassignment")
    assert not UserFactory().get_all_permissions()


def test_the_roles_are_read_once_per_request(django_assert_num_queries):
    person = fresh(CoordinatorFactory())

    with django_assert_num_queries(1):
        has_role(person, Role.COORDINATOR)
        is_staff_member(person)
        list(roles_of(person))


def test_the_admin_lets_in_who_has_work_there():
    assert CoordinatorFactory().is_staff
    assert ManagerFactory().is_staff
    assert not CouncilStaffFactory().is_staff
    assert not UserFactory().is_staff


@pytest.mark.parametrize(
    ("role", "wijk", "department"),
    [
        (Role.COORDINATOR, False, False),
        (Role.COORDINATOR, True, True),
        (Role.PARTNER, False, False),
        (Role.AMBASSADOR, False, False),
        (Role.AMBASSADOR, True, True),
        (Role.FINANCE, True, False),
        (Role.FUNCTIONAL_MANAGER, False, True),
    ],
)
def test_the_database_refuses_a_role_without_its_place_or_with_another(role, wijk, department):
    place = {"wijk": WijkFactory() if wijk else None, "department": DepartmentFactory() if department else None}

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignmentFactory(role=role, **place)


def test_the_groups_of_the_roles_are_made_anew_from_the_table():
    manager = Group.objects.get(name=Role.FUNCTIONAL_MANAGER)
    wanted = set(manager.permissions.all())
    manager.permissions.clear()
    Group.objects.get(name=Role.RESIDENT).permissions.set(wanted)

    call_command("sync_roles", verbosity=0)
    call_command("sync_roles", verbosity=0)

    assert set(manager.permissions.all()) == wanted
    assert not Group.objects.get(name=Role.RESIDENT).permissions.exists()
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_a_permission_that_no_app_has_is_named(settings):
    settings.ROLE_PERMISSIONS = "tests.shared.accounts.test_roles.TABLE_WITH_A_SLIP"

    with pytest.raises(CommandError, match=r"wijken\.fly_wijk"):
        call_command("sync_roles")


TABLE_WITH_A_SLIP = {Role.PARTNER: ("wijken.fly_wijk",)}


def test_a_password_opens_nothing():
    user = CoordinatorFactory()
    user.set_password("geheim")

    assert not user.check_password("geheim")
    assert not user.has_usable_password()
    assert "password" not in {field.name for field in User._meta.get_fields()}


@pytest.mark.parametrize("command", ["createsuperuser", "changepassword"])
def test_djangos_commands_about_passwords_say_what_to_do_instead(command):
    with pytest.raises(CommandError, match="create_manager"):
        call_command(command)


def test_one_person_per_address_in_whatever_case():
    UserFactory(email="Jan@Voorbeeld.nl")

    assert User.objects.get(email="JAN@voorbeeld.NL").email == "jan@voorbeeld.nl"
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="jan@VOORBEELD.nl")
