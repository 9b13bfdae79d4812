"""What wakes by itself: each warning and reminder once, to who can act on it, also when two clocks tick at once."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.urls import reverse

from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.terms.models import PortalOutage
from subsidies import dates, tasks
from subsidies.enums import ExtensionKind, Status
from subsidies.models import Application, Hearing, LaterDecision
from subsidies.workflow import clock, review
from tests.at_once import at_once
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CompletionRequestFactory,
    HearingFactory,
)
from tests.sign_in import sign_in

RECEIVED = date(2026, 9, 7)
HALF_WAY = RECEIVED + timedelta(days=28)


@pytest.fixture
def case(db):
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        return ApplicationFactory(in_review=True, received_on=RECEIVED)


def days_with_a_warning(case: Application, *, last: int = 70) -> dict[int, int]:
    """Let the clock tick each day, twice; gives the day number of each warning and to how many it went."""
    told = {}
    for number in range(last):
        before = OutboxMessage.objects.count()
        for _twice in range(2):
            clock.warn_term(case, RECEIVED + timedelta(days=number))
        if sent := OutboxMessage.objects.count() - before:
            told[number] = sent
    return told


def test_who_reviews_hears_at_each_share_and_the_manager_from_ninety_percent_on(case):
    ManagerFactory()

    # Eight weeks are 56 days: half is day 28, then 42, 51 (the first day past ninety), and 57 is too late.
    assert days_with_a_warning(case) == {28: 1, 42: 1, 51: 2, 57: 2}
    assert list(Event.objects.about(case).order_by("pk").values_list("action", flat=True)) == [
        *["subsidies.term_warned"] * 3,
        "subsidies.term_passed",
    ]


def test_days_on_which_the_clock_stands_still_do_not_count(case):
    CompletionRequestFactory(
        application=case,
        sent_on=RECEIVED + timedelta(days=7),
        due_on=RECEIVED + timedelta(days=21),
        completed_on=RECEIVED + timedelta(days=18),
    )

    # Ten days of waiting before half of the term was used.
    assert list(days_with_a_warning(case, last=80)) == [38, 52, 61, 67]


def test_a_longer_term_warns_again_with_its_new_date(case):
    clock.warn_term(case, RECEIVED + timedelta(days=42))
    LaterDecision.objects.create(
        application=case,
        kind=ExtensionKind.EXTENSION,
        sent_on=RECEIVED + timedelta(days=43),
        weeks=12,
        expected_on=RECEIVED + timedelta(weeks=12),
        reason="Onderzoek.",
    )

    told = [clock.warn_term(case, RECEIVED + timedelta(days=day)) for day in (44, 62, 63, 64)]

    assert told == [False, False, True, False]
    assert OutboxMessage.objects.count() == 2


def test_nobody_is_warned_about_a_decided_case(db):
    case = ApplicationFactory(granted=True, received_on=date(2025, 1, 6))

    assert not clock.warn_term(case, date(2026, 9, 7))
    assert not OutboxMessage.objects.exists()


def test_the_applicant_is_reminded_once_before_the_last_day_and_not_after_an_answer(db):
    waiting = CompletionRequestFactory(sent_on=RECEIVED, due_on=RECEIVED + timedelta(days=14))

    told = [clock.remind_completion(waiting, RECEIVED + timedelta(days=day)) for day in (0, 9, 10, 11, 15)]

    assert told == [False, False, True, False, False]
    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == waiting.application.email
    assert "Een offerte van de tafels" in letter.text


def test_a_hearing_is_reminded_of_once(db):
    hearing = HearingFactory(asked_on=RECEIVED, due_on=RECEIVED + timedelta(days=14))

    assert [clock.remind_hearing(hearing, RECEIVED + timedelta(days=day)) for day in (0, 9, 10, 11)] == [
        False,
        False,
        True,
        False,
    ]


def test_a_view_before_lower_settlement_or_withdrawal_is_reminded_of_too(db):
    for awarded in (ApplicationFactory(granted=True), ApplicationFactory(settled=True)):
        hearing = HearingFactory(application=awarded, asked_on=RECEIVED, due_on=RECEIVED + timedelta(days=14))

        reminded = [clock.remind_hearing(hearing, RECEIVED + timedelta(days=day)) for day in (9, 10, 11)]

        letter = OutboxMessage.objects.get(recipient_email=awarded.email)
        assert reminded == [False, True, False]
        assert "Wij willen de aanvraag weigeren." in letter.text


def test_one_tick_of_the_tasks_does_everything_that_is_due_and_a_second_one_nothing(db):
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        lapsing = CompletionRequestFactory(application__received_on=date(2026, 8, 17), sent_on=date(2026, 8, 18))
        ApplicationFactory(in_review=True, received_on=date(2026, 8, 10))
        HearingFactory(application__received_on=date(2026, 9, 1), asked_on=date(2026, 8, 17))

        tasks.watch_waits()
        tasks.watch_terms()
        after_one = OutboxMessage.objects.count()
        tasks.watch_waits()
        tasks.watch_terms()

    assert Application.objects.get(pk=lapsing.application_id).status == Status.IN_REVIEW
    assert after_one == 3
    assert OutboxMessage.objects.count() == after_one


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_write_one_letter():
    for number in range(10):
        case = ApplicationFactory(in_review=True, received_on=RECEIVED)
        request = CompletionRequestFactory(sent_on=RECEIVED, due_on=RECEIVED + timedelta(days=14))

        at_once(*[partial(clock.warn_term, case, HALF_WAY)] * 2)
        at_once(*[partial(review.lapse_completion, request, HALF_WAY)] * 2)

        assert OutboxMessage.objects.count() == 2 * (number + 1)


@pytest.mark.django_db(transaction=True)
def test_an_addition_on_the_moment_that_the_term_lapses_is_never_lost():
    for _round in range(10):
        request = CompletionRequestFactory(sent_on=RECEIVED, due_on=RECEIVED + timedelta(days=14))
        case = request.application
        message = CaseMessageFactory(application=case, received_on=request.due_on)
        day_after = request.due_on + timedelta(days=1)

        at_once(partial(review.complete, case, message), partial(review.lapse_completion, request, day_after))

        case.refresh_from_db()
        request.refresh_from_db()
        assert case.status == Status.IN_REVIEW
        assert (case.complete_on, request.completed_on) == (request.due_on, request.due_on)
        assert case.due_legal == dates.decision_deadline(case).due_legal


@pytest.fixture
def outage(db):
    """The portal did not work on Monday 21 September."""
    start = datetime(2026, 9, 21, 8, 0, tzinfo=UTC)
    return PortalOutage.objects.create(started_at=start, ended_at=start + timedelta(hours=9), what="Alles")


@pytest.mark.parametrize(
    ("made", "lapse", "waiting"),
    [
        (CompletionRequestFactory, review.lapse_completion, Status.INCOMPLETE),
        (HearingFactory, review.lapse_hearing, Status.HEARING),
    ],
)
def test_no_term_of_an_applicant_lapses_before_the_working_day_after_an_outage(outage, made, lapse, waiting):
    since = {"sent_on": RECEIVED} if made is CompletionRequestFactory else {"asked_on": RECEIVED}
    wait = made(application__received_on=RECEIVED, due_on=date(2026, 9, 21), **since)

    on_the_moved_day = lapse(wait, date(2026, 9, 22))

    assert (on_the_moved_day, Application.objects.get(pk=wait.application_id).status) == (False, waiting)
    assert lapse(wait, date(2026, 9, 23))


def test_what_comes_on_the_day_after_an_outage_is_in_time_also_when_the_outage_was_entered_too_late(db):
    request = CompletionRequestFactory(application__received_on=RECEIVED, sent_on=RECEIVED, due_on=date(2026, 9, 21))
    review.lapse_completion(request, date(2026, 9, 22))
    start = datetime(2026, 9, 21, 8, 0, tzinfo=UTC)
    PortalOutage.objects.create(started_at=start, ended_at=start, what="Alles")
    message = CaseMessageFactory(application=request.application, received_on=date(2026, 9, 22))

    review.complete(request.application, message)

    assert Application.objects.get(pk=request.application_id).complete_on == date(2026, 9, 22)


def test_a_hearing_that_lapsed_during_an_outage_is_not_over_yet(db):
    hearing = HearingFactory(asked_on=RECEIVED, due_on=date(2026, 9, 21), ended_on=date(2026, 9, 21))
    assert hearing.is_over(date(2026, 9, 22))
    start = datetime(2026, 9, 21, 8, 0, tzinfo=UTC)
    PortalOutage.objects.create(started_at=start, ended_at=start, what="Alles")

    moved = Hearing.objects.get(pk=hearing.pk)

    assert not moved.is_over(date(2026, 9, 22))
    assert moved.is_over(date(2026, 9, 23))


def test_the_case_page_says_why_there_is_more_time(outage, client):
    with time_machine.travel("2026-09-22 10:00:00+02:00", tick=False):
        request = CompletionRequestFactory(
            application__received_on=RECEIVED, sent_on=RECEIVED, due_on=date(2026, 9, 21)
        )
        sign_in(client, request.application.applicant)

        page = client.get(reverse("subsidies:case", args=[request.application.reference])).content.decode()

    assert "Vul uw aanvraag aan vóór of op dinsdag 22 september 2026" in page
    assert "Dit portaal werkte niet op maandag 21 september 2026." in page


def test_the_four_weeks_to_put_it_aside_are_warned_of_once_at_half_near_the_end_and_after(db):
    ended_on = date(2026, 9, 21)
    case = ApplicationFactory(in_review=True, received_on=RECEIVED, complete_on=None)
    CompletionRequestFactory(application=case, sent_on=RECEIVED, due_on=ended_on)
    told = {}
    for number in range(40):
        before = OutboxMessage.objects.count()
        for _twice in range(2):
            clock.warn_not_processed(case, ended_on + timedelta(days=number))
        if sent := OutboxMessage.objects.count() - before:
            told[number] = sent

    # Four weeks are 28 days: half is day 14, eighty percent day 23, and 29 is too late.
    assert told == {14: 1, 23: 1, 29: 1}
    first, _near, last = OutboxMessage.objects.order_by("pk")
    assert first.subject.startswith("Buiten behandeling stellen kan tot en met maandag 19 oktober 2026")
    assert "kan niet meer" in last.subject


@pytest.mark.parametrize("fields", [{"complete_on": RECEIVED}, {"status": Status.INCOMPLETE}])
def test_what_is_complete_or_still_waits_is_not_warned_of(db, fields):
    case = ApplicationFactory(**{"in_review": True, "received_on": RECEIVED, "complete_on": None, **fields})
    CompletionRequestFactory(application=case, sent_on=RECEIVED, due_on=date(2026, 9, 21))

    assert not clock.warn_not_processed(case, date(2026, 10, 12))
