"""What plain SQL is refused: a next phase without a signed check, and a change of what was signed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from participation.enums import Outcome, PhaseKind
from participation.models import ParticipationCheck, Project
from shared.terms.calendar import today
from tests.factories.participation import (
    CheckFactory,
    PlannedMomentFactory,
    ProjectFactory,
    StakeholderGroupFactory,
)

pytestmark = pytest.mark.django_db


def refused(statement: str, *values: object) -> str:
    """The database's answer to a statement that it must refuse."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def phase_to(project: Project, kind: str) -> None:
    said(MOVE, kind, project.pk)
    project.refresh_from_db()


def said(statement: str, *values: object) -> None:
    """The database does what it is told."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


MOVE = "UPDATE participation_project SET phase = %s WHERE id = %s"
DECIDE = "UPDATE participation_project SET decided_on = %s WHERE id = %s"


def yesterday() -> date:
    return today() - timedelta(days=1)


@pytest.mark.parametrize("state", ["in_advice", "advised", "lapsed"])
def test_a_project_does_not_pass_its_start_note_without_a_signed_check(state):
    project = ProjectFactory()
    CheckFactory(project=project, **{state: True})

    answer = refused(MOVE, "design", project.pk)

    assert "no confirmed participation check of phase start_note" in answer


def test_a_project_does_not_jump_over_its_start_note():
    project = ProjectFactory(in_idea=True)

    assert "no confirmed participation check" in refused(MOVE, "execution", project.pk)


def test_a_signed_check_of_the_idea_serves_the_start_note_too():
    project = ProjectFactory(in_idea=True)
    CheckFactory(project=project, signed=True)

    phase_to(project, "start_note")
    phase_to(project, "design")

    assert project.phase == PhaseKind.DESIGN


def test_each_later_phase_needs_a_check_of_its_own():
    project = ProjectFactory(in_design=True)

    assert "of phase design" in refused(MOVE, "decision", project.pk)
    CheckFactory(project=project, signed=True)
    phase_to(project, "decision")

    assert project.phase == PhaseKind.DECISION


def test_a_project_does_not_go_back_to_pass_a_gate_twice():
    project = ProjectFactory(in_design=True)

    assert "not back to" in refused(MOVE, "start_note", project.pk)


def test_a_new_project_does_not_begin_beyond_its_start_note():
    with pytest.raises(IntegrityError, match="begins with the idea or the start note"), transaction.atomic():
        ProjectFactory(phase=PhaseKind.DESIGN)


def test_a_project_of_a_list_stands_where_it_stands_and_is_held_there():
    project = ProjectFactory(phase=PhaseKind.DESIGN, source="lijst", source_id="R-12")

    assert "of phase design" in refused(MOVE, "decision", project.pk)


@pytest.mark.parametrize("where", [{}, {"in_decision": True}])
def test_nothing_is_decided_without_a_signed_check_of_the_phase(where):
    project = ProjectFactory(**where)

    assert f"participation check of phase {project.phase}" in refused(DECIDE, today(), project.pk)
    CheckFactory(project=project, signed=True)
    said(DECIDE, today(), project.pk)
    project.refresh_from_db()

    assert project.decided_on == today()


def test_a_decision_is_not_dated_before_its_check_was_signed_and_not_dated_back_later():
    project = CheckFactory(project=ProjectFactory(), signed=True).project

    assert "no decision on project" in refused(DECIDE, yesterday(), project.pk)
    said(DECIDE, today(), project.pk)

    assert "no decision on project" in refused(DECIDE, yesterday(), project.pk)


def test_a_phase_is_not_dated_before_its_check_was_signed():
    project = ProjectFactory()
    begin = "UPDATE participation_projectphase SET started_on = %s WHERE project_id = %s AND kind = 'design'"

    assert "no participation check was confirmed by then" in refused(begin, today(), project.pk)
    CheckFactory(project=project, signed=True)
    assert "no participation check was confirmed by then" in refused(begin, yesterday(), project.pk)
    said(begin, today(), project.pk)

    later = "UPDATE participation_projectphase SET started_on = %s WHERE project_id = %s AND kind = 'decision'"
    assert "phase decision cannot have begun" in refused(later, today(), project.pk)


@pytest.mark.parametrize("days", [None, 1])
def test_a_check_is_not_signed_before_the_coordinator_advised(days):
    when = None if days is None else timezone.now() + timedelta(days=days)
    check = CheckFactory(advised=True, advised_at=when)

    answer = refused("UPDATE participation_participationcheck SET signed_on = %s WHERE id = %s", today(), check.pk)

    assert "signed after the advice" in answer


def test_a_new_project_is_not_decided_on_already():
    with pytest.raises(IntegrityError, match="no decision on project"), transaction.atomic():
        ProjectFactory(decided_on=date(2026, 3, 2))


def test_what_was_signed_never_changes():
    check = CheckFactory(published=True)

    statements = {
        "UPDATE participation_participationcheck SET signed_on = NULL WHERE id = %s",
        "UPDATE participation_participationcheck SET open = 'niets' WHERE id = %s",
        "DELETE FROM participation_participationcheck WHERE id = %s",
    }

    assert all("never changes" in refused(statement, check.pk) for statement in statements)


def test_what_bears_a_signature_is_not_a_draft():
    drafted = CheckFactory(advised=True)
    signed = CheckFactory(published=True)

    answers = [
        refused("UPDATE participation_participationcheck SET signed_on = %s WHERE id = %s", today(), drafted.pk),
        refused("UPDATE participation_participationcheck SET status = 'draft' WHERE id = %s", signed.pk),
    ]

    assert all("check_confirmed_is_signed" in answer for answer in answers)


def test_a_signed_check_does_not_come_to_serve_another_phase_or_an_earlier_day():
    check = CheckFactory(published=True)
    check.project.phases.exclude(pk=check.phase_id).delete()

    rename = "UPDATE participation_projectphase SET kind = 'design', started_on = NULL WHERE id = %s"
    serve = refused(rename, check.phase_id)
    earlier = refused("UPDATE participation_participationcheck SET published_at = NULL WHERE id = %s", check.pk)

    assert ("it cannot become design" in serve, "that stays" in earlier) == (True, True)


def test_the_groups_and_moments_of_a_signed_check_never_change():
    group = StakeholderGroupFactory()
    planned = PlannedMomentFactory(check_of=group.check_of)
    sign(group.check_of)

    answers = [
        refused("UPDATE participation_stakeholdergroup SET level = 'inform' WHERE id = %s", group.pk),
        refused("DELETE FROM participation_plannedmoment WHERE id = %s", planned.pk),
    ]

    assert all("never changes" in answer for answer in answers)


def test_a_signature_needs_a_name_and_a_day():
    check = CheckFactory(advised=True)

    answer = refused("UPDATE participation_participationcheck SET status = 'confirmed' WHERE id = %s", check.pk)

    assert "check_confirmed_is_signed" in answer


def test_no_participation_needs_its_reason_and_another_choice_than_advised_too():
    unreasoned = {"outcome": Outcome.NONE, "advice": Outcome.NONE, "signed": True}
    with pytest.raises(IntegrityError, match="check_none_has_its_reason"), transaction.atomic():
        CheckFactory(**unreasoned)
    with pytest.raises(IntegrityError, match="check_overruled_with_reason"), transaction.atomic():
        CheckFactory(outcome=Outcome.INFORM_ONLY, signed=True)


def test_a_check_is_about_a_phase_of_its_own_project():
    elsewhere = ProjectFactory().phases.first()

    with pytest.raises(IntegrityError, match="phase of its own project"), transaction.atomic():
        CheckFactory(phase=elsewhere)


def sign(check: ParticipationCheck) -> None:
    check.status, check.signer, check.signer_name = "confirmed", "lead", "Projectleider"
    check.advised_at, check.signed_on = check.drafted_at, timezone.localdate(check.drafted_at)
    check.save()
