"""How a functional manager invites colleagues and ends roles, and what others see of it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from shared.accounts.enums import Role
from shared.accounts.models import Absence, Department, RoleAssignment, User
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import (
    AbsenceFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    ManagerFactory,
    UserFactory,
)
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

PEOPLE, ROLES, ABSENCES = "/beheer/accounts/user/", "/beheer/accounts/roleassignment/", "/beheer/accounts/absence/"


def today() -> str:
    return timezone.localdate().strftime("%d-%m-%Y")


@pytest.fixture
def manager(client):
    return sign_in(client, ManagerFactory(name="Mia"))


def invitation(**answers) -> dict:
    return {
        "name": "Noor",
        "email": "Noor@gemeente.example",
        "phone": "",
        "role": Role.COORDINATOR,
        "wijk": "",
        "department": "",
        "starts_on": today(),
        "ends_on": "",
    } | answers


def test_a_colleague_is_invited_for_a_role_in_one_form(client, manager):
    wijk = WijkFactory()

    assert client.post(f"{PEOPLE}add/", invitation(wijk=wijk.pk)).status_code == 302

    noor = User.objects.get(email="noor@gemeente.example")
    assert noor.role_assignments.get().wijk == wijk
    assert OutboxMessage.objects.get().recipient_email == noor.email
    assert [event.actor_label for event in Event.objects.about(noor)] == ["Mia", "Mia"]


def test_a_role_without_its_wijk_is_refused_with_everything_still_on_the_screen(client, manager):
    page = client.post(f"{PEOPLE}add/", invitation())

    assert "Kies een wijk" in page.content.decode()
    assert 'value="Noor"' in page.content.decode()
    assert not User.objects.filter(email="noor@gemeente.example").exists()


def test_somebody_who_is_known_already_is_not_made_twice(client, manager):
    UserFactory(email="noor@gemeente.example")

    page = client.post(f"{PEOPLE}add/", invitation(wijk=WijkFactory().pk))

    assert "Er is al iemand met dit e-mailadres" in page.content.decode()


def test_nowhere_can_a_password_be_set(client, manager):
    for address in ("add/", f"{manager.pk}/change/"):
        assert "password" not in client.get(f"{PEOPLE}{address}").content.decode()
    assert client.get(f"{PEOPLE}{manager.pk}/password/").status_code in {302, 404}


def test_a_corrected_phone_number_and_address_go_through_the_workflow(client, manager):
    person = UserFactory(name="Anna")

    client.post(
        f"{PEOPLE}{person.pk}/change/", {"name": "Anna B.", "email": "b@voorbeeld.nl", "phone": "", "is_active": "on"}
    )

    person.refresh_from_db()
    assert (person.name, person.email) == ("Anna B.", "b@voorbeeld.nl")
    assert {event.action for event in Event.objects.about(person)} == {
        "audit.read",
        "accounts.contact_changed",
        "accounts.email_changed",
    }


def test_opening_a_person_is_noted(client, manager):
    person = UserFactory()

    client.get(f"{PEOPLE}{person.pk}/change/")

    assert Event.objects.about(person).get().action == "audit.read"


def test_closing_an_account_is_noted(client, manager):
    person = CoordinatorFactory()

    client.post(f"{PEOPLE}{person.pk}/change/", {"name": person.name, "email": person.email, "phone": ""})

    assert not User.objects.get(pk=person.pk).is_active
    assert Event.objects.about(person).filter(action="accounts.closed").exists()


def test_the_last_manager_cannot_close_themselves_out(client, manager):
    answer = client.post(
        f"{PEOPLE}{manager.pk}/change/", {"name": "Mia", "email": manager.email, "phone": ""}, follow=True
    )

    assert "functioneel beheerder overblijven" in answer.content.decode()
    assert User.objects.get(pk=manager.pk).is_active


@pytest.mark.parametrize("role", ["", "resident", Role.COORDINATOR])
def test_people_are_found_by_role(client, manager, role):
    resident, coordinator = UserFactory(), CoordinatorFactory()

    shown = set(client.get(PEOPLE, {"rol": role} if role else {}).context["cl"].queryset)

    expected = {"": {manager, resident, coordinator}, "resident": {resident}, Role.COORDINATOR: {coordinator}}
    assert shown == expected[role]


def test_the_list_of_people_asks_as_much_for_three_as_for_thirty(client, manager, django_assert_max_num_queries):
    for _number in range(30):
        CoordinatorFactory()

    with django_assert_max_num_queries(14):
        client.get(PEOPLE)


def test_a_second_role_is_given_and_ended(client, manager):
    person, department = CoordinatorFactory(), DepartmentFactory()
    client.post(
        f"{ROLES}add/",
        {
            "user": person.email.upper(),
            "role": Role.AMBASSADOR,
            "department": department.pk,
            "starts_on": today(),
            "wijk": "",
        },
    )
    assignment = person.role_assignments.get(role=Role.AMBASSADOR)

    asked = client.post(ROLES, {"action": "end_now", "_selected_action": [assignment.pk]})
    assignment.refresh_from_db()
    assert "vanaf nu geeft de rol geen toegang meer" in asked.text
    assert assignment.ends_on is None
    client.post(ROLES, {"action": "end_now", "_selected_action": [assignment.pk], "_sure": "1"})

    assignment.refresh_from_db()
    assert assignment.ends_on == timezone.localdate() - timedelta(days=1)


def test_a_role_for_somebody_who_is_not_known_says_what_to_do(client, manager):
    page = client.post(f"{ROLES}add/", {"user": "niemand@gemeente.example", "role": Role.FINANCE, "starts_on": today()})

    assert "Wij kennen niemand met dit e-mailadres" in page.content.decode()
    assert 'value="niemand@gemeente.example"' in page.content.decode()


def test_only_the_last_day_of_a_role_changes(client, manager):
    assignment = CoordinatorFactory().role_assignments.get()
    elsewhere = WijkFactory()

    client.post(f"{ROLES}{assignment.pk}/change/", {"wijk": elsewhere.pk, "ends_on": today()})

    again = RoleAssignment.objects.get(pk=assignment.pk)
    assert (again.wijk, again.ends_on) == (assignment.wijk, timezone.localdate())


def test_a_coordinator_notes_their_own_absence_and_nobody_elses(client):
    me, colleague = sign_in(client, CoordinatorFactory()), CoordinatorFactory()
    answers = {"deputy": colleague.pk, "starts_on": today(), "ends_on": today()}

    client.post(f"{ABSENCES}add/", answers | {"user": colleague.pk, "deputy": me.pk})
    assert not Absence.objects.exists()

    client.post(f"{ABSENCES}add/", answers | {"user": me.pk})
    assert Absence.objects.get().deputy == colleague


def test_who_is_back_ends_their_absence(client, manager):
    absence = AbsenceFactory()

    client.post(ABSENCES, {"action": "end_now", "_selected_action": [absence.pk]})

    absence.refresh_from_db()
    assert absence.ends_on == timezone.localdate() - timedelta(days=1)


def test_a_colleague_who_lost_the_phone_starts_anew(client, manager):
    colleague = CoordinatorFactory()
    TOTP.activate(colleague, generate_totp_secret())

    asked = client.post(PEOPLE, {"action": "reset_second_factor", "_selected_action": [colleague.pk]})
    assert colleague.name in asked.text
    assert Authenticator.objects.filter(user=colleague).exists()
    client.post(PEOPLE, {"action": "reset_second_factor", "_selected_action": [colleague.pk], "_sure": "1"})

    assert not Authenticator.objects.filter(user=colleague).exists()
    assert Event.objects.about(colleague).get().action == "accounts.second_factor_reset"
    assert OutboxMessage.objects.get().recipient_email == colleague.email


def test_a_manager_does_not_take_away_their_own_second_factor_like_that(client, manager):
    TOTP.activate(manager, generate_totp_secret())

    page = client.post(
        PEOPLE, {"action": "reset_second_factor", "_selected_action": [manager.pk], "_sure": "1"}, follow=True
    )

    assert "Uw eigen tweede controle" in page.content.decode()
    assert Authenticator.objects.filter(user=manager).exists()


def test_a_department_is_kept_with_a_note(client, manager):
    client.post("/beheer/accounts/department/add/", {"name": "Groen", "email": "groen@gemeente.example", "phone": ""})

    assert Event.objects.about(Department.objects.get()).get().action == "accounts.department_saved"


@pytest.mark.parametrize("address", [PEOPLE, ROLES, "/beheer/accounts/department/"])
def test_people_and_roles_are_for_functional_managers(client, address):
    sign_in(client, CoordinatorFactory())
    assert client.get(address).status_code == 403

    sign_in(client, CouncilStaffFactory())
    assert client.get(address, follow=True).status_code == 403


@pytest.mark.parametrize("address", [PEOPLE, ROLES, ABSENCES, "/beheer/accounts/department/"])
def test_nothing_is_deleted(client, manager, address):
    CoordinatorFactory(), AbsenceFactory(), DepartmentFactory()

    assert "delete_selected" not in client.get(address).content.decode()
