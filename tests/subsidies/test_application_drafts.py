"""Unsent applications go by themselves: at once what was left behind, after a warning what was kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shared.notifications.models import OutboxMessage
from subsidies.models import ApplicationDraft
from subsidies.tasks import tidy_drafts, wipe_idle_drafts
from subsidies.workflow.drafts import delete_old_drafts, warn_old_drafts
from tests.factories.subsidies import SchemeVersionFactory

pytestmark = pytest.mark.django_db


def draft(*, days_ago: int, email: str = "anna@voorbeeld.example", **more: object) -> ApplicationDraft:
    then = timezone.now() - timedelta(days=days_ago)
    scheme = SchemeVersionFactory().scheme
    return ApplicationDraft.objects.create(scheme=scheme, email=email, started_at=then, saved_at=then, **more)


def test_who_left_a_draft_is_warned_once():
    draft(days_ago=29)

    tidy_drafts()
    tidy_drafts()

    [letter] = OutboxMessage.objects.all()
    assert letter.subject == "Uw aanvraag is nog niet verstuurd"


def test_after_thirty_days_and_a_warning_it_is_gone():
    draft(days_ago=31, warned_at=timezone.now() - timedelta(days=8))

    delete_old_drafts(timezone.now())

    assert ApplicationDraft.objects.count() == 0


def test_nothing_is_deleted_before_the_warned_days_have_passed():
    draft(days_ago=40)
    warn_old_drafts(timezone.now())

    delete_old_drafts(timezone.now())

    assert ApplicationDraft.objects.count() == 1


def test_without_an_address_there_is_nobody_to_warn():
    draft(days_ago=31, email="")

    tidy_drafts()

    assert ApplicationDraft.objects.count() == 0


def test_what_was_left_behind_in_a_browser_is_wiped():
    left = draft(days_ago=0, idle_until=timezone.now() - timedelta(minutes=1))
    kept = draft(days_ago=0)

    wipe_idle_drafts()

    assert list(ApplicationDraft.objects.all()) == [kept]
    assert left.pk != kept.pk
