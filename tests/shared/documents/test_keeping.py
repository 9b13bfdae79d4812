from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shared.documents import tasks, workflow
from shared.documents.models import FileGone, StoredFile
from tests.factories.documents import StoredFileFactory

pytestmark = pytest.mark.django_db


def in_days(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def on_disk(settings):
    return {str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


def test_a_file_that_nobody_took_goes_after_two_days_with_everything_on_disk(settings, after_commit):
    stored = StoredFileFactory()
    assert on_disk(settings) == set(stored.paths)

    with in_days(1.9), after_commit():
        tasks.sweep()
    assert StoredFile.objects.get() == stored

    with in_days(2.1), after_commit():
        tasks.sweep()
    assert not StoredFile.objects.exists()
    assert on_disk(settings) == set()


def test_a_file_of_a_case_stays():
    stored = StoredFileFactory()
    stored.mark_attached()

    with in_days(1000):
        assert workflow.sweep() == 0


def test_a_file_of_a_draft_stays_as_long_as_the_draft():
    stored = StoredFileFactory()
    StoredFile.objects.filter(pk=stored.pk).hold(timezone.now() + timedelta(days=30))

    with in_days(29):
        assert workflow.sweep() == 0
    with in_days(31):
        assert workflow.sweep() == 1


def test_a_draft_never_makes_a_file_of_a_case_loose():
    stored = StoredFileFactory(attached=True)

    assert StoredFile.objects.filter(pk=stored.pk).hold(timezone.now()) == 0
    assert StoredFile.objects.get().kept_until is None


def test_taking_a_file_that_was_swept_is_refused_with_what_to_do():
    stored = StoredFileFactory()
    with in_days(3):
        workflow.sweep()

    with pytest.raises(FileGone, match=r"“tuin.jpg” is niet meer bewaard. Kies dit bestand opnieuw."):
        stored.mark_attached()


def test_nothing_leaves_the_disk_when_the_deletion_is_undone(settings, django_capture_on_commit_callbacks):
    stored = StoredFileFactory()

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        workflow.remove([stored])

    assert on_disk(settings) == set(stored.paths)
    assert len(callbacks) == 3
