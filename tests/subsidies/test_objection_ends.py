"""The objector takes the objection back: in writing or at the hearing, and nothing runs any more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import Channel, MessageKind, ObjectionStatus
from subsidies.models import CaseMessage, DefaultNotice, Objection
from subsidies.policies import open_to_objection
from subsidies.workflow import default_notice, messages, objection_clock
from subsidies.workflow.after import closing
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import CaseMessageFactory
from tests.sign_in import sign_in
from tests.subsidies.objecting import receive, refused

pytestmark = pytest.mark.django_db

ONCE = {"once": "11111111-1111-4111-8111-111111111111"}


def taken_back(made: Objection, **changes) -> CaseMessage:
    case = made.against.application
    values = {"kind": MessageKind.NO_OBJECTION, "text": "Ik trek mijn bezwaar in.", "by": case.applicant}
    return messages.receive_message(case, **values | changes)


def test_the_page_of_the_case_has_a_form_that_gives_a_receipt_and_a_confirmation(client):
    made = receive(refused())
    case = made.against.application
    sign_in(client, case.applicant)
    address = reverse("subsidies:case_message", args=[case.reference, "bezwaar-intrekken"])

    page = client.get(reverse("subsidies:case", args=[case.reference])).content.decode()
    form = client.get(address).content.decode()
    for _double_click in range(2):
        client.post(address, {"text": "We zijn eruit.", **ONCE})

    made.refresh_from_db()
    case.refresh_from_db()
    letters = list(OutboxMessage.objects.filter(recipient_email=case.email).order_by("pk"))
    assert address in page
    assert "Bezwaar intrekken" in form
    assert (made.status, made.withdrawn_on) == (ObjectionStatus.WITHDRAWN, today())
    assert made.withdrawal.text == "Ik trek mijn bezwaar in. U hoeft er niet meer op te beslissen.\n\nWe zijn eruit."
    assert ["We zijn eruit." in letter.text for letter in letters] == [True, False]
    assert "blijft zoals het was" in letters[1].text
    assert "kunt u opnieuw bezwaar maken" in letters[1].text
    assert case.unread_since is None


def test_without_an_open_objection_there_is_nothing_to_take_back(client):
    decision = refused()
    case = decision.application
    sign_in(client, case.applicant)

    page = client.get(reverse("subsidies:case_message", args=[case.reference, "bezwaar-intrekken"])).content.decode()

    assert "Dit kan als u bezwaar heeft gemaakt" in page
    with pytest.raises(WorkflowError, match="geen bezwaar"):
        messages.receive_message(case, kind=MessageKind.NO_OBJECTION, text="Toch niet.", by=None)
    assert not CaseMessage.objects.filter(kind=MessageKind.NO_OBJECTION).exists()


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.DESK, Channel.HEARING])
def test_spoken_words_count_only_at_a_hearing(channel):
    made = receive(refused())
    by = CoordinatorFactory()

    with pytest.raises(WorkflowError, match="6:21"):
        taken_back(made, by=by, channel=channel)
    Objection.objects.update(hearing_on=today(), status=ObjectionStatus.HEARING)
    taken_back(made, by=by, channel=channel)

    made.refresh_from_db()
    assert made.status == ObjectionStatus.WITHDRAWN


def test_nobody_is_warned_any_more_and_the_file_can_end():
    decision = refused(notified_on=today() - timedelta(days=60))
    made = receive(decision, received_on=decision.notified_on + timedelta(days=3))
    case = decision.application

    taken_back(made)
    made.refresh_from_db()
    case.refresh_from_db()

    assert not Objection.objects.open().exists()
    assert closing.is_done(case, today() + timedelta(days=1))


def test_within_the_term_another_objection_is_possible():
    decision = refused()
    made = receive(decision)

    taken_back(made)

    assert open_to_objection(decision.application, today()) == decision
    assert receive(decision).status == ObjectionStatus.RECEIVED


def test_the_penalty_stops_on_the_day_the_objection_was_taken_back():
    decision = refused(notified_on=today() - timedelta(days=150))
    made = receive(decision, received_on=decision.notified_on + timedelta(days=3))
    case = decision.application
    came = CaseMessageFactory(application=case, received_on=made.due_legal + timedelta(days=1))
    notice = default_notice.receive(case, came)
    runs_from = notice.first_day

    with time_machine.travel(runs_from + timedelta(days=3)):
        taken_back(made)
    notice = DefaultNotice.objects.get(pk=notice.pk)

    assert default_notice.owed(notice, runs_from + timedelta(days=30)) == 3 * 23


def test_the_reminders_of_a_hearing_are_not_sent_for_what_was_taken_back():
    manager = ManagerFactory()
    made = receive(refused())
    taken_back(made)
    OutboxMessage.objects.all().delete()

    for each in Objection.objects.open():
        objection_clock.warn_objection(each, each.due_safe)

    assert not OutboxMessage.objects.filter(recipient_email=manager.email).exists()
