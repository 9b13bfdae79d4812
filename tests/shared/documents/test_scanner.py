import socket
import struct
import threading

import pytest

from shared.documents import intake
from tests.factories.documents import photo


@pytest.fixture
def scanner(settings):
    """A server that speaks ClamAV's INSTREAM; `answer` is what it says, `received` what it got."""

    class Scanner:
        answer = b"stream: OK\0"
        received = b""

    found = Scanner()
    listener = socket.create_server(("127.0.0.1", 0))

    def take(connection, count):
        taken = b""
        while len(taken) < count:
            taken += connection.recv(count - len(taken)) or pytest.fail("cut off")
        return taken

    def serve():
        with listener.accept()[0] as connection:
            assert take(connection, 10) == b"zINSTREAM\0"
            while size := struct.unpack("!L", take(connection, 4))[0]:
                found.received += take(connection, size)
            connection.sendall(found.answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    yield found
    thread.join(timeout=5)
    listener.close()


def test_a_clean_file_passes_the_scanner_as_it_was_sent(scanner):
    sent = photo(width=1500, height=1000)

    intake.accept(sent)

    assert scanner.received == sent.file.getvalue()


def test_a_virus_is_refused(scanner):
    scanner.answer = b"stream: Eicar-Test-Signature FOUND\0"

    with pytest.raises(intake.UploadRefused, match=r"In “tuin.jpg” zit een virus."):
        intake.accept(photo())


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK\0 not really"])
def test_an_answer_that_is_not_a_clear_yes_is_a_no(scanner, answer):
    scanner.answer = answer

    with pytest.raises(intake.UploadRefused, match=r"Wij kunnen “tuin.jpg” nu niet controleren"):
        intake.accept(photo())


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_without_the_scanner_that_was_asked_for_nothing_is_taken(settings, url):
    settings.CLAMAV_URL = url

    with pytest.raises(intake.UploadRefused, match=r"ga verder zonder dit bestand"):
        intake.accept(photo())
