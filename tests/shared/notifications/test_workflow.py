"""What staff do with messages."""

import pytest

from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications import workflow
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory
from tests.factories.notifications import MessageAttachmentFactory, OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return CoordinatorFactory(name="Jansen")


def events(message):
    return list(Event.objects.about(message).values_list("action", "actor_label"))


def test_a_failed_message_is_sent_again_to_a_better_address(coordinator, after_commit, mailoutbox):
    failed = OutboxMessageFactory(failed=True, recipient_email="ana@voorbeeld.example", attempts=99)

    with after_commit():
        again = workflow.send_again(failed, by=coordinator, email="anna@voorbeeld.example")

    again.refresh_from_db()
    assert again == failed
    assert (again.status, again.attempts, again.last_error) == (MessageStatus.SENT, 1, "")
    assert [mail.to for mail in mailoutbox] == [["Anna de Vries <anna@voorbeeld.example>"]]
    event = Event.objects.about(again).get()
    assert (event.old, event.new) == (
        {"recipient_email": "ana@voorbeeld.example"},
        {"recipient_email": "anna@voorbeeld.example"},
    )


def test_what_left_already_goes_as_a_new_message_with_its_files(coordinator, after_commit, mailoutbox):
    sent = OutboxMessageFactory(sent=True)
    MessageAttachmentFactory(message=sent)

    with after_commit():
        again = workflow.send_again(sent, by=coordinator)

    assert again != sent
    assert again.message_id != sent.message_id
    assert (again.text, again.subject) == (sent.text, sent.subject)
    assert [len(mail.attachments) for mail in mailoutbox] == [1]
    assert OutboxMessage.objects.get(pk=sent.pk).status == MessageStatus.SENT


def test_a_message_that_waits_for_its_next_attempt_leaves_now(coordinator, after_commit, mailoutbox):
    waiting = OutboxMessageFactory(later=True)

    with after_commit():
        workflow.send_again(waiting, by=coordinator)

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("trait", ["sending"])
def test_a_message_that_is_on_its_way_is_left_alone(coordinator, trait):
    message = OutboxMessageFactory(**{trait: True})

    with pytest.raises(WorkflowError, match="op dit moment"):
        workflow.send_again(message, by=coordinator)

    assert not Event.objects.exists()


def test_erased_words_cannot_be_sent_again(coordinator):
    message = OutboxMessageFactory(sent=True, confidential=True, erased_at="2026-11-22T10:00Z")

    with pytest.raises(WorkflowError, match="gewist"):
        workflow.send_again(message, by=coordinator)


@pytest.mark.parametrize("traits", [{}, {"failed": True}, {"later": True}])
def test_a_secret_message_is_sent_by_nobody_else_and_to_nobody_else(coordinator, traits):
    message = OutboxMessageFactory(confidential=True, **traits)

    with pytest.raises(WorkflowError, match="Alleen de ontvanger zelf kan een nieuwe code of link vragen"):
        workflow.send_again(message, by=coordinator, email="dief@voorbeeld.example")

    assert OutboxMessage.objects.get().recipient_email == message.recipient_email


def test_a_secret_message_that_is_stopped_keeps_no_words(coordinator):
    message = OutboxMessageFactory(confidential=True)

    workflow.cancel(message, by=coordinator, reason="Gebeld.")

    message.refresh_from_db()
    assert (message.text, message.subject, message.erased_at is None) == ("", "", False)


def test_an_address_that_is_not_one_is_refused(coordinator):
    message = OutboxMessageFactory(failed=True)

    with pytest.raises(WorkflowError, match=r"naam@voorbeeld\.nl"):
        workflow.send_again(message, by=coordinator, email="geen adres")

    assert OutboxMessage.objects.get().status == MessageStatus.FAILED


def test_a_letter_on_paper_can_go_by_email_after_all(coordinator, after_commit, mailoutbox):
    letter = OutboxMessageFactory(to_print=True)

    with after_commit():
        workflow.send_again(letter, by=coordinator, email="anna@voorbeeld.example")

    letter.refresh_from_db()
    assert (letter.channel, letter.status) == (Channel.EMAIL, MessageStatus.SENT)


def test_a_printed_letter_is_marked_once(coordinator):
    letter = OutboxMessageFactory(to_print=True)

    workflow.mark_printed(letter, by=coordinator)
    with pytest.raises(WorkflowError, match="niet \\(meer\\) klaar"):
        workflow.mark_printed(letter, by=coordinator)

    letter.refresh_from_db()
    assert letter.status == MessageStatus.PRINTED
    assert letter.sent_at is not None
    assert events(letter) == [("notifications.printed", "Jansen")]


def test_a_message_is_stopped_with_the_reason_on_file(coordinator, after_commit, mailoutbox):
    message = OutboxMessageFactory(later=True)

    with after_commit():
        workflow.cancel(message, by=coordinator, reason="Mevrouw is gebeld.")

    assert OutboxMessage.objects.get().status == MessageStatus.CANCELLED
    assert Event.objects.get().text == "Mevrouw is gebeld."
    assert not OutboxMessage.objects.due().exists()


@pytest.mark.parametrize("trait", ["sent", "sending"])
def test_what_left_cannot_be_stopped(coordinator, trait):
    message = OutboxMessageFactory(**{trait: True})

    with pytest.raises(WorkflowError, match="niet meer worden tegengehouden"):
        workflow.cancel(message, by=coordinator, reason="x")
