"""What wakes by itself: once, in time, and never when it is no longer needed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from initiatives import tasks, workflow
from initiatives.models import Draft
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import DraftFactory, InitiativeFactory, MessageFactory

pytestmark = pytest.mark.django_db

# A Monday: three working days later it is Thursday, five later the next Monday.
MONDAY = "2026-11-16 10:00+01:00"


def letters_to(email: str) -> int:
    return OutboxMessage.objects.filter(recipient_email=email).count()


def every_hour_until(moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        for _hour in range(3):
            tasks.remind()


def test_one_reminder_to_confirm_the_address():
    with time_machine.travel(MONDAY, tick=False):
        initiative = InitiativeFactory(unconfirmed=True)

    every_hour_until("2026-11-17 09:00+01:00")
    too_early = letters_to(initiative.email)
    every_hour_until("2026-11-17 11:00+01:00")
    every_hour_until("2026-11-25 11:00+01:00")

    assert (too_early, letters_to(initiative.email)) == (0, 1)


def test_a_promise_that_runs_out_is_reminded_once_and_then_escalated_once():
    with time_machine.travel(MONDAY, tick=False):
        initiative = InitiativeFactory()
        coordinator = CoordinatorFactory(wijk=initiative.wijk)
        manager = ManagerFactory()

    every_hour_until("2026-11-18 11:00+01:00")
    wednesday = letters_to(coordinator.email), letters_to(manager.email)
    every_hour_until("2026-11-19 11:00+01:00")
    thursday = letters_to(coordinator.email), letters_to(manager.email)
    every_hour_until("2026-11-23 11:00+01:00")
    every_hour_until("2026-11-30 11:00+01:00")

    assert (wednesday, thursday) == ((0, 0), (1, 0))
    assert (letters_to(coordinator.email), letters_to(manager.email)) == (1, 1)


def test_an_answered_plan_is_left_in_peace():
    with time_machine.travel(MONDAY, tick=False):
        initiative = InitiativeFactory()
        coordinator = CoordinatorFactory(wijk=initiative.wijk)
        workflow.send_message(initiative, text="Wij bellen u.", by=coordinator)

    every_hour_until("2026-11-30 11:00+01:00")

    assert letters_to(coordinator.email) == 0


def test_one_reminder_of_an_open_question():
    with time_machine.travel(MONDAY, tick=False):
        initiative = InitiativeFactory(question=True)
        MessageFactory(initiative=initiative, question=True)

    every_hour_until("2026-11-25 11:00+01:00")
    too_early = letters_to(initiative.email)
    every_hour_until("2026-11-26 11:00+01:00")
    every_hour_until("2026-12-26 11:00+01:00")

    assert (too_early, letters_to(initiative.email)) == (0, 1)


def test_a_draft_is_warned_about_and_then_deleted_never_without_warning():
    start = timezone.now()
    draft = DraftFactory(saved_at=start)
    days_seen: dict[str, int] = {}
    for day in range(40):
        with time_machine.travel(start + timedelta(days=day, minutes=1), tick=False):
            tasks.tidy_drafts()
        if letters_to(draft.email) and "warned" not in days_seen:
            days_seen["warned"] = day
        if not Draft.objects.exists() and "deleted" not in days_seen:
            days_seen["deleted"] = day

    assert days_seen == {"warned": 25, "deleted": 30}
    assert letters_to(draft.email) == 1


def test_a_draft_that_is_touched_again_lives_on():
    start = timezone.now()
    draft = DraftFactory(saved_at=start)
    with time_machine.travel(start + timedelta(days=26), tick=False):
        tasks.tidy_drafts()
        workflow.save_draft({"title": "Straatfeest"}, email=draft.email, draft_id=draft.pk)

    with time_machine.travel(start + timedelta(days=40), tick=False):
        tasks.tidy_drafts()

    assert Draft.objects.count() == 1


def test_a_sent_draft_is_never_deleted_with_its_plan():
    initiative = InitiativeFactory()
    DraftFactory(initiative=initiative, saved_at=timezone.now() - timedelta(days=400))

    tasks.tidy_drafts()

    initiative.refresh_from_db()
    assert initiative.draft is not None
