"""Later decisions, pauses, answers and verdicts of the reviewer."""

from datetime import date, timedelta

import pytest
import time_machine

from shared.audit.models import Event
from shared.lifecycle import TransitionNotAllowed, WorkflowError
from shared.notifications.models import OutboxMessage
from subsidies.enums import CheckAnswer, ExtensionKind, SuspensionGround
from subsidies.models import Application, CaseNote
from subsidies.workflow import review
from subsidies.workflow.review import Answer, LineVerdict
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CompletionRequestFactory,
    CriterionFactory,
    SchemeVersionFactory,
)
from tests.subsidies.reviewing import MONDAY, NOON, actions, in_review, letter_to, nothing_written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOON, tick=False):
        yield


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
