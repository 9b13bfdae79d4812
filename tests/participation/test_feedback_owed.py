"""Feedback is enforced, not suggested: no way around it by waiting, calling off, or ending the project."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from participation import workflow as projects
from participation.enums import CheckStatus, MomentForm, ProjectStatus
from participation.models import ParticipationCheck
from participation.moments import policies, tasks, workflow
from participation.moments.enums import Status
from participation.moments.models import Moment
from participation.moments.promised import feedback_promised
from participation.moments.workflow.clock import feedback_awaited
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.moments import ContributionFactory, FeedbackFactory, MomentFactory, SignUpFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.participation.test_sign_ups import details_of
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

TOLD = {"heard": "U wilt bomen.", "doing": "Wij planten er tien.", "not_doing": "Geen fontein: te duur."}


def ahead(**more: float) -> object:
    return timezone.now() + timedelta(**more)


def sql(statement: str, row: Model) -> str:
    """The database's answer to a statement that it must refuse."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])
    return str(refusal.value)


CALL_OFF = "UPDATE moments_moment SET status = 'cancelled' WHERE id = %s"


def test_a_moment_that_nobody_marks_is_held_by_the_clock_and_its_feedback_awaited():
    past, coming = MomentFactory(announced=True, over=True), MomentFactory(announced=True)

    tasks.note_past()
    tasks.note_past()

    past.refresh_from_db()
    coming.refresh_from_db()
    assert (past.status, coming.status) == (Status.HELD, Status.ANNOUNCED)
    assert [each.subject for each in feedback_awaited(past.feedback_due_on)] == [f"feedback:{past.pk}"]
    assert [each.due_on for each in feedback_promised()] == [past.feedback_due_on]
    assert Event.objects.about(past).filter(action="moments.held").count() == 1


def test_a_check_is_not_fed_back_while_a_past_moment_was_not_even_marked():
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, running=True)
    FeedbackFactory(moment=MomentFactory(project=project, held=True))
    past = MomentFactory(project=project, announced=True, over=True)

    with pytest.raises(WorkflowError, match=f"Vertel eerst aan de deelnemers van “{past.title}”"):
        projects.feed_back(check, by=project.lead)


def test_a_check_with_participation_is_not_fed_back_when_nobody_heard_anything():
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, running=True)

    with pytest.raises(WorkflowError, match="nog geen moment"):
        projects.feed_back(check, by=project.lead)

    FeedbackFactory(moment=MomentFactory(project=project, held=True))
    assert projects.feed_back(check, by=project.lead).status == CheckStatus.FED_BACK


def test_feedback_of_an_earlier_phase_is_none_of_a_later_check():
    project = ProjectFactory(published=True)
    told = FeedbackFactory(
        moment=MomentFactory(project=project, held=True), sent_at=timezone.now() - timedelta(days=300)
    )
    check = CheckFactory(project=project, running=True)
    assert told.sent_at < check.published_at

    with pytest.raises(WorkflowError, match="nog geen moment"):
        projects.feed_back(check, by=project.lead)


def test_plain_sql_does_not_call_a_check_fed_back_before_everybody_heard():
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, running=True)
    feed_back = "UPDATE participation_participationcheck SET status = 'fed_back' WHERE id = %s"
    evaluate = "UPDATE participation_participationcheck SET status = 'evaluated' WHERE id = %s"

    assert "nobody heard anything yet" in sql(feed_back, check)
    told = MomentFactory(project=project, held=True)
    MomentFactory(project=project, announced=True, over=True)
    FeedbackFactory(moment=told)

    assert "did not hear back yet" in sql(feed_back, check)
    assert "did not hear back yet" in sql(evaluate, check)


def test_what_is_over_does_not_move_to_another_day():
    assert policies.why_not_change(MomentFactory(announced=True, over=True))
    assert not policies.why_not_change(MomentFactory(announced=True))


@time_machine.travel("2026-03-10 20:00:00+01:00", tick=False)
def test_an_evening_in_progress_stays_and_what_takes_days_can_only_end_later():
    hour = timedelta(hours=1)
    evening = MomentFactory(announced=True, starts_at=ahead(hours=-1), ends_at=ahead(hours=1))
    online = MomentFactory(announced=True, starts_at=ahead(days=-3), ends_at=ahead(days=3), form=MomentForm.ONLINE)
    by = evening.made_by

    with pytest.raises(WorkflowError, match="nu bezig"):
        workflow.change(evening, details_of(evening, ends_at=evening.ends_at + hour), by=by)
    with pytest.raises(WorkflowError, match="Het begin kan niet meer veranderen"):
        workflow.change(online, details_of(online, starts_at=ahead(days=1)), by=online.made_by)

    longer = workflow.change(online, details_of(online, ends_at=ahead(days=9)), by=online.made_by)
    assert longer.ends_at == ahead(days=9)


def test_hidden_words_keep_no_moment_from_being_called_off():
    moment = ContributionFactory(hidden=True).moment

    moment = workflow.cancel(moment, reason="De zaal is dicht.", by=moment.made_by)

    assert moment.status == Status.CANCELLED


@pytest.mark.parametrize("over", [True, False])
def test_a_moment_that_began_is_not_called_off(over):
    begins = timezone.now() - timedelta(hours=30 if over else 1)
    moment = MomentFactory(announced=True, starts_at=begins)

    with pytest.raises(WorkflowError, match="al begonnen"):
        workflow.cancel(moment, reason="Er kwam niemand.", by=moment.made_by)

    assert "has begun" in sql(CALL_OFF, moment)


def test_a_moment_that_people_said_something_at_is_not_called_off_while_the_project_goes_on():
    moment = ContributionFactory().moment

    with pytest.raises(WorkflowError, match="dachten al mee"):
        workflow.cancel(moment, reason="De zaal is dicht.", by=moment.made_by)

    assert "already took part" in sql(CALL_OFF, moment)


def test_plain_sql_does_not_call_off_what_was_held_or_put_it_back():
    moment = MomentFactory(held=True)

    assert "took place" in sql(CALL_OFF, moment)
    assert "took place" in sql("UPDATE moments_moment SET status = 'announced' WHERE id = %s", moment)
    assert "it stays" in sql("DELETE FROM moments_moment WHERE id = %s", moment)


def test_a_moment_that_has_to_begin_is_called_off():
    moment = SignUpFactory().moment

    moment = workflow.cancel(Moment.objects.get(), reason="De zaal is dicht.", by=moment.made_by)

    assert moment.status == Status.CANCELLED


@pytest.mark.parametrize("state", [{"held": True}, {"announced": True, "over": True}, {"announced": True}])
def test_a_project_that_only_informs_is_not_done_while_a_moment_is_open(state):
    project = ProjectFactory(published=True, in_evaluation=True, evaluated_on=today())
    CheckFactory(project=project, informs=True, published=True)
    moment = MomentFactory(project=project, **state)

    with pytest.raises(WorkflowError, match=moment.title):
        projects.finish(project, by=project.lead)

    project.refresh_from_db()
    assert project.status == ProjectStatus.ACTIVE
    assert ParticipationCheck.objects.filter(project=project, status=CheckStatus.PUBLISHED).exists()


def test_a_project_whose_moments_were_answered_is_done():
    project = ProjectFactory(published=True, in_evaluation=True, evaluated_on=today())
    CheckFactory(project=project, informs=True, published=True)
    FeedbackFactory(moment=MomentFactory(project=project, held=True))

    assert projects.finish(project, by=project.lead).status == ProjectStatus.DONE


def test_feedback_waits_for_the_last_day_to_say_something_and_ends_it():
    moment = MomentFactory(held=True, asking=True, contributions_until=ahead(days=2))

    with pytest.raises(WorkflowError, match="nog online meedenken"):
        workflow.give_feedback(moment, **TOLD, by=moment.made_by)

    FeedbackFactory(moment=moment)
    with pytest.raises(WorkflowError, match="niet \\(meer\\) online"):
        workflow.contribute(Moment.objects.get(), workflow.Words(text="Nog iets."))


def test_the_days_for_feedback_count_from_the_last_day_to_say_something():
    plain = MomentFactory(announced=True, over=True, asking=True)
    longer = MomentFactory(announced=True, over=True, asking=True, contributions_until=ahead(days=30))

    days = [workflow.hold(moment, by=moment.made_by).feedback_due_on for moment in (plain, longer)]

    assert (days[1] - days[0]).days >= 30


def test_who_has_only_a_phone_number_is_called_with_the_feedback():
    moment = MomentFactory(held=True)
    SignUpFactory(moment=moment, email="", phone="+31612345678", name="Anna Bel")
    SignUpFactory(moment=moment, email="", phone="+31612345679", name="Niet Meer", wants_feedback=False)
    SignUpFactory(moment=moment, email="", phone="+31612345670", name="Was Weg", was_there=False)

    workflow.give_feedback(moment, **TOLD, by=moment.made_by)

    call = OutboxMessage.objects.get()
    assert call.recipient_email == moment.project.lead.email
    assert "Anna Bel" in call.subject
    assert "Wat wij hoorden" in call.text


def test_a_project_that_stops_calls_off_what_has_to_come_and_says_so():
    project = ProjectFactory(published=True)
    coming = MomentFactory(project=project, announced=True, asking=True)
    SignUpFactory(moment=coming, email="anna@voorbeeld.example")
    ContributionFactory(moment=coming, with_address=True, email="anna@voorbeeld.example")
    ContributionFactory(moment=coming, with_address=True, email="bas@voorbeeld.example")
    concept = MomentFactory(project=project)

    projects.stop(project, reason="Er is geen geld meer.", by=project.lead)

    coming.refresh_from_db()
    told = OutboxMessage.objects.filter(recipient_email__endswith="@voorbeeld.example")
    assert (coming.status, coming.cancel_reason) == (Status.CANCELLED, "Er is geen geld meer.")
    assert sorted(told.values_list("recipient_email", flat=True)) == ["anna@voorbeeld.example", "bas@voorbeeld.example"]
    assert all("Er is geen geld meer." in text for text in told.values_list("text", flat=True))
    concept.refresh_from_db()
    assert "gestopt" in policies.why_not_announce(concept)


def test_of_what_began_people_still_hear_when_the_project_stops():
    project = ProjectFactory(published=True)
    began = MomentFactory(
        project=project, announced=True, asking=True, starts_at=ahead(days=-1), ends_at=ahead(days=20)
    )
    ContributionFactory(moment=began, with_address=True)

    projects.stop(project, reason="Er is geen geld meer.", by=project.lead)

    began = Moment.objects.get()
    assert began.status == Status.HELD
    assert began.feedback_due_on is not None
    assert policies.why_not_contribute(began)
    assert workflow.give_feedback(began, **TOLD, by=project.lead).sent_to == 1


def test_the_list_takes_as_many_queries_for_thirty_moments_as_for_three(client):
    project = ProjectFactory(published=True)
    sign_in(client, project.lead)

    def fill(number: int) -> None:
        for _each in range(number):
            ContributionFactory(moment=MomentFactory(project=project, announced=True, asking=True, capacity=9))
            FeedbackFactory(moment=MomentFactory(project=ProjectFactory(lead=project.lead), held=True))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("admin:moments_moment_changelist"))
        return len(found)

    fill(2)
    queries()
    few = queries()
    fill(14)

    assert queries() == few
