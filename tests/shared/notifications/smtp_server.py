"""A real SMTP server in the test's own process: it listens, answers as told, can hold a conversation, and counts."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from email.policy import default

PATIENCE = 30


class Pause:
    """A point at which the server stops answering one conversation until it is released."""

    def __init__(self, point: str) -> None:
        self.point = point
        self.reached = threading.Event()
        self.released = threading.Event()


class SmtpServer(socketserver.ThreadingTCPServer):
    """`accepted` holds what the server took responsibility for: the final dot has come in."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.port = self.server_address[1]
        self.accepted: list[Message] = []
        self.connections = 0
        # A word in the recipient's address -> what the server says to it.
        self.answers: dict[str, str] = {}
        self.final_answer = "250 Taken"
        self.pauses: list[Pause] = []
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def pause_at(self, *points: str) -> list[Pause]:
        """Hold as many conversations, each at the first of these points that it comes to and that is still free."""
        added = [Pause(point) for point in points]
        self.pauses += added
        return added

    def at(self, point: str) -> None:
        with self.lock:
            free = (pause for pause in self.pauses if pause.point == point and not pause.reached.is_set())
            pause = next(free, None)
            if pause:
                pause.reached.set()
        if pause:
            pause.released.wait(PATIENCE)

    def numbers(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.accepted]

    def stop(self) -> None:
        for pause in self.pauses:
            pause.released.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """A client that was killed is what these tests are about."""


class _Conversation(socketserver.StreamRequestHandler):
    server: SmtpServer
    timeout = PATIENCE

    def handle(self) -> None:
        self.server.connections += 1
        self.server.at("greeting")
        self._say("220 test")
        recipient = ""
        with suppress(ConnectionError, TimeoutError, ValueError):
            while line := self.rfile.readline():
                command = line.decode().strip()
                verb = command.upper()
                if verb.startswith("EHLO"):
                    self._say("250-test\r\n250 8BITMIME")
                elif verb.startswith("RCPT"):
                    self.server.at("recipient")
                    recipient = re.search(r"<(.*)>", command).group(1)
                    self._say(next((a for word, a in self.server.answers.items() if word in recipient), "250 OK"))
                elif verb == "DATA":
                    self.server.at("data")
                    self._say("354 Go on")
                    self._take()
                elif verb == "QUIT":
                    self._say("221 Bye")
                    return
                else:
                    self._say("250 OK")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.server.final_answer.startswith("250"):
            self.server.accepted.append(message_from_bytes(b"".join(lines), policy=default))
        self.server.at("answer")
        if self.server.final_answer == "hang up":
            self.request.shutdown(socket.SHUT_RDWR)
        else:
            self._say(self.server.final_answer)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    server = SmtpServer()
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
