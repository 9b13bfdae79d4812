"""Changing people, roles and absence: each step leaves a line in the trail, each refusal leaves nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from shared.accounts import workflow
from shared.accounts.enums import Role
from shared.accounts.models import RoleAssignment, User
from shared.accounts.policies import has_role
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import (
    AbsenceFactory,
    CoordinatorFactory,
    DepartmentFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def actions() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_a_resident_becomes_known_once_whatever_the_case_of_the_address():
    first = workflow.resident_for("Anna@Voorbeeld.nl", "Anna")
    again = workflow.resident_for(" anna@voorbeeld.NL ".strip(), "Iemand anders")

    assert (again.pk, again.name, again.email) == (first.pk, "Anna", "anna@voorbeeld.nl")


def test_an_empty_name_is_filled_in_later():
    workflow.resident_for("anna@voorbeeld.nl")

    assert workflow.resident_for("anna@voorbeeld.nl", "Anna").name == "Anna"


def test_what_is_no_address_makes_nobody_known():
    with pytest.raises(ValidationError):
        workflow.resident_for("geen adres")

    assert not User.objects.exists()


def test_a_role_works_at_once_and_the_colleague_gets_a_letter():
    manager, wijk = ManagerFactory(name="Mia Beheer"), WijkFactory()
    colleague = workflow.invite("noor@gemeente.example", "Noor", phone="06 12345678", by=manager)
    assert not has_role(colleague, Role.COORDINATOR)

    workflow.assign_role(colleague, Role.COORDINATOR, wijk=wijk, starts_on=today(), by=manager)

    assert has_role(colleague, Role.COORDINATOR, wijk=wijk)
    assert actions() == ["accounts.invited", "accounts.role_assigned"]
    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == "noor@gemeente.example"
    assert letter.subject == f"U bent wijkcoördinator van {wijk}"
    assert "Mia Beheer gaf u een rol" in letter.text


@pytest.mark.parametrize(
    ("role", "place", "message"),
    [
        (Role.COORDINATOR, {}, "Kies een wijk"),
        (Role.AMBASSADOR, {}, "Kies een afdeling"),
        (Role.FINANCE, {"wijk": WijkFactory}, "Laat de wijk leeg"),
        (Role.PARTNER, {"wijk": WijkFactory, "department": DepartmentFactory}, "Kies een afdeling"),
    ],
)
def test_a_role_without_its_place_is_refused_in_words_and_leaves_nothing(role, place, message):
    user, by = UserFactory(), ManagerFactory()
    made = {name: factory() for name, factory in place.items()}

    with pytest.raises(WorkflowError, match=message):
        workflow.assign_role(user, role, starts_on=today(), by=by, **made)

    assert not user.role_assignments.exists()
    assert not Event.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_nobody_is_assigned_to_be_a_resident():
    with pytest.raises(WorkflowError):
        workflow.assign_role(UserFactory(), Role.RESIDENT, starts_on=today(), by=ManagerFactory())


def test_the_same_role_twice_in_the_same_days_is_refused():
    manager, wijk = ManagerFactory(), WijkFactory()
    coordinator = CoordinatorFactory(wijk=wijk)

    with pytest.raises(WorkflowError, match="heeft deze rol al"):
        workflow.assign_role(coordinator, Role.COORDINATOR, wijk=wijk, starts_on=today(), by=manager)

    workflow.assign_role(coordinator, Role.COORDINATOR, wijk=WijkFactory(), starts_on=today(), by=manager)
    assert coordinator.role_assignments.count() == 2


def test_a_role_ends_at_once():
    coordinator = CoordinatorFactory()
    assignment = coordinator.role_assignments.get()

    ended = workflow.end_role(assignment, by=ManagerFactory())

    assert ended.ends_on == today() - timedelta(days=1)
    assert not has_role(User.objects.get(pk=coordinator.pk), Role.COORDINATOR)
    assert actions() == ["accounts.role_ended"]


def test_a_role_given_today_ends_today():
    manager = ManagerFactory()
    user = UserFactory()
    assignment = workflow.assign_role(user, Role.FINANCE, starts_on=today(), by=manager)

    workflow.end_role(assignment, by=manager)

    assert not has_role(User.objects.get(pk=user.pk), Role.FINANCE)


def test_a_role_ends_after_a_day_that_is_agreed():
    coordinator = CoordinatorFactory()

    workflow.end_role(coordinator.role_assignments.get(), last_day=today() + timedelta(days=7), by=ManagerFactory())

    assert has_role(User.objects.get(pk=coordinator.pk), Role.COORDINATOR)


def test_a_role_ends_once():
    ended = CoordinatorFactory(expired=True).role_assignments.get()

    with pytest.raises(WorkflowError, match="al afgelopen"):
        workflow.end_role(ended, by=ManagerFactory())


def test_the_last_functional_manager_stays():
    manager = ManagerFactory()
    ManagerFactory(expired=True), ManagerFactory(closed=True)

    with pytest.raises(WorkflowError, match="functioneel beheerder overblijven"):
        workflow.end_role(manager.role_assignments.get(), by=manager)
    with pytest.raises(WorkflowError, match="functioneel beheerder overblijven"):
        workflow.set_active(manager, False, by=manager)

    assert has_role(User.objects.get(pk=manager.pk), Role.FUNCTIONAL_MANAGER)


def test_an_absence_lets_the_deputy_work_and_ends_early():
    absent, deputy, manager = CoordinatorFactory(), CoordinatorFactory(), ManagerFactory()
    wijk = absent.role_assignments.get().wijk

    absence = workflow.register_absence(
        absent, deputy=deputy, starts_on=today() - timedelta(days=2), ends_on=today() + timedelta(days=5), by=manager
    )
    assert has_role(deputy, Role.COORDINATOR, wijk=wijk)

    workflow.end_absence(absence, by=absent)
    assert not has_role(User.objects.get(pk=deputy.pk), Role.COORDINATOR, wijk=wijk)
    assert list(User.objects.coordinators_of(wijk)) == [absent]
    assert actions() == ["accounts.absence_registered", "accounts.absence_ended"]


def test_an_absence_that_did_not_begin_disappears_and_the_trail_remembers_it():
    absence = AbsenceFactory(coming=True)

    workflow.end_absence(absence, by=absence.user)

    assert not absence.user.absences.exists()
    assert Event.objects.get().old["deputy"] == str(absence.deputy)


@pytest.mark.parametrize("deputy", [UserFactory, PartnerFactory, lambda: CoordinatorFactory(expired=True)])
def test_a_deputy_is_a_colleague(deputy):
    absent = CoordinatorFactory()

    with pytest.raises(WorkflowError, match="zelf een rol heeft"):
        workflow.register_absence(absent, deputy=deputy(), starts_on=today(), ends_on=today(), by=absent)


def test_nobody_replaces_themselves_or_twice_in_the_same_days():
    absence = AbsenceFactory()

    with pytest.raises(WorkflowError, match="iemand anders"):
        workflow.register_absence(
            absence.deputy, deputy=absence.deputy, starts_on=today(), ends_on=today(), by=absence.deputy
        )
    with pytest.raises(WorkflowError, match="al een vervanger"):
        workflow.register_absence(
            absence.user, deputy=CoordinatorFactory(), starts_on=today(), ends_on=today(), by=absence.user
        )


def test_another_address_opens_the_account_and_the_old_one_hears_of_it():
    user, manager = UserFactory(email="oud@voorbeeld.nl"), ManagerFactory()

    workflow.change_email(user, "Nieuw@Voorbeeld.nl", by=manager)

    assert User.objects.get(pk=user.pk).email == "nieuw@voorbeeld.nl"
    assert OutboxMessage.objects.get().recipient_email == "oud@voorbeeld.nl"
    assert actions() == ["accounts.email_changed"]


def test_an_address_of_somebody_else_is_refused():
    other, user = UserFactory(email="bezet@voorbeeld.nl"), UserFactory()

    with pytest.raises(WorkflowError, match="al iemand met dit e-mailadres"):
        workflow.change_email(user, other.email.upper(), by=ManagerFactory())


def test_the_sessions_of_an_account_end_with_its_address(client):
    user = UserFactory()
    client.force_login(user)

    workflow.change_email(user, "nieuw@voorbeeld.nl", by=ManagerFactory())

    assert "_auth_user_id" in client.session
    assert client.get("/inloggen/verder/").url.startswith("/inloggen/?next=")


def test_a_corrected_phone_number_is_in_the_trail():
    user = UserFactory(name="Anna", phone="")

    workflow.change_contact(user, name="Anna", phone="+31612345678", by=ManagerFactory())

    event = Event.objects.get()
    assert (event.old, event.new) == ({"phone": ""}, {"phone": "+31612345678"})


def test_the_first_manager_comes_from_the_command_line_and_only_once():
    said = StringIO()
    call_command("create_manager", "Mia@gemeente.example", "Mia", stdout=said)
    call_command("create_manager", "mia@gemeente.example", "Mia", stdout=said)

    assert User.objects.active_in_role(Role.FUNCTIONAL_MANAGER).get().email == "mia@gemeente.example"
    assert RoleAssignment.objects.count() == 1
    assert "/inloggen/" in said.getvalue()


def test_the_command_wants_an_address():
    with pytest.raises(CommandError, match="e-mailadres"):
        call_command("create_manager", "mia", "Mia")
