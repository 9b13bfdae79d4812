"""The register: a project comes in, is planned, is held at its gates, is decided on and ends."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from participation import workflow
from participation.enums import CheckStatus, DecidingBody, PhaseKind, ProjectKind, ProjectStatus
from participation.models import Project
from participation.workflow import Details, Planned
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, DepartmentFactory, ProjectLeadFactory
from tests.factories.moments import FeedbackFactory, MomentFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.participation.checking import Team, confirmed, project_of, team

pytestmark = pytest.mark.django_db
NOON = "2026-03-02 12:00"  # a Monday


def details(people: Team, **changed: object) -> Details:
    values = {
        "title": "Kerkstraat",
        "summary": "Wij richten de straat opnieuw in.",
        "kind": ProjectKind.PROJECT,
        "department": people.department,
        "deciding_body": DecidingBody.EXECUTIVE,
        "started_on": date(2026, 3, 2),
        "lead": people.lead,
        "wijken": [people.wijk],
    }
    return Details(**{**values, **changed})


@time_machine.travel(NOON)
def test_a_project_gets_a_number_and_fifteen_working_days_for_its_first_check():
    people = team()

    first = workflow.register(details(people), [], by=people.lead)
    second = workflow.register(details(people), [], by=people.lead)

    assert (first.reference, second.reference) == ("2026-P-00001", "2026-P-00002")
    assert first.phases.get().check_due_on == date(2026, 3, 23)
    assert not OutboxMessage.objects.exists()


@time_machine.travel(NOON)
def test_the_check_is_due_before_the_start_note_is_settled():
    people = team()
    planning = [Planned(PhaseKind.START_NOTE, date(2026, 3, 2), date(2026, 3, 16))]

    project = workflow.register(details(people), planning, by=people.lead)
    assert project.phases.get().check_due_on == date(2026, 3, 13)
    later = [Planned(PhaseKind.START_NOTE, date(2026, 3, 2), date(2026, 5, 1)), Planned(PhaseKind.DESIGN)]
    project = workflow.plan(project, later, by=people.lead)

    assert project.phases.get(kind=PhaseKind.START_NOTE).check_due_on == date(2026, 3, 23)


def due_day(project: Project) -> date:
    found: date = project.phases.get(kind=PhaseKind.START_NOTE).check_due_on
    return found


@time_machine.travel(NOON)
def test_a_later_start_gives_no_more_days_for_the_check_and_an_earlier_one_fewer():
    people = team()
    project = workflow.register(details(people), [], by=people.lead)

    workflow.change(project, details(people, started_on=date(2026, 3, 30)), by=people.lead)
    assert due_day(project) == date(2026, 3, 23)
    workflow.change(project, details(people, started_on=date(2026, 2, 23)), by=people.lead)
    assert due_day(project) == date(2026, 3, 16)
    workflow.change(project, details(people, started_on=date(2026, 3, 2)), by=people.lead)

    assert due_day(project) == date(2026, 3, 16)


def test_a_last_day_that_has_passed_is_not_planned_away():
    with time_machine.travel(NOON):
        people = team()
        project = workflow.register(
            details(people), [Planned(PhaseKind.START_NOTE, date(2026, 3, 2), date(2026, 3, 16))], by=people.lead
        )
    with time_machine.travel("2026-03-17 12:00"):
        workflow.plan(project, [Planned(PhaseKind.START_NOTE, date(2026, 3, 2), date(2026, 5, 1))], by=people.lead)

    assert due_day(project) == date(2026, 3, 13)


def test_a_project_of_a_list_keeps_its_days_when_somebody_changes_it():
    with time_machine.travel(NOON):
        people = team()
        old = details(people, started_on=date(2025, 3, 3))
        project = workflow.register(old, [], by=people.lead, source="lijst", source_id="R-1")
    with time_machine.travel("2026-03-04 12:00"):
        workflow.change(project, old, by=people.lead)

    assert due_day(project) == date(2026, 3, 23)


@time_machine.travel(NOON)
def test_a_lead_who_did_not_register_the_project_hears_of_it_with_the_last_day():
    people = team()

    workflow.register(details(people), [], by=people.ambassador)

    sent = OutboxMessage.objects.get()
    assert sent.recipient_email == people.lead.email
    assert "maandag 23 maart 2026" in sent.text
    assert "Ambachtse Aanpak" in sent.text


def test_a_lead_registers_for_the_own_department_and_a_coordinator_for_every_one():
    people = team()
    elsewhere = DepartmentFactory()

    with pytest.raises(WorkflowError, match="niet aanmelden"):
        workflow.register(details(people, department=elsewhere), [], by=people.lead)
    project = workflow.register(details(people, department=elsewhere), [], by=CoordinatorFactory())

    assert project.department == elsewhere


def test_a_project_is_held_at_its_start_note_with_a_clear_sentence():
    people = team()
    project = project_of(people)

    with pytest.raises(WorkflowError) as refusal:
        workflow.move_on(project, by=people.lead)

    assert str(refusal.value) == (
        "Dit project kan niet verder dan de startnotitie: er is nog geen vastgestelde participatiecheck. "
        "Laat de check eerst vaststellen."
    )
    project.refresh_from_db()
    assert project.phase == PhaseKind.START_NOTE


def test_a_project_goes_on_with_a_signed_check_and_a_new_version_waits_for_the_lead():
    people = team()
    project = project_of(people)
    confirmed(people, project)
    OutboxMessage.objects.all().delete()

    project = workflow.move_on(project, by=people.lead)

    assert project.phase == PhaseKind.DESIGN
    new = project.checks.get(status=CheckStatus.DRAFT)
    assert (new.number, new.phase.kind) == (2, PhaseKind.DESIGN)
    assert [message.recipient_email for message in OutboxMessage.objects.all()] == [people.lead.email]
    with pytest.raises(WorkflowError, match="na de fase “Ontwerp”"):
        workflow.move_on(project, by=people.lead)


def test_a_project_goes_from_idea_to_start_note_without_a_check_and_the_last_day_stays():
    people = team()
    project = project_of(people, in_idea=True)
    project.phases.filter(kind=PhaseKind.IDEA).update(check_due_on=date(2026, 5, 1))

    project = workflow.move_on(project, by=people.lead)

    assert project.phase == PhaseKind.START_NOTE
    assert project.phases.get(kind=PhaseKind.START_NOTE).check_due_on == date(2026, 5, 1)


def test_only_the_lead_takes_the_project_on():
    people = team()
    project = project_of(people)
    confirmed(people, project)

    for other in (people.ambassador, people.coordinator, ProjectLeadFactory(department=people.department)):
        with pytest.raises(WorkflowError, match="Dit doet de projectleider"):
            workflow.move_on(project, by=other)


@pytest.mark.parametrize("where", [{}, {"in_decision": True}])
def test_nothing_is_decided_before_the_check_of_its_phase_is_signed(where):
    people = team()
    project = project_of(people, **where)
    decision = {"decided_on": timezone.localdate(), "reference": "Z-26-12", "by": people.lead}

    with pytest.raises(WorkflowError, match=f"voor de fase “{project.phase_label}” nog niet vastgesteld"):
        workflow.decide(project, **decision)
    CheckFactory(project=project, signed=True)

    assert workflow.decide(project, **decision).decided_on == timezone.localdate()


def test_a_decision_is_not_dated_before_its_check_was_signed_or_ahead():
    people = team()
    project = project_of(people, in_decision=True)
    today = timezone.localdate()
    CheckFactory(project=project, signed=True)

    for day, why in ((today - timedelta(days=1), "niet van vóór die dag"), (today + timedelta(days=1), "toekomst")):
        with pytest.raises(WorkflowError, match=why):
            workflow.decide(project, decided_on=day, reference="Z-26-12", by=people.lead)

    assert workflow.decide(project, decided_on=today, reference="Z-26-12", by=people.lead).decided_on == today


def test_a_project_of_a_list_that_was_decided_on_before_keeps_the_day_of_its_decision():
    people = team()
    project = project_of(people, phase=PhaseKind.EXECUTION, source="lijst", source_id="R-12")
    CheckFactory(project=project, signed=True)
    before = timezone.localdate() - timedelta(days=200)

    assert workflow.decide(project, decided_on=before, reference="Z-25-3", by=people.lead).decided_on == before


def test_a_decision_is_written_down_after_its_phase_without_another_check():
    people = team()
    project = project_of(people, in_execution=True)

    project = workflow.decide(project, decided_on=timezone.localdate(), reference="Z-26-12", by=people.lead)

    assert project.decided_on == timezone.localdate()


def test_the_evaluation_is_due_sixty_days_after_the_decision():
    people = team()
    project = project_of(people, in_execution=True)
    today = timezone.localdate()

    project = workflow.decide(project, decided_on=today, reference="Z-26-12", by=people.lead)

    assert project.evaluation_due_on == today + timedelta(days=60)
    with pytest.raises(WorkflowError, match="staat er al in"):
        workflow.decide(project, decided_on=today, reference="Z-26-13", by=people.lead)


def test_a_project_is_not_done_before_people_heard_back_and_it_was_evaluated():
    people = team()
    project = project_of(people, in_evaluation=True, published=True)

    with pytest.raises(WorkflowError, match="voor deze fase nog niet vastgesteld"):
        workflow.finish(project, by=people.lead)
    check = CheckFactory(project=project, running=True)
    with pytest.raises(WorkflowError, match="nog niet geëvalueerd"):
        workflow.finish(project, by=people.lead)
    with pytest.raises(WorkflowError, match="nog geen moment"):
        workflow.feed_back(check, by=people.lead)
    FeedbackFactory(moment=MomentFactory(project=project, held=True))
    workflow.evaluate(workflow.feed_back(check, by=people.lead), by=people.lead)

    assert workflow.finish(project, by=people.lead).status == ProjectStatus.DONE


def test_a_project_that_stops_drops_its_concept_and_keeps_what_was_signed():
    people = team()
    project = project_of(people, in_design=True)
    signed = project.checks.get()
    concept = workflow.start_check(project, by=people.lead)

    project = workflow.stop(project, reason="Er is geen geld meer.", by=people.lead)

    concept.refresh_from_db()
    signed.refresh_from_db()
    assert (project.status, concept.status, signed.status) == ("stopped", "lapsed", "published")
    with pytest.raises(WorkflowError, match="Het project is gestopt"):
        workflow.start_check(project, by=people.lead)
    assert workflow.resume(project, by=people.lead).is_active


def test_what_changed_stands_in_the_trail_and_only_that():
    people = team()
    project = workflow.register(details(people), [], by=people.lead)

    workflow.change(project, details(people, title="Kerkstraat en plein"), by=people.lead)

    event = Event.objects.get(action="participation.project_changed")
    assert (event.old, event.new) == ({"title": "Kerkstraat"}, {"title": "Kerkstraat en plein"})


def test_planning_leaves_what_has_begun():
    people = team()
    project = project_of(people)

    workflow.plan(project, [Planned(PhaseKind.EXECUTION, date(2027, 1, 1), date(2027, 6, 1))], by=people.lead)

    assert [phase.kind for phase in project.phases.all()] == [PhaseKind.START_NOTE, PhaseKind.EXECUTION]


def test_staff_see_the_projects_that_are_theirs():
    people = team()
    own = project_of(people)
    everywhere = project_of(people, wijken=[], lead=ProjectLeadFactory(), department=DepartmentFactory())
    ProjectFactory(wijken=[CoordinatorFactory().assignments[0].wijk])

    seen = {
        user: set(Project.objects.visible_to(user)) for user in (people.lead, people.ambassador, people.coordinator)
    }

    assert seen == {people.lead: {own}, people.ambassador: {own}, people.coordinator: {own, everywhere}}
