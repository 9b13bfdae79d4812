"""The reviewer's steps: each moves case, dates and file together, and writes what the applicant must know."""

from datetime import date, timedelta

import pytest
import time_machine

from shared.audit.models import Event
from shared.lifecycle import StaleVersion, TransitionNotAllowed, WorkflowError
from shared.notifications.models import OutboxMessage
from subsidies.enums import CheckAnswer, ExtensionKind, MessageKind, Status, SuspensionGround
from subsidies.models import Application, CaseNote
from subsidies.workflow import review
from subsidies.workflow.review import Answer, LineVerdict
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CompletionRequestFactory,
    CriterionFactory,
    HearingFactory,
    SchemeVersionFactory,
)

pytestmark = pytest.mark.django_db

# A Monday in a quiet month: no holidays nearby.
MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def in_review(**fields) -> Application:
    return ApplicationFactory(in_review=True, received_on=date(2026, 9, 1), **fields)


def actions(case: Application) -> list[str]:
    return list(Event.objects.about(case).order_by("pk").values_list("action", flat=True))


def letter_to(address: str) -> OutboxMessage:
    return OutboxMessage.objects.get(recipient_email=address)


def nothing_written(case: Application) -> bool:
    case_now = Application.objects.get(pk=case.pk)
    return (
        case_now.status == case.status
        and case_now.version == case.version
        and not OutboxMessage.objects.exists()
        and not Event.objects.about(case).exists()
    )


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

    hearing = review.ask_hearing(
        case, intended="Wij willen weigeren: er is geen plek.", due_on=date(2026, 9, 21), by=case.owner
    )
    waiting = Application.objects.get(pk=case.pk)
    message = CaseMessageFactory(application=case, kind=MessageKind.PRIOR_VIEW, received_on=date(2026, 9, 10))
    review.receive_view(hearing, message)

    assert waiting.status == Status.HEARING
    # Asking for a view does not stop the clock.
    assert waiting.due_legal == case.due_legal
    letter = letter_to(case.email)
    assert "er is geen plek" in letter.text
    assert "artikelen 4:7 en 4:12" in letter.text
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

    hearing = review.ask_hearing(
        case, intended="Wij willen lager vaststellen.", due_on=date(2026, 9, 21), by=case.owner
    )
    review.receive_view(hearing, CaseMessageFactory(application=case, kind=MessageKind.PRIOR_VIEW))

    case.refresh_from_db()
    hearing.refresh_from_db()
    assert (case.status, hearing.ended_on) == (Status.GRANTED, MONDAY)
    assert "Het besluit komt uiterlijk" not in letter_to(case.email).text


# Later


def local_rules(**rules):
    return SchemeVersionFactory(decision_weeks=6, **rules)


def test_the_scheme_says_how_much_longer_and_once():
    case = in_review(scheme_version=local_rules(extension_weeks=4))

    with pytest.raises(WorkflowError, match="hooguit 4 weken"):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=5, reason="Vakantie.", by=case.owner)
    review.extend(case, kind=ExtensionKind.EXTENSION, weeks=4, reason="Vakantie.", by=case.owner)
    extended = Application.objects.get(pk=case.pk)
    with pytest.raises(WorkflowError, match="één keer"):
        review.extend(extended, kind=ExtensionKind.EXTENSION, weeks=1, reason="Weer.", by=case.owner)

    assert extended.due_legal == case.due_legal + timedelta(weeks=4)
    assert "verlengd met 4 weken" in letter_to(case.email).text


def test_a_scheme_without_extension_allows_only_a_message_that_it_comes_later():
    case = in_review(scheme_version=local_rules(extension_weeks=0))

    with pytest.raises(WorkflowError, match="kent geen verlenging"):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=1, reason="Ziekte.", by=case.owner)
    review.extend(case, kind=ExtensionKind.NOTICE, expected_on=date(2026, 10, 30), reason="Ziekte.", by=case.owner)

    assert Application.objects.get(pk=case.pk).due_legal == case.due_legal
    letter = letter_to(case.email)
    assert "vrijdag 30 oktober 2026" in letter.text
    assert "ingebrekestelling" in letter.text


def test_the_law_gives_a_reasonable_term_in_all_when_the_scheme_has_none():
    case = in_review()

    with pytest.raises(WorkflowError, match="meer dan 8"):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=8, reason="Onderzoek.", by=case.owner)
    review.extend(case, kind=ExtensionKind.EXTENSION, weeks=12, reason="Onderzoek.", by=case.owner)

    case.refresh_from_db()
    assert case.due_legal == date(2026, 9, 1) + timedelta(weeks=12)
    assert case.later_decisions.get().expected_on == case.due_legal
    assert "artikel 4:14, derde lid" in letter_to(case.email).text


def test_a_term_that_is_over_cannot_be_extended_any_more():
    case = ApplicationFactory(in_review=True, received_on=date(2026, 6, 1))

    with pytest.raises(WorkflowError, match="De termijn is al voorbij"):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=12, reason="Onderzoek.", by=case.owner)

    assert nothing_written(case)


def test_a_notice_names_a_day_after_the_legal_one():
    case = in_review()

    with pytest.raises(WorkflowError, match="binnen de termijn"):
        review.extend(case, kind=ExtensionKind.NOTICE, expected_on=case.due_legal, reason="Ziekte.", by=case.owner)


def test_the_clock_stands_still_with_the_written_consent_of_the_applicant():
    case = in_review()

    review.pause(
        case,
        ground=SuspensionGround.CONSENT,
        first_day=date(2026, 9, 8),
        last_day=date(2026, 9, 17),
        text="E-mail van 7 september.",
        by=case.owner,
    )

    assert Application.objects.get(pk=case.pk).due_legal == date(2026, 11, 6)
    assert "artikel 4:15" in letter_to(case.email).text


@pytest.mark.parametrize(
    ("first", "last", "text", "refusal"),
    [
        (date(2026, 9, 10), date(2026, 9, 9), "Ja.", "vóór de eerste dag"),
        (date(2026, 9, 1), date(2026, 9, 9), "Ja.", "binnen de beslistermijn"),
        (date(2026, 12, 1), date(2026, 12, 9), "Ja.", "binnen de beslistermijn"),
        (date(2026, 9, 8), date(2026, 9, 9), " ", "Schrijf waaruit dit blijkt"),
    ],
)
def test_a_pause_is_in_the_term_in_order_and_explained(first, last, text, refusal):
    case = in_review()

    with pytest.raises(WorkflowError, match=refusal):
        review.pause(case, ground=SuspensionGround.CONSENT, first_day=first, last_day=last, text=text, by=case.owner)

    assert nothing_written(case)


# Words


def test_an_answer_goes_with_the_question_and_takes_the_mark_away():
    case = in_review()
    question = CaseMessageFactory(application=case, text="Wanneer hoor ik iets?")
    Application.objects.filter(pk=case.pk).update(unread_since=question.received_at)

    review.reply(case, text="Volgende week.", message=question, by=case.owner)

    case.refresh_from_db()
    question.refresh_from_db()
    assert case.unread_since is None
    assert question.answered_at is not None
    letter = letter_to(case.email)
    assert "Wanneer hoor ik iets?" in letter.text
    assert "Volgende week." in letter.text


def test_a_message_can_be_read_without_an_answer_in_writing():
    case = in_review()
    CaseMessageFactory(application=case)
    Application.objects.filter(pk=case.pk).update(unread_since="2026-09-07T08:00Z")

    review.mark_read(case, by=case.owner)

    assert Application.objects.get(pk=case.pk).unread_since is None
    assert not case.messages.filter(answered_at__isnull=True).exists()


def test_notes_are_added_by_who_reviews_and_conversations_are_on_the_timeline():
    case = in_review()

    review.note(case, text="Bellen met groen.", by=case.owner)
    review.record_contact(case, kind="phone", on=MONDAY, text="Gebeld.", by=case.owner)
    with pytest.raises(WorkflowError):
        review.note(case, text="Ik kijk mee.", by=CoordinatorFactory())

    assert list(CaseNote.objects.values_list("text", "contact")) == [("Gebeld.", "phone"), ("Bellen met groen.", "")]
    assert actions(case) == ["subsidies.contact_recorded"]


# Judging


def test_the_verdicts_are_kept_with_the_words_of_the_scheme_and_the_old_ones_on_the_timeline():
    case = in_review(costs=[("Tafels", 500), ("Bier", 250)])
    criterion = CriterionFactory(scheme_version=case.scheme_version, question="Beter voor de buurt?")
    tables, beer = case.cost_lines.all()

    review.judge(
        case,
        checklist={criterion.pk: Answer(CheckAnswer.YES, "Twaalf buren doen mee.")},
        cost_lines={tables.pk: LineVerdict(True), beer.pk: LineVerdict(False, "Alcohol telt niet mee.")},
        by=case.owner,
    )

    case.refresh_from_db()
    assert case.checklist["criteria"][str(criterion.pk)]["question"] == "Beter voor de buurt?"
    assert list(case.cost_lines.values_list("eligible", "why_not")) == [(True, ""), (False, "Alcohol telt niet mee.")]
    event = Event.objects.about(case).get()
    assert event.new["checklist"] == ["Beter voor de buurt?: ja: Twaalf buren doen mee."]
    assert event.new["Bier"] == "telt niet mee: Alcohol telt niet mee."


def test_a_cost_line_that_does_not_count_needs_a_reason_and_nothing_is_kept_without():
    case = in_review()
    line = case.cost_lines.get()

    with pytest.raises(WorkflowError, match="Schrijf waarom"):
        review.judge(case, checklist={}, cost_lines={line.pk: LineVerdict(False)}, by=case.owner)

    line.refresh_from_db()
    assert line.eligible
    assert nothing_written(case)


def test_a_ranking_scheme_adds_up_the_scores():
    case = in_review(scheme_version=SchemeVersionFactory(score_criteria="Draagvlak\nDuurzaam"))

    with pytest.raises(WorkflowError, match="elk criterium"):
        review.score(case, scores={"Draagvlak": 5}, by=case.owner)
    review.score(case, scores={"Draagvlak": 5, "Duurzaam": 3}, by=case.owner)

    assert Application.objects.get(pk=case.pk).score == 8


def test_a_decided_case_is_not_judged_extended_or_completed_any_more():
    case = ApplicationFactory(refused=True)
    manager = ManagerFactory()

    with pytest.raises(WorkflowError):
        review.judge(case, checklist={}, cost_lines={}, by=manager)
    with pytest.raises(WorkflowError):
        review.extend(case, kind=ExtensionKind.EXTENSION, weeks=10, reason="Nee.", by=manager)
    with pytest.raises(TransitionNotAllowed):
        review.request_completion(case, items=["Iets"], due_on=date(2026, 9, 21), by=manager)

    assert nothing_written(case)


def test_letters_for_who_has_no_email_are_printed_with_how_to_send_things():
    case = ApplicationFactory(in_review=True, without_email=True, received_on=MONDAY)

    review.request_completion(case, items=["Een offerte"], due_on=date(2026, 9, 21), by=case.owner)

    letter = OutboxMessage.objects.get()
    assert letter.channel == "print"
    assert "per post" in letter.text


def test_an_english_reader_gets_english_letters_with_an_english_date():
    case = ApplicationFactory(language="en", received_on=MONDAY)

    review.take_up(case, by=CoordinatorFactory(wijk=case.wijk))

    assert "Monday 2 November 2026" in letter_to(case.email).text


def test_an_unanswered_request_does_not_hide_behind_an_answered_one():
    case = in_review()
    CompletionRequestFactory(application=case, sent_on=date(2026, 9, 2), completed_on=date(2026, 9, 3))

    review.request_completion(case, items=["Nog iets"], due_on=date(2026, 9, 21), by=case.owner)
    review.complete(case, CaseMessageFactory(application=case, received_on=date(2026, 9, 9)))

    assert list(case.completion_requests.values_list("completed_on", flat=True)) == [
        date(2026, 9, 3),
        date(2026, 9, 9),
    ]
