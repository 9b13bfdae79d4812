"""The conversation with the mail server, in two halves.

`offer` names sender and recipient and asks to send: whatever goes wrong there, the message did not leave. `hand_over`
sends it and waits for the answer: when the connection falls away there, nobody knows whether it arrived. The caller
saves that it is about to hand over in between, so that a worker that dies never leads to a second copy.
"""

import contextlib
import re
import smtplib
from collections.abc import Iterator
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OK = 250
WILL_FORWARD = 251
START_INPUT = 354
CLOSING = 421
PERMANENT = 500
# How long the server may think about a message that it has received.
ANSWER_SECONDS = 120

NO_SUCH_ADDRESS = _("Dit e-mailadres bestaat niet of neemt geen berichten aan.")
MAILBOX_FULL = _("De mailbox van de ontvanger is vol.")
TURNED_AWAY = _("De mailserver van de ontvanger wil dit bericht niet hebben.")
TRY_LATER = _("De mailserver van de ontvanger vraagt om het later nog eens te proberen.")
SERVER_AWAY = _("De mailserver van de gemeente is niet bereikbaar. Het portaal probeert het vanzelf opnieuw.")
SERVER_REFUSES = _("De mailserver van de gemeente neemt geen berichten van het portaal aan. Vraag de beheerder.")
BADLY_WRITTEN = _("Dit e-mailadres is niet goed geschreven.")
UNSURE = _(
    "Niet zeker of dit bericht is aangekomen: de verbinding viel weg tijdens het versturen. "
    "Vraag de ontvanger, of verstuur het opnieuw."
)


class DeliveryProblem(Exception):
    """A message did not leave, or perhaps did not: in words for staff, and as the server said it."""

    def __init__(self, words: str | Promise, technical: object):
        super().__init__(str(technical))
        self.words = words


class ServerAway(DeliveryProblem):
    """Nothing is wrong with the message: no message can leave now."""


class Postponed(DeliveryProblem):
    """The recipient's server asks to come back later."""


class Refused(DeliveryProblem):
    """Trying again will not help."""


class Unsure(DeliveryProblem):
    """The server may have taken the message, and it may not."""


class Transport:
    """Delivery by a mail backend that takes a message in one go: the demonstration's mailbox, or the tests'."""

    def __init__(self, backend: Any):
        self.backend = backend

    def offer(self, mail: EmailMessage) -> None:
        """Nothing to ask beforehand."""

    def hand_over(self, mail: EmailMessage) -> None:
        """Give the message to the backend."""
        self.backend.send_messages([mail])

    def close(self) -> None:
        """End the conversation."""
        self.backend.close()


class SmtpTransport(Transport):
    """Delivery by SMTP; the connection is kept for the next message."""

    backend: EmailBackend

    def offer(self, mail: EmailMessage) -> None:
        """Agree with the server on everything but the message itself.

        Raises:
            ServerAway, Postponed, Refused: it has not left.
        """
        sender, recipient = _addresses(mail)
        try:
            server = self._connect()
            server.ehlo_or_helo_if_needed()
            _expect(server.mail(sender, _options(server)), {OK}, on_refusal=_sender_refused)
            _expect(server.rcpt(recipient), {OK, WILL_FORWARD}, on_refusal=_recipient_refused)
            _expect(server.docmd("DATA"), {START_INPUT}, on_refusal=_recipient_refused)
        except DeliveryProblem:
            self._start_over()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise ServerAway(SERVER_AWAY, repr(error)) from error

    def hand_over(self, mail: EmailMessage) -> None:
        """Send the message and wait for the answer.

        Raises:
            ServerAway, Postponed, Refused: it has not left.
            Unsure: the server has it all, and did not answer.
        """
        server: Any = self.backend.connection
        try:
            server.send(_stuffed(mail))
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise ServerAway(SERVER_AWAY, repr(error)) from error
        try:
            server.send(b".\r\n")
            server.sock.settimeout(ANSWER_SECONDS)
            answer = server.getreply()
            server.sock.settimeout(self.backend.timeout)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Unsure(UNSURE, repr(error)) from error
        _expect(answer, {OK}, on_refusal=_recipient_refused)

    def close(self) -> None:
        """End the conversation politely."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.backend.close()

    def _hang_up(self) -> None:
        """End a conversation that went wrong, without waiting for an answer any more."""
        if self.backend.connection is not None:
            self.backend.connection.close()
        self.backend.connection = None

    def _connect(self) -> Any:
        try:
            self.backend.open()
        except smtplib.SMTPAuthenticationError as error:
            raise ServerAway(SERVER_REFUSES, repr(error)) from error
        return self.backend.connection

    def _start_over(self) -> None:
        try:
            if self.backend.connection is not None:
                self.backend.connection.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()


@contextlib.contextmanager
def connected() -> Iterator[Transport]:
    """A conversation with the mail server of the settings; it starts at the first message."""
    backend = get_connection()
    transport = SmtpTransport(backend) if isinstance(backend, EmailBackend) else Transport(backend)
    try:
        yield transport
    finally:
        transport.close()


def _addresses(mail: EmailMessage) -> tuple[str, str]:
    encoding = mail.encoding or "utf-8"
    try:
        sender, recipient = (sanitize_address(address, encoding) for address in (mail.from_email, mail.to[0]))
    except ValueError as error:
        raise Refused(BADLY_WRITTEN, repr(error)) from error
    if "@" not in recipient:
        raise Refused(BADLY_WRITTEN, "no @")
    return _bare(sender), _bare(recipient)


def _bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip(">").strip()


def _options(server: smtplib.SMTP) -> list[str]:
    return ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []


def _stuffed(mail: EmailMessage) -> bytes:
    content: bytes = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return re.sub(rb"(?m)^\.", b"..", content).rstrip(b"\r\n") + b"\r\n"


def _expect(answer: tuple[int, bytes], wanted: set[int], *, on_refusal: Any) -> None:
    code, reply = answer
    if code not in wanted:
        raise on_refusal(code, f"{code} {reply.decode(errors='replace')}")


def _sender_refused(code: int, answer: str) -> DeliveryProblem:
    return ServerAway(SERVER_AWAY if code == CLOSING else SERVER_REFUSES, answer)


def _recipient_refused(code: int, answer: str) -> DeliveryProblem:
    if code == CLOSING or code < 0:
        return ServerAway(SERVER_AWAY, answer)
    full = code in {452, 552} or re.search(r"\b[45]\.2\.2\b", answer) is not None
    if code < PERMANENT:
        return Postponed(MAILBOX_FULL if full else TRY_LATER, answer)
    if full:
        return Refused(MAILBOX_FULL, answer)
    unknown = code in {550, 551, 553} and re.search(r"\b5\.7\.\d", answer) is None
    return Refused(NO_SUCH_ADDRESS if unknown else TURNED_AWAY, answer)
