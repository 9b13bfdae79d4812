"""The mailbox of the demonstration."""

import pytest
from django.core.mail import EmailMultiAlternatives

from wbw_portal.demo import mailbox


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def send(to: str, subject: str, html: str = "") -> None:
    message = EmailMultiAlternatives(subject, f"Tekst van {subject}: één", to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.attach("poster.pdf", b"%PDF", "application/pdf")
    mailbox.MailboxBackend().send_messages([message])


def test_an_empty_mailbox_has_nothing():
    assert mailbox.newest() == []


def test_messages_are_kept_whole_and_shown_newest_first():
    send("anna@demo.example", "Eerste")
    send("bob@demo.example", "Tweede – met streepje", html="<p>Opgemaakt</p>")

    newest, oldest = mailbox.newest()

    assert (newest.subject, oldest.subject) == ("Tweede – met streepje", "Eerste")
    assert newest.text.strip() == "Tekst van Tweede – met streepje: één"
    assert newest.html.strip() == "<p>Opgemaakt</p>"
    assert oldest.html == ""
    assert newest.attachments == ["poster.pdf"]
    assert newest.sent_at.tzinfo


def test_the_mailbox_of_one_recipient():
    send("anna@demo.example", "Eerste")
    send("bob@demo.example", "Tweede")

    assert [mail.subject for mail in mailbox.newest(recipient="anna@demo.example")] == ["Eerste"]


def test_one_message_is_found_by_its_key():
    send("anna@demo.example", "Eerste")
    key = mailbox.newest()[0].key

    assert mailbox.find(key).subject == "Eerste"


@pytest.mark.parametrize("key", ["../geheim", "1", f"{10**18}-{'0' * 32}", "..%2Fmunicipality"])
def test_what_is_no_key_of_a_message_finds_nothing(key):
    assert mailbox.find(key) is None
