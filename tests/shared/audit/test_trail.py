"""The trail grows and never changes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from shared.audit import trail
from shared.audit.enums import ACTION_LABELS, Visibility
from shared.audit.history import Entry, History
from shared.audit.models import Event
from shared.audit.request import request_id
from tests.factories.accounts import UserFactory
from tests.factories.notifications import OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return OutboxMessageFactory(recipient_name="Anna")


def test_an_event_says_who_did_what_to_what(subject):
    anna = UserFactory(name="Anna")

    event = trail.record("initiatives.declined", subject=subject, by=anna, text="Afgewezen.", channel="telefoon")

    assert (event.subject_type, event.subject_id) == ("notifications.outboxmessage", str(subject.pk))
    assert (event.actor_id, event.actor_label) == (anna.pk, "Anna")
    assert (event.text, event.channel, event.visibility) == ("Afgewezen.", "telefoon", Visibility.STAFF)


def test_somebody_without_an_account_is_named(subject):
    event = trail.record("x.advised", subject=subject, who="Waterschap")

    assert (event.actor_id, event.actor_label) == (None, "Waterschap")


def test_only_fields_that_changed_are_kept(subject):
    event = trail.record("x.changed", subject=subject, old={"a": 1, "b": 2, "c": 3}, new={"a": 1, "b": 5, "d": None})

    assert (event.old, event.new) == ({"b": 2, "c": 3}, {"b": 5, "d": None})


def test_the_portal_itself_acts_without_a_name(subject):
    event = trail.record("x.reminded", subject=subject)

    assert (event.actor_id, event.actor_label) == (None, "")


def test_words_are_frozen_in_dutch_whatever_language_the_reader_has(subject):
    with translation.override("en"):
        event = trail.record("x.done", subject=subject, text=gettext_lazy("January"))

    assert event.text == "januari"


def test_the_request_is_kept_with_the_event(subject):
    token = request_id.set("abc123")

    event = trail.record("x.done", subject=subject)
    request_id.reset(token)

    assert event.request_id == "abc123"


@pytest.mark.parametrize(
    "change",
    [
        lambda event: Event.objects.filter(pk=event.pk).update(text="anders"),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: event.delete(),
        lambda event: event.save(),
        lambda event: connection.cursor().execute("DELETE FROM audit_event"),
    ],
)
def test_the_database_refuses_every_change(subject, change):
    event = trail.record("x.done", subject=subject, text="zo")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(event)

    assert Event.objects.get().text == "zo"


def test_a_refused_step_leaves_no_event(subject):
    with transaction.atomic():
        trail.record("x.done", subject=subject)
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_each_circle_reads_its_own_events(subject):
    for visibility in Visibility:
        trail.record(f"x.{visibility}", subject=subject, visibility=visibility)
    trail.record("x.other", subject=OutboxMessageFactory(), visibility=Visibility.PUBLIC)
    mine = Event.objects.about(subject)

    assert [event.action for event in mine] == ["x.staff", "x.resident", "x.public"]
    assert [event.action for event in mine.visible_to_resident()] == ["x.resident", "x.public"]
    assert [event.action for event in mine.visible_to_public()] == ["x.public"]


def test_reading_personal_data_is_an_event(subject):
    anna = UserFactory()

    event = trail.record_read(subject, by=anna)

    assert (event.action, event.actor_id, event.visibility) == ("audit.read", anna.pk, Visibility.STAFF)


def test_an_export_is_an_event_about_the_list(subject):
    trail.record_export(type(subject), by=UserFactory(), rows=12, filters={"status": "sent"}, fields=["key"])

    event = Event.objects.about(type(subject)).get()
    assert (event.action, event.subject_id, event.subject_label) == ("audit.exported", "", "berichten")
    assert event.new == {"rows": 12, "filters": {"status": "sent"}, "fields": ["key"]}


def test_an_action_has_words_when_its_app_gave_them(subject):
    event = trail.record("audit.read", subject=subject)

    assert event.action_label == str(ACTION_LABELS["audit.read"])
    assert Event(action="x.unknown").action_label == "x.unknown"


def test_a_page_shows_the_newest_steps_and_keeps_the_earlier_ones_folded():
    entries = tuple(Entry(str(number), "", "", timezone.now(), "", ()) for number in range(10))

    found = History(entries=entries, reads=())

    assert (len(found.newest), [entry.label for entry in found.earlier]) == (8, ["8", "9"])
