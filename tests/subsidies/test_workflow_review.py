"""The reviewer's steps up to a complete application that was heard: each moves case, dates and file together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from subsidies.enums import GroundKind, MessageKind, Outcome, Status
from subsidies.models import Application
from subsidies.workflow import review
from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    GroundFactory,
    HearingFactory,
)
from tests.subsidies.reviewing import MONDAY, NOON, actions, in_review, letter_to, nothing_written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOON, tick=False):
        yield


# Take up and assign


def test_who_takes_up_an_application_becomes_the_contact_of_the_applicant():
    case = ApplicationFactory()
    reviewer = CoordinatorFactory(wijk=case.wijk, name="Jan de Vries")

    taken = review.take_up(case, by=reviewer, version=case.version)

    assert (taken.status, taken.owner) == (Status.IN_REVIEW, reviewer)
    assert actions(case) == ["subsidies.taken_up"]
    letter = letter_to(case.email)
    assert "Jan de Vries" in letter.text
    assert "maandag 2 november 2026" in letter.text
    assert case.reference in letter.text


def test_a_second_reviewer_who_takes_up_the_same_case_is_told_and_writes_nothing():
    case = ApplicationFactory()
    first, second = CoordinatorFactory(wijk=case.wijk), CoordinatorFactory(wijk=case.wijk)
    review.take_up(case, by=first, version=case.version)

    with pytest.raises(StaleVersion):
        review.take_up(case, by=second, version=case.version)

    assert Application.objects.get(pk=case.pk).owner == first
    assert OutboxMessage.objects.count() == 1


def test_who_reviews_another_wijk_can_do_nothing():
    case = ApplicationFactory()

    with pytest.raises(WorkflowError, match="U behandelt deze aanvraag niet"):
        review.take_up(case, by=CoordinatorFactory(), version=case.version)

    assert nothing_written(case)


def test_nobody_handles_an_application_of_their_own():
    case = ApplicationFactory()
    applicant = CoordinatorFactory(wijk=case.wijk)
    Application.objects.filter(pk=case.pk).update(applicant=applicant)

    with pytest.raises(WorkflowError, match="uw eigen aanvraag"):
        review.take_up(case, by=applicant)
    with pytest.raises(WorkflowError, match="Deze collega deed zelf de aanvraag"):
        review.assign(case, to=applicant, by=CoordinatorFactory(wijk=case.wijk))


def test_assigning_tells_the_colleague_and_taking_over_tells_nobody():
    case = in_review()
    reviewer, colleague = CoordinatorFactory(wijk=case.wijk), CoordinatorFactory()

    assigned = review.assign(case, to=colleague, by=reviewer, version=case.version)
    review.assign(assigned, to=reviewer, by=reviewer, version=assigned.version)

    assert [message.recipient_email for message in OutboxMessage.objects.all()] == [colleague.email]
    assert Application.objects.get(pk=case.pk).owner == reviewer


# Completion


def test_a_request_to_complete_stops_the_clock_and_says_until_when():
    case = in_review()
    due_before = case.due_legal

    review.request_completion(
        case, items=["Een offerte", " "], text="Een foto mag ook.", due_on=date(2026, 9, 21), by=case.owner
    )

    case.refresh_from_db()
    assert (case.status, case.complete_on) == (Status.INCOMPLETE, None)
    assert case.due_legal == due_before + timedelta(days=14)
    letter = letter_to(case.email)
    assert "Een offerte" in letter.text
    assert "maandag 21 september 2026" in letter.text
    assert "artikel 4:5" in letter.text
    assert "dinsdag 10 november 2026" in letter.text


@pytest.mark.parametrize(
    ("due_on", "because", "refusal"),
    [
        (date(2026, 9, 20), "", "zondag"),
        (date(2026, 9, 7), "", "een dag na vandaag"),
        (date(2026, 10, 5), "", "14 dagen"),
    ],
)
def test_a_last_day_to_complete_is_a_working_day_ahead_and_within_the_rules(due_on, because, refusal):
    case = in_review()

    with pytest.raises(WorkflowError, match=refusal):
        review.request_completion(case, items=["Een offerte"], due_on=due_on, longer_because=because, by=case.owner)

    assert nothing_written(case)


def test_more_time_to_complete_needs_a_reason_in_the_file():
    case = in_review()

    review.request_completion(
        case, items=["Een offerte"], due_on=date(2026, 10, 5), longer_because="Vakantie.", by=case.owner
    )

    assert Event.objects.about(case).get().new["reason"] == "Vakantie."


def test_a_request_without_anything_to_send_is_refused():
    case = in_review()

    with pytest.raises(WorkflowError, match="Schrijf op wat er ontbreekt"):
        review.request_completion(case, items=["", " "], due_on=date(2026, 9, 21), by=case.owner)

    assert nothing_written(case)


def test_an_addition_lets_the_clock_run_again_from_the_day_it_came():
    case = in_review()
    due_before = case.due_legal
    review.request_completion(case, items=["Een offerte"], due_on=date(2026, 9, 21), by=case.owner)
    OutboxMessage.objects.all().delete()
    message = CaseMessageFactory(application=case, kind=MessageKind.ADDITION, received_on=date(2026, 9, 14))

    review.complete(case, message)

    case.refresh_from_db()
    assert (case.status, case.complete_on) == (Status.IN_REVIEW, date(2026, 9, 14))
    assert case.completion_requests.get().completed_on == date(2026, 9, 14)
    # Tuesday 8 up to and including Sunday 13 September: six days.
    assert case.due_legal == due_before + timedelta(days=6)
    assert "plus 6 dagen wachten op uw aanvulling" in letter_to(case.email).text


def test_an_addition_that_nobody_waited_for_changes_nothing_but_the_file():
    case = in_review()

    review.complete(case, CaseMessageFactory(application=case, kind=MessageKind.ADDITION))

    assert nothing_written(case)


def test_staff_say_since_when_everything_is_there():
    case = in_review()
    review.request_completion(case, items=["Een offerte"], due_on=date(2026, 9, 21), by=case.owner)

    review.resume(case, completed_on=MONDAY, text="Aan de balie gebracht.", by=case.owner)

    case.refresh_from_db()
    assert (case.status, case.complete_on) == (Status.IN_REVIEW, MONDAY)
    with pytest.raises(WorkflowError, match="al volledig"):
        review.resume(case, completed_on=MONDAY, text="", by=case.owner)
    with pytest.raises(WorkflowError, match="Kies een dag tussen"):
        review.resume(case, completed_on=date(2026, 9, 8), text="", by=case.owner)


def test_a_term_that_passes_unused_opens_the_four_weeks_to_leave_the_application():
    case = in_review()
    asked = review.request_completion(case, items=["Een offerte"], due_on=date(2026, 9, 21), by=case.owner)
    OutboxMessage.objects.all().delete()

    on_the_day = review.lapse_completion(asked, date(2026, 9, 21))
    after = [review.lapse_completion(asked, date(2026, 9, 22)) for _twice in range(2)]

    assert (on_the_day, after) == (False, [True, False])
    case.refresh_from_db()
    assert (case.status, case.complete_on) == (Status.IN_REVIEW, None)
    assert "maandag 19 oktober 2026" in letter_to(case.owner.email).text


def test_an_addition_that_is_not_enough_leaves_the_application_incomplete_while_the_clock_runs():
    case = in_review()
    review.request_completion(case, items=["Een offerte"], due_on=date(2026, 9, 21), by=case.owner)
    completed = review.complete(case, CaseMessageFactory(application=case, received_on=date(2026, 9, 14)))

    with pytest.raises(WorkflowError, match="wat er nog ontbreekt"):
        review.still_lacking(completed, text="", by=case.owner)
    lacking = review.still_lacking(completed, text="De offerte is van een ander.", by=case.owner)

    assert (lacking.status, lacking.complete_on, lacking.due_legal) == (Status.IN_REVIEW, None, completed.due_legal)


# Hearing


def test_a_view_is_asked_before_a_decision_that_needs_it_and_the_case_goes_on_with_it():
    case = in_review()
    ground = GroundFactory(scheme_version=case.scheme_version, article="Awb artikel 4:35", text="Het gaat niet door.")

    hearing = review.ask_hearing(
        case,
        intended="Wij willen weigeren: er is geen plek.",
        outcome=Outcome.REFUSE,
        grounds=[ground.pk],
        due_on=date(2026, 9, 21),
        by=case.owner,
    )
    waiting = Application.objects.get(pk=case.pk)
    message = CaseMessageFactory(application=case, kind=MessageKind.PRIOR_VIEW, received_on=date(2026, 9, 10))
    review.receive_view(hearing, message)

    assert waiting.status == Status.HEARING
    # Asking for a view does not stop the clock.
    assert waiting.due_legal == case.due_legal
    letter = letter_to(case.email)
    assert "er is geen plek" in letter.text
    assert "artikelen 4:7, 4:8 en 4:12" in letter.text
    assert "Awb artikel 4:35: Het gaat niet door." in letter.text
    hearing.refresh_from_db()
    case.refresh_from_db()
    assert (hearing.view, hearing.ended_on, case.status) == (message, date(2026, 9, 10), Status.IN_REVIEW)


def test_a_hearing_ends_by_itself_the_day_after_its_last_day_once():
    hearing = HearingFactory(asked_on=MONDAY, due_on=date(2026, 9, 21))

    results = [review.lapse_hearing(hearing, day) for day in (date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 22))]

    assert results == [False, True, False]
    hearing.refresh_from_db()
    assert hearing.ended_on == date(2026, 9, 21)
    assert hearing.application.owner.email == OutboxMessage.objects.get().recipient_email


def test_a_view_given_in_conversation_is_written_down():
    hearing = HearingFactory()
    case = hearing.application

    with pytest.raises(WorkflowError, match="Schrijf wat de aanvrager zei"):
        review.end_hearing(case, text=" ", by=case.owner)
    review.end_hearing(case, text="Gebeld: is het ermee eens.", by=case.owner)

    assert Application.objects.get(pk=case.pk).status == Status.IN_REVIEW
    assert Event.objects.about(case).get().text == "Gebeld: is het ermee eens."


def test_before_lower_settlement_a_view_is_asked_while_the_grant_stands():
    case = ApplicationFactory(granted=True, received_on=date(2026, 6, 1))

    ground = GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.LOWER)

    hearing = review.ask_hearing(
        case,
        intended="Wij willen lager vaststellen.",
        outcome=Outcome.SETTLE_LOWER,
        grounds=[ground.pk],
        amount=Decimal(300),
        due_on=date(2026, 9, 21),
        by=case.owner,
    )
    review.receive_view(hearing, CaseMessageFactory(application=case, kind=MessageKind.PRIOR_VIEW))

    case.refresh_from_db()
    hearing.refresh_from_db()
    assert (case.status, hearing.ended_on) == (Status.GRANTED, MONDAY)
    assert "Het besluit komt uiterlijk" not in letter_to(case.email).text
