"""Who sits for a department: appointing, replacing, ending, who does the work today, and whom the portal proposes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors import board
from ambassadors.models import AdviceRequest, HandOver, ThemeDuty
from ambassadors.routing import proposals
from ambassadors.seats import seat_of, seats
from ambassadors.workflow import seats as workflow
from shared.accounts.models import RoleAssignment, User
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory, ThemeDutyFactory, deputy_of
from tests.factories.initiatives import InitiativeFactory
from tests.factories.participation import ProjectFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def appoint(department, email="nieuw@gemeente.example", **fields):
    return workflow.appoint(
        department,
        **{"email": email, "name": "Nieuwe Collega", "starts_on": today(), "by": CoordinatorFactory(), **fields},
    )


def written_to(email: str) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient_email=email).order_by("pk").values_list("subject", flat=True))


def test_a_colleague_is_invited_appointed_and_told_what_the_role_asks():
    department = DepartmentFactory(name="Groen")

    appoint(department)

    assert seat_of(department, today()).acting.email == "nieuw@gemeente.example"
    assert written_to("nieuw@gemeente.example") == [
        "U bent ambassadeur van Groen",
        "Wat u doet als ambassadeur van Groen",
    ]
    assert Event.objects.about(department).get().new["adviser"] == "Nieuwe Collega"


def test_a_successor_ends_who_was_there_takes_over_what_is_open_and_both_hear_it():
    department = DepartmentFactory()
    request = AdviceRequestFactory(department=department)
    before = request.owner

    appoint(department)

    request.refresh_from_db()
    assert request.owner.email == "nieuw@gemeente.example"
    assert before.role_assignments.get().ends_on == date(2026, 9, 6)
    assert "geen ambassadeur" in written_to(before.email)[0]
    assert HandOver.objects.get().by is None
    assert any(before.name in text for text in OutboxMessage.objects.values_list("text", flat=True))


def test_what_lies_in_the_box_of_a_department_goes_to_its_first_ambassador():
    department = DepartmentFactory(name="Groen", email="groen@gemeente.example")
    request = AdviceRequestFactory(
        department=department, owner=None, adviser_name="Groen", adviser_email="groen@gemeente.example"
    )

    appoint(department)

    request.refresh_from_db()
    assert request.owner.email == "nieuw@gemeente.example"
    assert HandOver.objects.get().note == "Nieuwe Collega geeft nu advies namens Groen."
    assert "gaat naar Nieuwe Collega (Groen)" in written_to("groen@gemeente.example")[0]


def test_a_successor_who_begins_later_gets_the_work_on_the_first_day():
    department = DepartmentFactory()
    request = AdviceRequestFactory(department=department)

    appoint(department, starts_on=date(2026, 9, 21))

    request.refresh_from_db()
    assert request.owner.email != "nieuw@gemeente.example"
    assert not seat_of(department, today()).is_soon_vacant
    assert seat_of(department, date(2026, 9, 21)).acting.email == "nieuw@gemeente.example"


def test_a_name_that_is_known_stays_and_the_same_person_is_not_appointed_twice():
    known = AmbassadorFactory(name="Bas Verhulst")
    department = known.role_assignments.get().department

    with pytest.raises(WorkflowError, match="heeft deze rol al"):
        appoint(department, email=known.email.upper(), name="Iemand Anders")
    appoint(DepartmentFactory(), email=known.email, name="Iemand Anders")

    assert User.objects.get(pk=known.pk).name == "Bas Verhulst"


def test_a_deputy_stands_beside_the_ambassador():
    ambassador = AmbassadorFactory()
    department = ambassador.role_assignments.get().department

    appoint(department, is_deputy=True)

    seat = seat_of(department, today())
    assert (seat.acting, seat.deputy.user.email) == (ambassador, "nieuw@gemeente.example")
    assert written_to("nieuw@gemeente.example")[0] == f"U bent plaatsvervangend ambassadeur van {department}"


def test_who_stops_is_thanked_and_the_deputy_gets_what_is_open():
    department = DepartmentFactory()
    request = AdviceRequestFactory(department=department)
    deputy = deputy_of(department)

    workflow.end(request.owner.role_assignments.get(), last_day=today() - timedelta(days=1), by=CoordinatorFactory())

    request.refresh_from_db()
    assert request.owner == deputy
    assert seat_of(department, today()).is_vacant


@pytest.mark.parametrize("stranger", [AmbassadorFactory, FinanceFactory])
def test_only_who_looks_after_ambassadors_appoints(stranger):
    department = DepartmentFactory()

    with pytest.raises(WorkflowError, match="Alleen een wijkcoördinator"):
        appoint(department, by=stranger())

    assert not RoleAssignment.objects.filter(department=department).exists()


def test_the_work_goes_to_who_replaces_an_absent_ambassador_else_to_the_deputy_else_to_nobody():
    department = DepartmentFactory()
    ambassador, stand_in = AmbassadorFactory(department=department), AmbassadorFactory()
    absence = AbsenceFactory(user=ambassador, deputy=stand_in)
    assert seat_of(department, today()).acting == stand_in

    AbsenceFactory(user=stand_in, deputy=CoordinatorFactory())
    assert seat_of(department, today()).is_uncovered

    deputy = deputy_of(department)
    assert seat_of(department, today()).acting == deputy
    assert seat_of(department, absence.ends_on + timedelta(days=1)).acting == ambassador


def test_the_board_names_what_is_wrong_and_puts_the_worst_first():
    AmbassadorFactory(department=DepartmentFactory(name="A goed"))
    DepartmentFactory(name="B leeg")
    AmbassadorFactory(department=DepartmentFactory(name="C stopt"), ends_on=today() + timedelta(days=29))
    AmbassadorFactory(department=DepartmentFactory(name="D blijft"), ends_on=today() + timedelta(days=30))
    busy = DepartmentFactory(name="E druk")
    owner = AmbassadorFactory(department=busy)
    for number in range(6):
        late = today() - timedelta(days=1) if number < 2 else today() + timedelta(days=9)
        AdviceRequestFactory(department=busy, owner=owner, due_on=late)
    AbsenceFactory(
        user=AmbassadorFactory(department=DepartmentFactory(name="F weg")),
        deputy=AmbassadorFactory(department=DepartmentFactory(name="G"), expired=True),
    )

    found = {row.seat.department.name: [each.words for each in row.troubles] for row in board.rows(today())}

    assert found["A goed"] == []
    assert found["B leeg"] == ["geen ambassadeur"]
    assert found["C stopt"] == ["geen ambassadeur vanaf 7 oktober 2026"]
    assert found["D blijft"] == []
    assert found["E druk"] == ["te druk: 6 open vragen, 5 is genoeg", "2 adviezen te laat"]
    assert list(found).index("E druk") < list(found).index("B leeg") < list(found).index("A goed")
    assert [seat.department.name for seat in board.vacant(today())] == ["B leeg", "G"]


def test_the_board_and_the_routing_ask_as_many_queries_for_many_as_for_few():
    theme = ThemeFactory(green=True)

    def fill(number: int) -> None:
        for _number in range(number):
            department = DepartmentFactory()
            AdviceRequestFactory(department=department)
            ProjectFactory(department=department).phases.update(check_due_on=date(2026, 9, 4))
            ThemeDutyFactory(department=department, theme=theme)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            board.rows(today())
            proposals(themes=[theme.pk], wijken=[], on=today())
        return len(captured)

    fill(3)
    few = queries()
    fill(10)
    assert queries() == few


def test_who_does_the_work_of_three_departments_is_as_busy_as_all_of_these_together():
    stand_in = AmbassadorFactory(department=DepartmentFactory(name="Eigen"))
    for name in ("Groen", "Verkeer", "Zorg"):
        ambassador = AmbassadorFactory(department=DepartmentFactory(name=name))
        AbsenceFactory(user=ambassador, deputy=stand_in)
        for _number in range(2):
            AdviceRequestFactory(department=ambassador.role_assignments.get().department, owner=ambassador)
    AmbassadorFactory(department=DepartmentFactory(name="Rustig"))

    found = {row.seat.department.name: [each.words for each in row.troubles] for row in board.rows(today())}

    too_busy = f"te druk: {stand_in} heeft voor alle afdelingen samen 6 open vragen, 5 is genoeg"
    assert found == {"Eigen": [too_busy], "Groen": [too_busy], "Verkeer": [too_busy], "Zorg": [too_busy], "Rustig": []}


def test_the_board_counts_the_late_checks_of_each_department_and_leads_to_them(client):
    department, other = DepartmentFactory(name="Groen"), DepartmentFactory(name="Verkeer")
    for _number in range(2):
        ProjectFactory(department=department).phases.filter(kind="start_note").update(check_due_on=date(2026, 9, 4))
    ProjectFactory(department=other).phases.filter(kind="start_note").update(check_due_on=today())

    found = {row.seat.department.name: {each.words: each.url for each in row.troubles} for row in board.rows(today())}

    address = f"{reverse('admin:participation_project_changelist')}?check=te-laat&afdeling={department.pk}"
    assert found["Groen"]["2 checks te laat"] == address
    assert "1 check te laat" not in found["Verkeer"]
    sign_in(client, ManagerFactory())
    assert f'href="{address.replace("&", "&amp;")}"' in client.get(reverse("admin:ambassadors_board")).content.decode()
    assert len(client.get(address).context["cl"].queryset) == 2


def test_of_those_who_answer_for_the_theme_the_least_busy_comes_first():
    theme = ThemeFactory(green=True)
    for name, asked in (("Anders", 0), ("Druk", 3), ("Rustig", 1), ("Vrij", 0)):
        department = DepartmentFactory(name=name)
        owner = AmbassadorFactory(department=department)
        for _number in range(asked):
            AdviceRequestFactory(department=department, owner=owner)
        if name != "Anders":
            ThemeDutyFactory(department=department, theme=theme)

    found = proposals(themes=[theme.pk], wijken=[], on=today())

    assert [each.seat.department.name for each in found] == ["Vrij", "Rustig", "Druk", "Anders"]


def test_the_portal_proposes_who_answers_for_the_theme_in_the_wijk_then_for_the_theme_then_the_others():
    green, wijk = ThemeFactory(green=True), WijkFactory()
    AmbassadorFactory(department=DepartmentFactory(name="Anders"))
    for name, where in (("Groen overal", None), ("Groen hier", wijk), ("Groen elders", WijkFactory())):
        department = DepartmentFactory(name=name)
        AmbassadorFactory(department=department)
        ThemeDutyFactory(theme=green, department=department, wijk=where)
    DepartmentFactory(name="Zonder", email="zonder@gemeente.example")
    DepartmentFactory(name="Zonder adres", email="")

    found = proposals(themes=[green.pk], wijken=[wijk.pk], on=today())

    assert [str(each.seat.department) for each in found] == [
        "Groen hier",
        "Groen overal",
        "Anders",
        "Groen elders",
        "Zonder",
    ]
    assert f"gaat over Groen in {wijk.short_name}" in found[0].words
    assert found[-1].adviser.email == "zonder@gemeente.example"


def test_a_theme_is_given_once_ends_and_its_history_stays():
    department, theme, by = DepartmentFactory(), ThemeFactory(green=True), CoordinatorFactory()
    with time_machine.travel("2026-08-17 10:00:00+02:00", tick=False):
        duty = workflow.assign_theme(department, theme=theme, starts_on=today(), by=by)

    with pytest.raises(WorkflowError, match="al"):
        workflow.assign_theme(department, theme=theme, starts_on=today(), by=by)
    workflow.end_theme(duty, by=by)
    with pytest.raises(WorkflowError, match="al beëindigd"):
        workflow.end_theme(duty, by=by)

    assert ThemeDuty.objects.get().ends_on == date(2026, 9, 6)
    assert not proposals(themes=[theme.pk], wijken=[], on=today())[0].because
    assert len(seats(today())) == 1


def test_a_request_of_an_ambassador_who_left_stays_until_somebody_can_take_it():
    request = AdviceRequestFactory(subject=InitiativeFactory(in_review=True))
    assignment = request.owner.role_assignments.get()

    workflow.end(assignment, last_day=today() - timedelta(days=1), by=CoordinatorFactory())

    assert AdviceRequest.objects.get().owner == request.owner
    appoint(request.department)
    assert AdviceRequest.objects.get().owner.email == "nieuw@gemeente.example"
