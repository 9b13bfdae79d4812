"""What people said, and what they hear of it; a moment is never closed before that."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from participation.enums import CheckStatus
from participation.models import ParticipationCheck
from participation.moments import workflow
from participation.moments.enums import ContributionStatus, Criterion, Source, Status, Verdict
from participation.moments.models import Contribution, Feedback, Moment, Score
from participation.moments.rules import Average, average_of, passes
from participation.moments.workflow.clock import feedback_awaited
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import ManagerFactory
from tests.factories.documents import blank_pdf, pdf_of
from tests.factories.moments import ContributionFactory, FeedbackFactory, MomentFactory, SignUpFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

TOLD = {"heard": "U wilt bomen.", "doing": "Wij planten er tien.", "not_doing": "Geen fontein: te duur."}


def test_a_moment_is_not_closed_before_people_heard_in_the_workflow():
    moment = MomentFactory(held=True)

    with pytest.raises(WorkflowError, match="Vertel eerst"):
        workflow.close(moment, by=moment.made_by)

    assert Moment.objects.get().status == Status.HELD


def test_a_moment_is_not_closed_before_people_heard_in_the_database():
    moment = MomentFactory(held=True)

    with pytest.raises(IntegrityError, match="without feedback"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE moments_moment SET status = 'closed' WHERE id = %s", [moment.pk])


def test_feedback_that_was_sent_stays():
    told = FeedbackFactory()

    with pytest.raises(IntegrityError, match="it stays"), transaction.atomic():
        Feedback.objects.filter(pk=told.pk).delete()


def test_feedback_goes_once_to_everybody_who_took_part_and_agreed():
    moment = MomentFactory(held=True, asking=True)
    anna = SignUpFactory(moment=moment, email="anna@voorbeeld.example", wants_feedback=True)
    SignUpFactory(moment=moment, wants_feedback=False)
    SignUpFactory(moment=moment, was_there=False)
    SignUpFactory(moment=moment, waiting=True)
    ContributionFactory(moment=moment, with_address=True, email=anna.email)
    ContributionFactory(moment=moment, with_address=True, email="bas@voorbeeld.example")
    ContributionFactory(moment=moment, email="nietbevestigd@voorbeeld.example")

    told = workflow.give_feedback(moment, **TOLD, by=moment.made_by)

    readers = sorted(OutboxMessage.objects.values_list("recipient_email", flat=True))
    assert readers == ["anna@voorbeeld.example", "bas@voorbeeld.example"]
    assert told.sent_to == 2
    text = OutboxMessage.objects.first().text
    assert all(words in text for words in TOLD.values())


def test_who_feeds_back_to_many_sees_one_example_and_how_many_read_it(client):
    moment = MomentFactory(held=True)
    for number in range(6):
        SignUpFactory(moment=moment, email=f"buur{number}@voorbeeld.example", wants_feedback=True)
    sign_in(client, moment.project.lead)
    address = reverse("admin:moments_moment_step", args=[moment.pk, "terugkoppelen"])

    page = client.post(address, TOLD | {"version": moment.version, "_preview": "1"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    sent = client.post(address, TOLD | {"version": moment.version, "seen": seen, "_send": "1"}, follow=True)

    assert page.count('class="letter-preview"') == 1
    assert "nog 5 anderen" in page
    assert "buur5@voorbeeld.example" in page
    assert OutboxMessage.objects.count() == 6
    assert "en nog 3 anderen" in sent.content.decode()


def test_after_the_feedback_the_moment_and_its_check_go_on():
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, running=True)
    moment = MomentFactory(project=project, held=True)

    workflow.give_feedback(moment, **TOLD, by=project.lead)
    workflow.close(Moment.objects.get(), by=project.lead)

    assert Moment.objects.get().status == Status.CLOSED
    assert ParticipationCheck.objects.get(pk=check.pk).status == CheckStatus.FED_BACK


def test_a_check_is_not_fed_back_while_a_moment_of_the_project_is_open():
    project = ProjectFactory(published=True)
    check = CheckFactory(project=project, running=True)
    first, _second = MomentFactory(project=project, held=True), MomentFactory(project=project, held=True)

    workflow.give_feedback(first, **TOLD, by=project.lead)
    workflow.close(Moment.objects.get(pk=first.pk), by=project.lead)

    assert ParticipationCheck.objects.get(pk=check.pk).status == CheckStatus.RUNNING


def test_a_second_feedback_is_refused_and_nobody_hears_twice():
    moment = MomentFactory(held=True)
    SignUpFactory(moment=moment)
    workflow.give_feedback(moment, **TOLD, by=moment.made_by)

    with pytest.raises(WorkflowError, match="al verstuurd"):
        workflow.give_feedback(Moment.objects.get(), **TOLD, by=moment.made_by)

    assert OutboxMessage.objects.count() == 1


def test_feedback_is_due_twenty_working_days_after_the_moment_and_reminded_of():
    moment = MomentFactory(announced=True, over=True)

    held = workflow.hold(moment, attended=12, by=moment.made_by)

    assert held.feedback_due_on > today() + timedelta(days=20)
    awaited = list(feedback_awaited(held.feedback_due_on))
    assert [(each.subject, each.due_on) for each in awaited] == [(f"feedback:{moment.pk}", held.feedback_due_on)]
    assert list(feedback_awaited(held.feedback_due_on - timedelta(days=1))) == []


def test_a_moment_that_has_to_begin_was_not_held():
    moment = MomentFactory(announced=True)

    with pytest.raises(WorkflowError, match="moet nog beginnen"):
        workflow.hold(moment, by=moment.made_by)


def test_what_is_said_online_waits_for_a_colleague_and_asks_to_confirm_the_address():
    moment = MomentFactory(announced=True, asking=True)

    said = workflow.contribute(moment, workflow.Words(text="Bomen!"), email="Anna@voorbeeld.example")

    assert said.status == ContributionStatus.PENDING
    assert OutboxMessage.objects.get().recipient_email == "Anna@voorbeeld.example"
    assert Contribution.objects.of_email("anna@voorbeeld.example").count() == 0
    workflow.confirm_contribution(said)
    assert Contribution.objects.of_email("anna@voorbeeld.example").count() == 1


def test_hiding_needs_a_reason_in_the_workflow_and_in_the_database():
    said = ContributionFactory()

    with pytest.raises(WorkflowError, match="waarom"):
        workflow.hide(said, reason=" ", by=said.moment.made_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=said.pk).update(status=ContributionStatus.HIDDEN)
    workflow.hide(said, reason="Er staat een naam in.", by=said.moment.made_by)

    assert Contribution.objects.visible().count() == 0


def test_papers_are_entered_one_by_one_and_as_numbers():
    moment = MomentFactory(held=True, asking=True)

    workflow.enter_from_paper(moment, workflow.Words(text="Een bankje bij oma."), by=moment.made_by)
    workflow.enter_counts(moment, {"Bij de kerk": 14, "Bij de school": 0}, by=moment.made_by)

    entered = list(Contribution.objects.values_list("source", "choice", "count", "status"))
    assert entered == [(Source.PAPER, "", 1, "visible"), (Source.PAPER, "Bij de kerk", 14, "visible")]


def test_numbers_for_an_answer_that_was_not_asked_are_refused():
    moment = MomentFactory(held=True, asking=True)

    with pytest.raises(WorkflowError, match="een aantal"):
        workflow.enter_counts(moment, {"In zee": 3}, by=moment.made_by)

    assert not Contribution.objects.exists()


def test_a_score_is_one_per_letter_and_can_be_changed():
    moment = MomentFactory(held=True)

    workflow.give_score(moment, key="a", answers={"could_speak": 2})
    workflow.give_score(moment, key="a", answers={"could_speak": 5, "was_clear": 4})

    assert list(Score.objects.values_list("could_speak", "was_clear", "sees_result")) == [(5, 4, None)]
    assert workflow.give_score(moment, key="b", answers={}) is None


def test_the_average_of_a_handful_is_not_shown():
    assert average_of([(5, 5, 5)] * 4, smallest_group=5) is None
    assert average_of([(5, 4, None)] * 4 + [(1, None, None)], smallest_group=5) == Average(5, 4.1)


@pytest.mark.parametrize(
    ("poor", "good", "verdict"),
    [(0, 0, True), (1, 1, True), (1, 0, False), (2, 5, False)],
)
def test_one_poor_criterion_is_made_up_for_by_a_good_one(poor, good, verdict):
    verdicts = dict.fromkeys(Criterion.values, Verdict.ENOUGH)
    verdicts |= dict.fromkeys(Criterion.values[:poor], Verdict.POOR)
    verdicts |= dict.fromkeys(Criterion.values[5 : 5 + good], Verdict.GOOD)

    assert passes(verdicts) is verdict


def test_the_evaluation_takes_the_check_and_the_project_on():
    check = CheckFactory(project=ProjectFactory(published=True), fed_back=True)
    verdicts = dict.fromkeys(Criterion.values, Verdict.GOOD.value)

    evaluation = workflow.evaluate(
        check, verdicts=verdicts, went_well="Veel mensen.", lessons="Eerder beginnen.", by=check.project.lead
    )

    check.refresh_from_db()
    assert (check.status, evaluation.passes) == (CheckStatus.EVALUATED, True)
    assert check.project.evaluated_on == today()


def test_people_are_forgotten_some_time_after_they_heard_and_the_numbers_stay():
    moment = MomentFactory(held=True, asking=True, attended=12)
    SignUpFactory(moment=moment)
    ContributionFactory(moment=moment, with_address=True)
    workflow.give_feedback(moment, **TOLD, by=moment.made_by)
    moment = Moment.objects.get()

    assert not workflow.forget_people(moment, timezone.now() + timedelta(days=59))
    assert workflow.forget_people(moment, timezone.now() + timedelta(days=61))

    moment.refresh_from_db()
    assert (moment.sign_ups.count(), moment.attended) == (0, 12)
    assert set(moment.contributions.values_list("email", "text")) == {("", "Meer bomen, graag.")}
    assert set(OutboxMessage.objects.values_list("recipient_email", "text")) == {("", "")}


def test_only_a_photo_is_asked_for_with_a_contribution_and_said_so(client):
    moment = MomentFactory(announced=True, asking=True)
    files = [pdf_of(blank_pdf(), "plan.pdf")]

    page = client.post(
        f"{moment.get_absolute_url()}meedenken/", {"choice": "Bij de kerk", "text": "Met leuning.", "files": files}
    ).content.decode()

    assert "“plan.pdf” is geen foto. Kies een JPG, PNG, HEIC of WEBP." in page
    assert "PDF" not in page
    assert ".pdf," not in page
    assert "Met leuning." in page


def test_who_comes_to_sign_up_for_what_was_cancelled_reads_that_and_no_waiting_list(client):
    moment = MomentFactory(cancelled=True, capacity=1, places_taken=1)

    page = client.get(f"{moment.get_absolute_url()}aanmelden/").content.decode()

    assert "Dit moment gaat niet door." in page
    assert "Aanmelden kan niet" in page
    assert "Op de wachtlijst" not in page


@pytest.mark.parametrize(
    ("reason", "kept", "said_to_staff"),
    [
        ("", "", "Schrijf op waarom u deze bijdrage verbergt."),
        ("Er staat een naam in.\x00", "Er staat een naam in.", "De bijdrage is verborgen."),
    ],
)
def test_a_contribution_is_hidden_for_a_reason_that_can_be_kept(client, reason, kept, said_to_staff):
    said = ContributionFactory()
    sign_in(client, ManagerFactory())

    answer = client.post(
        reverse("admin:moments_moment_moderate", args=[said.moment_id, said.pk]),
        {"do": "hide", "reason": reason},
        headers={"referer": reverse("admin:moments_moment_change", args=[said.moment_id])},
        follow=True,
    )

    assert [str(message) for message in answer.context["messages"]] == [said_to_staff]
    assert Contribution.objects.get().hidden_reason == kept
