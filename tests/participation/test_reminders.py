"""Who is reminded when: first who helps, then the lead, then the management; read from the letters themselves."""

from datetime import date, timedelta

import pytest
import time_machine

from participation import workflow
from participation.models import Project
from shared import municipality
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AbsenceFactory, ProjectLeadFactory
from tests.factories.participation import CheckFactory
from tests.participation.checking import Team, project_of, team

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 23)
BEGINNING = "2026-03-02 09:00:00+01:00"


def awaiting(**fields: object) -> tuple[Team, Project]:
    """A project whose check is due on a Monday."""
    people = team()
    project = project_of(people, **fields)
    project.phases.filter(kind=project.phase).update(check_due_on=DUE)
    return people, project


def letters_by_day(people: Team, days: range) -> dict[int, list[str]]:
    """Let the clock run over these days after the last day; whom a letter goes to on each, by their part in it."""
    names = {
        people.lead.email: "lead",
        people.ambassador.email: "ambassador",
        people.coordinator.email: "coordinator",
        municipality.current().participation.management_email: "management",
    }
    found: dict[int, list[str]] = {}
    for after in days:
        day = DUE + timedelta(days=after)
        OutboxMessage.objects.all().delete()
        with time_machine.travel(f"{day} 07:25:00+01:00"):
            workflow.remind(day)
            workflow.remind(day)
        sent = OutboxMessage.objects.order_by("pk").values_list("recipient_email", flat=True)
        if sent:
            found[after] = [names.get(email, email) for email in sent]
    return found


def test_ambassador_and_coordinator_hear_first_then_the_lead_then_the_management():
    with time_machine.travel(BEGINNING):
        people, _project = awaiting()

    assert letters_by_day(people, range(-12, 24)) == {
        -10: ["ambassador", "coordinator"],
        -3: ["ambassador", "coordinator"],
        1: ["lead", "ambassador", "coordinator"],
        8: ["ambassador"],
        10: ["management"],
        15: ["ambassador"],
        22: ["ambassador"],
    }


def test_a_lead_hears_of_a_check_that_was_late_already_when_the_clock_first_saw_it():
    with time_machine.travel(BEGINNING):
        people, _project = awaiting()

    assert letters_by_day(people, range(8, 17)) == {
        8: ["lead", "ambassador", "coordinator"],
        10: ["management"],
        15: ["ambassador"],
    }


def test_an_evaluation_is_reminded_of_in_the_same_order():
    with time_machine.travel(BEGINNING):
        people = team()
        project = project_of(people, in_execution=True)
        CheckFactory(project=project, signed=True)
        Project.objects.update(evaluation_due_on=DUE)

    assert letters_by_day(people, range(-10, 11)) == {
        -10: ["ambassador", "coordinator"],
        -3: ["ambassador", "coordinator"],
        1: ["lead", "ambassador", "coordinator"],
        8: ["ambassador"],
        10: ["management"],
    }


def test_who_stands_in_for_the_lead_is_reminded_and_without_a_lead_nobody_twice():
    with time_machine.travel(BEGINNING):
        people, _project = awaiting()
        deputy = ProjectLeadFactory(department=people.department)
        AbsenceFactory(user=people.lead, deputy=deputy, starts_on=DUE, ends_on=DUE + timedelta(days=5))
    assert letters_by_day(people, range(1, 2)) == {1: [deputy.email, "ambassador", "coordinator"]}

    with time_machine.travel(BEGINNING):
        people, project = awaiting(lead=None)
        Project.objects.exclude(pk=project.pk).update(status="stopped")
    assert letters_by_day(people, range(1, 2)) == {1: ["ambassador", "coordinator"]}
