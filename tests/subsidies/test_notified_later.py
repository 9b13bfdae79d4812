"""The day on which a decision was made known is that on which its letter left, also when that is later than thought."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shared.audit.models import Event
from shared.notifications import delivery
from shared.notifications import workflow as outbox
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies.enums import Channel, MessageKind, ObjectionStatus
from subsidies.models import Decision, Objection
from subsidies.workflow import messages
from subsidies.workflow.after.closing import is_done
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, DecisionFactory, MandateFactory
from tests.sign_in import sign_in
from tests.subsidies.deciding import decidable, grant, now, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = today()


def letter_of(decision: Decision) -> OutboxMessage:
    return OutboxMessage.objects.get(key=decision.letter_key)


def fresh(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def on(days: int) -> time_machine.travel:
    return time_machine.travel(f"{START + timedelta(days=days)} 12:00", tick=False)


@pytest.fixture
def failed():
    """A grant whose e-mail came back; nobody sent it again yet."""
    decision = take(decidable(), grant())
    OutboxMessage.objects.filter(key=decision.letter_key).update(status=MessageStatus.FAILED)
    return decision


@pytest.fixture
def on_paper():
    """A grant whose letter waits for the printer."""
    case = ApplicationFactory(in_review=True, without_email=True)
    CeilingFactory(scheme=case.scheme)
    MandateFactory()
    return take(case, grant())


def posted(decision: Decision, days: int) -> Decision:
    with on(days):
        outbox.mark_printed(letter_of(decision), by=ManagerFactory())
    return fresh(decision)


def test_a_letter_that_is_posted_later_moves_the_last_day_to_object(on_paper):
    moved = posted(on_paper, 9)

    assert moved.notified_on == START + 9 * DAY
    assert moved.objection_due == awb.objection_due(moved.notified_on).due_legal
    assert moved.payment_due == on_paper.payment_due
    [event] = Event.objects.about(moved.application).filter(action="subsidies.notified_later")
    assert event.visibility == "resident"


def test_a_letter_that_is_posted_on_the_day_that_it_names_moves_nothing(on_paper):
    same = posted(on_paper, (on_paper.notified_on - START).days)

    assert (same.notified_on, same.objection_due) == (on_paper.notified_on, on_paper.objection_due)
    assert not Event.objects.filter(action="subsidies.notified_later").exists()


def test_nothing_moves_to_an_earlier_day(on_paper):
    same = posted(on_paper, 0)

    assert same.notified_on == on_paper.notified_on


def test_a_mail_that_failed_counts_from_when_it_left_after_all(failed):
    with on(4):
        again = outbox.send_again(letter_of(failed), by=ManagerFactory())
        delivery.deliver(again.pk)

    assert fresh(failed).notified_on == START + 4 * DAY
    assert letter_of(failed).status == MessageStatus.SENT


def test_while_the_letter_did_not_leave_no_objection_is_late_and_the_case_stays_open(failed):
    application = failed.application
    with on(80):
        messages.receive_message(
            now(application), kind=MessageKind.OBJECTION, text="Ik ben het er niet mee eens.", by=None
        )
        found = Objection.objects.get()

        assert (found.is_late, fresh(failed).last_day_to_object > today()) == (False, True)
        Objection.objects.update(status=ObjectionStatus.WITHDRAWN)
        assert not is_done(now(application), today())


def test_an_objection_that_seemed_late_is_in_time_when_the_letter_left_later(on_paper):
    OutboxMessage.objects.filter(key=on_paper.letter_key).update(key="somewhere-else")
    with on(60):
        messages.receive_message(
            now(on_paper.application),
            kind=MessageKind.OBJECTION,
            text="Ik ben het er niet mee eens.",
            by=None,
            channel=Channel.WEB,
        )
    OutboxMessage.objects.filter(key="somewhere-else").update(key=on_paper.letter_key)
    before = Objection.objects.get()

    posted(on_paper, 61)

    after = Objection.objects.get()
    assert (before.is_late, after.is_late) == (True, False)
    assert after.due_legal > before.due_legal


def test_the_page_and_the_letter_tell_the_right_day(failed):
    with on(4):
        again = outbox.send_again(letter_of(failed), by=ManagerFactory())
        delivery.deliver(again.pk)
    client = Client()
    sign_in(client, failed.application.applicant)

    address = reverse("subsidies:case", args=[failed.application.reference])
    page = client.get(address).text
    english = client.get(address, headers={"accept-language": "en"})

    assert "De brief ging later weg: u heeft langer de tijd" in page
    assert "bezwaar kan tot en met" in page
    assert english.status_code == 200
    assert "Verstuurden wij deze brief later dan" in failed.letter_text


def test_the_database_refuses_every_other_change_to_a_decision(on_paper):
    changes = (
        {"notified_on": START - DAY},
        {"notified_on": START + 30 * DAY, "amount": 1},
        {"objection_due": START + 90 * DAY},
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=on_paper.pk).update(**change)


def test_the_page_asks_as_many_questions_for_eight_decisions_as_for_two(failed, django_assert_max_num_queries):
    application, client = failed.application, Client()
    DecisionFactory(application=application)
    sign_in(client, application.applicant)
    address = reverse("subsidies:case", args=[application.reference])
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    DecisionFactory.create_batch(6, application=application)

    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_staff_see_that_a_decision_was_not_made_known_yet(failed):
    client = Client()
    sign_in(client, failed.application.owner)
    address = reverse("admin:subsidies_application_change", args=[failed.application.pk])

    before = client.get(address).text
    OutboxMessage.objects.filter(key=failed.letter_key).update(status=MessageStatus.SENT)

    assert ["De brief is nog niet weg" in page for page in (before, client.get(address).text)] == [True, False]
