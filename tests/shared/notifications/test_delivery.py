"""From the outbox to a real SMTP server in this process."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shared.notifications import delivery
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.notifications.querysets import ANSWER_WITHIN
from shared.notifications.transport import SmtpTransport
from tests.factories.notifications import MessageAttachmentFactory, OutboxMessageFactory
from tests.shared.notifications.smtp_server import SmtpServer, free_port

pytestmark = pytest.mark.django_db

ROUNDS = 50


def fresh(message):
    return OutboxMessage.objects.get(pk=message.pk)


def test_a_message_arrives_as_it_was_written(mail_server):
    message = OutboxMessageFactory(recipient_name="Zoë “de Bouwer”", subject="Idee over café ’t Hoekje")
    MessageAttachmentFactory(message=message, name="idee één.pdf")

    delivery.deliver(message.pk)

    [mail] = mail_server.accepted
    plain, html, file = (mail.get_body(["plain"]), mail.get_body(["html"]), next(mail.iter_attachments()))
    assert (mail["Message-ID"], mail["Subject"]) == (message.message_id, message.subject)
    assert mail["To"].addresses[0].addr_spec == message.recipient_email
    assert mail["To"].addresses[0].display_name == "Zoë “de Bouwer”"
    assert plain.get_content().replace("\r\n", "\n").strip() == message.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == message.html.strip()
    assert (file.get_filename(), file.get_content()) == ("idee één.pdf", b"%PDF-1.7 small")
    assert (fresh(message).status, fresh(message).attempts) == (MessageStatus.SENT, 1)


def test_lines_that_start_with_a_dot_arrive_whole(mail_server):
    message = OutboxMessageFactory(text=".\n..begin\n.einde\n")

    delivery.deliver(message.pk)

    assert mail_server.accepted[0].get_body(["plain"]).get_content().split() == [".", "..begin", ".einde"]


def test_a_message_is_sent_once_however_often_it_is_asked(mail_server):
    message = OutboxMessageFactory()

    for _again in range(3):
        delivery.deliver(message.pk)
        delivery.deliver_due()

    assert mail_server.numbers() == [message.message_id]


def test_all_that_waits_goes_over_one_connection(mail_server):
    messages = [OutboxMessageFactory() for _number in range(20)]

    assert delivery.deliver_due() == 20

    assert mail_server.connections == 1
    assert mail_server.numbers() == [message.message_id for message in messages]


def test_an_address_that_does_not_exist_stops_nobody_else(mail_server):
    mail_server.answers = {"weg": "550 5.1.1 User unknown"}
    first, wrong, last = (OutboxMessageFactory(recipient_email=f"{name}@a.example") for name in ("een", "weg", "drie"))

    delivery.deliver_due()

    assert mail_server.numbers() == [first.message_id, last.message_id]
    assert fresh(wrong).status == MessageStatus.FAILED
    assert fresh(wrong).last_error == "Dit e-mailadres bestaat niet of neemt geen berichten aan."
    assert fresh(wrong).last_error_technical == "550 5.1.1 User unknown"


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ("552 5.2.2 Over quota", MessageStatus.FAILED, "De mailbox van de ontvanger is vol."),
        ("554 5.7.1 Spam", MessageStatus.FAILED, "De mailserver van de ontvanger wil dit bericht niet hebben."),
        ("550 5.7.26 Unauthenticated", MessageStatus.FAILED, "De mailserver van de ontvanger wil dit"),
        ("452 4.2.2 Full", MessageStatus.PENDING, "De mailbox van de ontvanger is vol."),
        ("451 4.7.1 Greylisted", MessageStatus.PENDING, "De mailserver van de ontvanger vraagt om het later"),
        ("421 4.3.2 Closing", MessageStatus.PENDING, "De mailserver van de gemeente is niet bereikbaar."),
    ],
)
def test_staff_read_in_words_why_a_message_did_not_leave(mail_server, answer, status, words):
    mail_server.answers = {"anna": answer}
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)

    assert fresh(message).status == status
    assert fresh(message).last_error.startswith(words)
    assert not mail_server.accepted


@pytest.mark.parametrize("address", ["geen adres", "a@b@c", "anna@", "anna\n@x.example", "anna@-.-"])
def test_an_address_that_is_not_one_fails_at_once_and_alone(mail_server, address):
    wrong, right = OutboxMessageFactory(recipient_email=address), OutboxMessageFactory()
    mail_server.answers = {"-.-": "550 No such domain"}

    delivery.deliver_due()

    assert fresh(wrong).status == MessageStatus.FAILED
    assert fresh(right).status == MessageStatus.SENT


def test_a_message_that_is_turned_down_for_now_comes_back_with_longer_pauses_and_then_fails(mail_server):
    mail_server.answers = {"anna": "451 Later"}
    message = OutboxMessageFactory()
    waits = []

    with time_machine.travel(timezone.now(), tick=False) as clock:
        while fresh(message).status == MessageStatus.PENDING:
            delivery.deliver_due()
            waits.append(fresh(message).next_attempt_at - timezone.now())
            clock.move_to(fresh(message).next_attempt_at)

    assert waits == [*delivery.RETRY_AFTER, timedelta()]
    assert fresh(message).attempts == len(delivery.RETRY_AFTER) + 1
    assert fresh(message).status == MessageStatus.FAILED


def test_nothing_is_tried_before_its_time(mail_server):
    OutboxMessageFactory(later=True)

    assert delivery.deliver_due() == 0
    assert mail_server.connections == 0


def test_a_refusal_after_the_text_is_a_refusal(mail_server):
    mail_server.final_answer = "554 5.7.1 Content rejected"
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)

    assert fresh(message).status == MessageStatus.FAILED
    assert fresh(message).last_error.startswith("De mailserver van de ontvanger wil dit bericht niet hebben")


def test_when_the_line_drops_after_the_text_nothing_is_sent_twice_and_a_person_is_asked(mail_server):
    mail_server.final_answer = "hang up"
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)
    mail_server.final_answer = "250 OK"
    delivery.deliver_due()

    assert fresh(message).status == MessageStatus.FAILED
    assert fresh(message).last_error.startswith("Niet zeker of dit bericht is aangekomen")
    assert mail_server.accepted == []


def test_a_message_whose_worker_stopped_at_the_last_moment_is_brought_to_a_person(mail_server):
    message = OutboxMessageFactory(sending=True)

    delivery.deliver_due()
    assert fresh(message).status == MessageStatus.SENDING
    with time_machine.travel(timezone.now() + ANSWER_WITHIN + timedelta(seconds=1)):
        delivery.deliver_due()

    assert fresh(message).status == MessageStatus.FAILED
    assert fresh(message).last_error.startswith("Niet zeker")
    assert not mail_server.accepted


def test_without_a_mail_server_nothing_is_lost_and_nothing_is_sent_twice(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _round in range(ROUNDS):
            message = OutboxMessageFactory()
            delivery.deliver(message.pk)
            delivery.deliver_due()
            assert fresh(message).status == MessageStatus.PENDING
            assert fresh(message).last_error.startswith("De mailserver van de gemeente is niet bereikbaar.")
            server = SmtpServer(settings.EMAIL_PORT)
            clock.shift(delivery.SERVER_BACK_WITHIN)
            delivery.deliver_due()
            delivery.deliver_due()
            server.stop()
            assert server.numbers() == [message.message_id]
            assert fresh(message).status == MessageStatus.SENT


def test_while_the_mail_server_is_away_a_run_tries_it_once(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    messages = [OutboxMessageFactory() for _number in range(5)]

    assert delivery.deliver_due() == 1

    assert [fresh(message).attempts for message in messages] == [1, 0, 0, 0, 0]


def test_patience_with_an_absent_mail_server_never_ends(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message = OutboxMessageFactory(attempts=500)

    delivery.deliver(message.pk)

    assert fresh(message).status == MessageStatus.PENDING
    assert fresh(message).next_attempt_at - timezone.now() <= delivery.SERVER_BACK_WITHIN


def test_a_refused_password_is_the_managers_problem_not_the_recipients(mail_server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portaal", "fout"
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)

    assert fresh(message).status == MessageStatus.PENDING


def test_secret_words_are_erased_as_soon_as_they_have_left(mail_server):
    message = OutboxMessageFactory(confidential=True, text="Uw code is 123456")
    MessageAttachmentFactory(message=message)

    delivery.deliver(message.pk)

    kept = fresh(message)
    assert mail_server.accepted[0].get_body(["plain"]).get_content().strip() == "Uw code is 123456"
    assert (kept.subject, kept.text, kept.html, kept.blocks) == ("", "", "", [])
    assert kept.erased_at is not None
    assert not kept.attachments.exists()


def words_of(message: OutboxMessage) -> list[object]:
    return [message.subject, message.text, message.html, message.blocks, list(message.attachments.all())]


NO_WORDS = ["", "", "", [], []]


def test_secret_words_that_cannot_leave_are_erased_too(mail_server):
    mail_server.answers = {"weg": "550 5.1.1 User unknown"}
    message = OutboxMessageFactory(confidential=True, recipient_email="weg@voorbeeld.example")
    MessageAttachmentFactory(message=message)

    delivery.deliver(message.pk)

    kept = fresh(message)
    assert (kept.status, words_of(kept)) == (MessageStatus.FAILED, NO_WORDS)
    assert kept.last_error != ""


def test_secret_words_wait_as_long_as_they_may_still_leave(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message = OutboxMessageFactory(confidential=True)

    delivery.deliver(message.pk)

    assert (fresh(message).status, fresh(message).text) == (MessageStatus.PENDING, message.text)


def test_a_code_that_is_too_old_does_not_leave_and_is_erased(mail_server):
    message = OutboxMessageFactory(confidential=True, expires_at=timezone.now())

    delivery.deliver(message.pk)

    kept = fresh(message)
    assert mail_server.accepted == []
    assert (kept.status, words_of(kept)) == (MessageStatus.FAILED, NO_WORDS)
    assert "kon niet op tijd weg" in kept.last_error


def test_a_code_that_waits_for_its_next_attempt_is_erased_when_it_is_too_old(mail_server):
    message = OutboxMessageFactory(confidential=True, later=True, expires_at=timezone.now())

    delivery.deliver_due()

    assert (fresh(message).status, words_of(fresh(message))) == (MessageStatus.FAILED, NO_WORDS)


def test_secret_words_of_a_worker_that_stopped_half_way_are_erased(mail_server):
    message = OutboxMessageFactory(confidential=True, sending=True)
    OutboxMessage.objects.update(last_attempt_at=timezone.now() - timedelta(hours=1))

    delivery.deliver_due()

    assert (fresh(message).status, words_of(fresh(message))) == (MessageStatus.FAILED, NO_WORDS)


@pytest.mark.parametrize("status", [MessageStatus.FAILED, MessageStatus.CANCELLED])
def test_what_was_left_by_an_earlier_version_is_erased_by_the_sweep(mail_server, status):
    message = OutboxMessageFactory(confidential=True, status=status)
    open_letter = OutboxMessageFactory(failed=True)

    delivery.deliver_due()

    assert words_of(fresh(message)) == NO_WORDS
    assert fresh(open_letter).text == open_letter.text


def test_other_messages_stay_on_file(mail_server):
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)

    assert (fresh(message).text, fresh(message).erased_at) == (message.text, None)


def test_mail_programs_get_their_unsubscribe_button(mail_server):
    message = OutboxMessageFactory(unsubscribe_url="https://portaal.example/berichten/afmelden/x/")

    delivery.deliver(message.pk)

    [mail] = mail_server.accepted
    assert mail["List-Unsubscribe"] == "<https://portaal.example/berichten/afmelden/x/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_mail_that_cannot_be_built_keeps_nobody_waiting(mail_server, caplog):
    broken, right = OutboxMessageFactory(), OutboxMessageFactory()
    MessageAttachmentFactory(message=broken, content_type="message/rfc822", content=b"\xff")
    OutboxMessage.objects.filter(pk=broken.pk).update(subject="regel\nregel")

    delivery.deliver_due()

    assert fresh(broken).status == MessageStatus.FAILED
    assert fresh(right).status == MessageStatus.SENT


def test_the_demonstrations_mailbox_gets_the_same_mail(mailoutbox):
    message = OutboxMessageFactory()

    delivery.deliver(message.pk)
    delivery.deliver(message.pk)

    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [message.message_id]
    assert fresh(message).status == MessageStatus.SENT


def test_the_smtp_backend_is_the_one_that_is_spoken_to_in_two_halves(mail_server):
    with delivery.mail_server.connected() as transport:
        assert isinstance(transport, SmtpTransport)
