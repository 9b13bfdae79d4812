"""What plain SQL is refused: a next phase without a signed check, and a change of what was signed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from participation.enums import Outcome, PhaseKind
from participation.models import ParticipationCheck, Project
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
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE participation_project SET phase = %s WHERE id = %s", [kind, project.pk])
    project.refresh_from_db()


MOVE = "UPDATE participation_project SET phase = %s WHERE id = %s"


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
    decide = "UPDATE participation_project SET decided_on = current_date WHERE id = %s"

    assert f"participation check of phase {project.phase}" in refused(decide, project.pk)
    CheckFactory(project=project, signed=True)
    with connection.cursor() as cursor:
        cursor.execute(decide, [project.pk])
    project.refresh_from_db()

    assert project.decided_on is not None


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
    check.signed_on = check.drafted_at.date()
    check.save()
