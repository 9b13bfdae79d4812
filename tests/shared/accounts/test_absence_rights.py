"""Who may say that somebody is away, and that they are back: asked by every way in, for every role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shared.accounts import workflow
from shared.accounts.models import Absence, User
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ABSENCES = "/beheer/accounts/absence/"
STAFF = [CoordinatorFactory, AmbassadorFactory, FinanceFactory, CouncilStaffFactory, PartnerFactory]


def register(absent: User, by: User) -> None:
    day = timezone.localdate()
    workflow.register_absence(absent, deputy=CoordinatorFactory(), starts_on=day, ends_on=day, by=by)


def is_refused(step, *given, **named) -> bool:
    try:
        step(*given, **named)
    except WorkflowError as refusal:
        return "zelf en de functioneel beheerder" in str(refusal)
    return False


@pytest.mark.parametrize("role", [*STAFF, ManagerFactory, UserFactory])
def test_of_a_colleague_only_the_manager_says_it(role):
    by = role()

    refused = [
        is_refused(register, CoordinatorFactory(), by),
        is_refused(workflow.end_absence, AbsenceFactory(), by=by),
        is_refused(workflow.end_absence, AbsenceFactory(coming=True), by=by),
    ]

    assert refused == [role is not ManagerFactory] * 3


@pytest.mark.parametrize("role", STAFF)
def test_staff_say_it_of_themselves(role):
    someone, absent = role(), role()

    register(someone, by=someone)
    workflow.end_absence(AbsenceFactory(user=absent), by=absent)

    assert someone.absences.count() == 1
    assert absent.absences.get().ends_on == timezone.localdate() - timedelta(days=1)


def test_a_resident_has_no_absence_to_say():
    someone = UserFactory()

    assert is_refused(register, someone, by=someone)


def test_a_deputy_cannot_end_what_they_stand_in_for():
    absence = AbsenceFactory()

    assert is_refused(workflow.end_absence, absence, by=absence.deputy)
    assert Absence.objects.get().ends_on == absence.ends_on
    assert Event.objects.count() == 0


def test_a_manager_who_left_says_nothing_any_more():
    assert is_refused(workflow.end_absence, AbsenceFactory(), by=ManagerFactory(expired=True))


def test_in_the_admin_a_deputy_hears_why_not_and_the_absence_stays(client):
    absence = AbsenceFactory()
    sign_in(client, absence.deputy)

    page = client.post(ABSENCES, {"action": "end_now", "_selected_action": [absence.pk]}, follow=True)

    assert f"Alleen {absence.user} zelf en de functioneel beheerder kunnen dit doen" in page.content.decode()
    assert Absence.objects.get().ends_on == absence.ends_on


def test_in_the_admin_who_is_back_says_so(client):
    absence = AbsenceFactory()
    sign_in(client, absence.user)

    client.post(ABSENCES, {"action": "end_now", "_selected_action": [absence.pk]})

    assert Absence.objects.get().ends_on < timezone.localdate()


@pytest.mark.parametrize("who", ["user", "deputy"])
def test_an_absence_that_is_known_is_never_rewritten(client, who):
    absence = AbsenceFactory()
    sign_in(client, getattr(absence, who))

    client.post(f"{ABSENCES}{absence.pk}/change/", {"ends_on": "31-12-2030"})

    assert Absence.objects.get().ends_on == absence.ends_on
