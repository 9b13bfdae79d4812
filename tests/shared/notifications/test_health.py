"""What the health page and staff hear about delivery."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shared.notifications import health, tasks
from tests.factories.notifications import OutboxMessageFactory

pytestmark = pytest.mark.django_db


def ago(minutes: int) -> timezone.datetime:
    return timezone.now() - timedelta(minutes=minutes)


def test_a_snapshot_counts_what_waits_failed_and_must_be_printed():
    OutboxMessageFactory(created_at=ago(9))
    OutboxMessageFactory(sending=True, created_at=ago(3))
    OutboxMessageFactory(later=True)
    OutboxMessageFactory(failed=True, created_at=ago(99))
    OutboxMessageFactory(sent=True, created_at=ago(99))
    OutboxMessageFactory.create_batch(2, to_print=True, created_at=ago(99))

    state = health.snapshot()

    assert (state.waiting, state.failed, state.to_print) == (3, 1, 2)
    assert timedelta(minutes=9) <= state.oldest_waiting_age < timedelta(minutes=10)


def test_all_is_well_when_the_worker_gave_a_sign_of_life():
    tasks.beat()
    tasks.beat()

    assert health.snapshot().worker_is_alive
    assert health.problems() == []


def test_a_silent_worker_is_a_problem_with_advice():
    health.note_heartbeat(ago(6))

    [problem] = health.problems()

    assert problem.what == "Het portaal verstuurt geen berichten: het onderdeel dat dat doet, staat stil."
    assert "beheerder" in problem.advice


def test_old_and_failed_messages_are_problems_in_plain_words():
    tasks.beat()
    OutboxMessageFactory(created_at=ago(20))
    OutboxMessageFactory.create_batch(2, failed=True)

    assert [problem.what for problem in health.problems()] == [
        "1 e-mail wacht, de oudste al 20 minuten.",
        "2 berichten zijn niet verstuurd.",
    ]


def test_the_empty_outbox_has_no_age():
    assert health.snapshot().oldest_waiting_age == timedelta()
    assert not health.snapshot().worker_is_alive


def test_a_snapshot_takes_two_questions(django_assert_num_queries):
    OutboxMessageFactory.create_batch(3, failed=True)

    with django_assert_num_queries(2):
        health.snapshot()
