"""The monthly round-up and the reports: what a department did, never empty, once, and one can leave it."""

import csv
import io

import pytest
import time_machine
from django.urls import reverse

from ambassadors import reports, tasks
from participation import workflow
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import (
    AmbassadorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ProjectLeadFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory, ContactNoteFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.moments import FeedbackFactory, MomentFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        made = DepartmentFactory(name="Groen", head_email="hoofd@gemeente.example")
        AmbassadorFactory(department=made, email="bas@gemeente.example")
        return made


def on(day: str) -> None:
    with time_machine.travel(f"{day} 07:05:00+02:00", tick=False):
        tasks.send_roundups()


def readers() -> list[str]:
    return sorted(
        OutboxMessage.objects.filter(key__startswith="ambassadors.roundup").values_list("recipient_email", flat=True)
    )


def answer_in_september(department) -> None:
    with time_machine.travel("2026-09-14 10:00:00+02:00", tick=False):
        owner = department.role_assignments.get().user
        plan = InitiativeFactory(in_review=True, title="Bankje")
        AdviceRequestFactory(subject=plan, department=department, owner=owner, answered=True)


def test_a_month_in_which_nothing_happened_gives_no_letter(department):
    on("2026-10-01")

    assert readers() == []


def test_the_ambassador_and_the_head_hear_once_what_the_department_did(department):
    answer_in_september(department)

    for day in ("2026-10-01", "2026-10-01", "2026-10-02", "2026-10-05"):
        on(day)

    assert readers() == ["bas@gemeente.example", "hoofd@gemeente.example"]
    letter = OutboxMessage.objects.filter(recipient_email="bas@gemeente.example").get()
    assert "Advies over “Bankje”: aandachtspunt" in letter.text
    assert "september 2026" in letter.subject
    assert letter.unsubscribe_url


def test_the_letter_tells_what_the_department_did_with_its_projects_and_with_residents(department):
    with time_machine.travel("2026-08-31 10:00:00+02:00", tick=False):
        lead = ProjectLeadFactory(department=department)
        before = ProjectFactory(department=department, lead=lead, title="Kerkstraat", in_idea=True)
    with time_machine.travel("2026-09-15 10:00:00+02:00", tick=False):
        workflow.move_on(before, by=lead)
        CheckFactory(project=before, published=True, none=True)
        CheckFactory(project=ProjectFactory(department=department, title="Het plein"), advised=True)
        ProjectFactory(title="Van een ander")
        told = FeedbackFactory(moment__project=before, moment__title="Wandeling").moment
        MomentFactory(project=before, title="Wijktafel", announced=True)

    on("2026-10-01")

    letter = OutboxMessage.objects.get(recipient_email="bas@gemeente.example")
    for line in (
        "Het plein: nieuw project",
        "Kerkstraat: check vastgesteld, geen participatie",
        "Kerkstraat: nieuwe fase, startnotitie",
        "Wandeling (Kerkstraat): met bewoners gesproken",
        "Wandeling (Kerkstraat): verteld wat wij ermee doen",
    ):
        assert line in letter.text
    assert f"/beheer/moments/moment/{told.pk}/change/" in letter.text
    for absent in ("Kerkstraat: nieuw project", "Van een ander", "Wijktafel", "Het plein: check"):
        assert absent not in letter.text


def test_a_long_list_of_projects_is_shortened_and_the_rest_counted(department):
    with time_machine.travel("2026-09-15 10:00:00+02:00", tick=False):
        for _number in range(10):
            ProjectFactory(department=department)

    on("2026-10-01")

    text = OutboxMessage.objects.get(recipient_email="bas@gemeente.example").text
    assert text.count("nieuw project") == 8
    assert "en nog 2 projecten" in text


def test_who_left_the_round_up_gets_no_more(client, department):
    answer_in_september(department)
    on("2026-10-01")
    letter = OutboxMessage.objects.get(recipient_email="bas@gemeente.example")
    path = letter.unsubscribe_url.partition("//")[2].partition("/")[2]
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    with time_machine.travel("2026-10-12 10:00:00+02:00", tick=False):
        ContactNoteFactory(department=department, held_on="2026-10-12")

    on("2026-11-02")

    assert readers() == ["bas@gemeente.example", "hoofd@gemeente.example", "hoofd@gemeente.example"]


def test_the_report_tells_in_time_late_and_never_with_the_median(department):
    other = DepartmentFactory(name="Verkeer")
    for days, answered in ((5, "2026-09-10T08:00Z"), (5, "2026-09-12T08:00Z"), (5, "2026-09-20T08:00Z")):
        with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
            AdviceRequestFactory(
                department=department,
                owner=department.role_assignments.get().user,
                answered=True,
                answered_at=answered,
                due_on=f"2026-09-{7 + days:02d}",
            )
    AdviceRequestFactory(department=department, unanswered=True)
    AdviceRequestFactory(department=department, revoked=True)
    AdviceRequestFactory(by_email=True)

    table = reports.tables({})[0]

    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Groen"] == (5, 2, 1, 1, 0, 0, 1, 5)
    assert rows["Verkeer"] == (0, 0, 0, 0, 0, 0, 0, None)
    assert rows["Anderen, per e-mail"] == (1, 0, 0, 0, 1, 0, 0, None)
    assert reports.tables({"periode": "2026-K3"})[0].rows[0][1] == 3
    assert reports.tables({"periode": "onzin"})[0].rows[0][1] == 0
    assert other.name in rows


def test_the_report_is_read_and_taken_along_by_who_may(client, department):
    answer_in_september(department)
    sign_in(client, CouncilStaffFactory())
    page = client.get(reverse("ambassador_reports")).content.decode()
    assert "Groen" in page
    assert "<svg" in page

    answer = client.post(reverse("ambassador_tables", args=["csv"]))

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["Per afdeling", "Groen", "Op tijd", "1"] in rows
    assert client.post(reverse("ambassador_tables", args=["xlsx"])).content[:2] == b"PK"
    assert client.post(reverse("ambassador_tables", args=["exe"])).status_code == 404


@pytest.mark.parametrize("stranger", [AmbassadorFactory, FinanceFactory])
def test_nobody_else_reads_the_report(client, stranger):
    sign_in(client, stranger())

    assert client.get(reverse("ambassador_reports")).status_code == 403
    assert client.post(reverse("ambassador_tables", args=["csv"])).status_code == 403
