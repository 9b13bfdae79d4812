"""A letter in the outbox: once, frozen, with its step or not at all."""

import pytest
from django.db import transaction

from shared.notifications import outbox
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.models import MessageAttachment, OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.notifications import letter

pytestmark = pytest.mark.django_db

ANNA = outbox.Recipient("Anna", "anna@voorbeeld.example", "Dorpsstraat 1\n3341 AB Ambacht", "06 12345678")


def enqueue(**changes: object) -> OutboxMessage:
    return outbox.enqueue(letter(), **({"to": ANNA, "key": "a:1", "category": "initiatives"} | changes))


def test_the_message_is_kept_as_it_was_written():
    about = UserFactory()

    message = enqueue(about=about)

    kept = OutboxMessage.objects.about(about).get()
    assert (kept.subject, kept.text, kept.html) == (letter().subject, letter().text, letter().html)
    assert kept.letter_blocks == letter().blocks
    assert (kept.recipient_name, kept.recipient_email) == ("Anna", "anna@voorbeeld.example")
    assert (kept.status, kept.channel, kept.attempts) == (MessageStatus.PENDING, Channel.EMAIL, 0)
    assert kept == message


def test_the_same_key_is_the_same_message():
    first = enqueue(attachments=[outbox.Attachment("a.pdf", "application/pdf", b"x")])
    second = enqueue(to=outbox.Recipient("Iemand anders", "x@voorbeeld.example"), attachments=[])

    assert first == second
    assert OutboxMessage.objects.get().recipient_name == "Anna"
    assert MessageAttachment.objects.count() == 1


def test_a_step_that_is_undone_leaves_no_letter():
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    assert not OutboxMessage.objects.exists()


def test_the_letter_leaves_when_the_step_is_saved(after_commit, mailoutbox):
    with after_commit():
        message = enqueue()
        assert not mailoutbox

    message.refresh_from_db()
    assert [mail.to for mail in mailoutbox] == [["Anna <anna@voorbeeld.example>"]]
    assert message.status == MessageStatus.SENT


def test_who_has_no_email_gets_a_letter_on_paper(after_commit, mailoutbox):
    with after_commit():
        message = enqueue(to=outbox.Recipient("Anna", "", "Dorpsstraat 1\n3341 AB Ambacht"))

    assert list(OutboxMessage.objects.to_print()) == [message]
    assert message.recipient_line == "Anna, Dorpsstraat 1, 3341 AB Ambacht"
    assert not mailoutbox


@pytest.mark.parametrize(
    ("recipient", "line"),
    [
        (ANNA, "Anna, anna@voorbeeld.example"),
        (outbox.Recipient("Anna", "", "Dorpsstraat 1\n3341 AB Ambacht"), "Anna, Dorpsstraat 1, 3341 AB Ambacht"),
        (outbox.Recipient("Anna", "", "", "06 12345678"), "Anna, 06 12345678"),
        (outbox.Recipient("", "", "", ""), "geen adres bekend"),
    ],
)
def test_a_preview_and_the_file_name_the_same_recipient(recipient, line):
    message = enqueue(to=recipient)

    assert recipient.recipient_line == message.recipient_line == line
    assert recipient.channel_label == message.channel_label


def test_the_number_that_mail_servers_see_depends_on_the_key_alone():
    assert outbox.message_id("a") == outbox.message_id("a") != outbox.message_id("b")
    assert outbox.message_id("a").endswith("@h-i-ambacht.example>")


def test_staff_never_see_the_subject_of_a_secret_message():
    message = enqueue(secret=True)

    assert message.subject not in message.title
    assert message.subject not in str(message)
