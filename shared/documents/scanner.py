"""A virus scanner (ClamAV) asked over its INSTREAM protocol, when CLAMAV_URL names one. No answer means: not taken."""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from shared.documents import refusals

logger = logging.getLogger(__name__)

PORT, PATIENCE, CHUNK = 3310, 30, 64 * 1024


def scan(content: bytes, name: str) -> None:
    """Let a file through when the scanner says that it is clean, or when there is no scanner.

    Raises:
        UploadRefused: the scanner found something, or did not answer.
    """
    if not settings.CLAMAV_URL:
        return
    try:
        answer = _ask(settings.CLAMAV_URL, content)
    except OSError as error:
        logger.exception("The virus scanner does not answer")
        raise refusals.not_checked(name) from error
    if answer.endswith("FOUND"):
        logger.warning("The virus scanner refused a file: %s", answer)
        raise refusals.infected(name)
    if not answer.endswith("OK"):
        logger.error("The virus scanner could not check a file: %s", answer)
        raise refusals.not_checked(name)


def _ask(url: str, content: bytes) -> str:
    """Send the file in pieces, each with its length before it; a length of zero ends it."""
    with _connect(url) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            received = connection.recv(4096)
            if not received:
                break
            answer += received
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect(url: str) -> socket.socket:
    """tcp://host:3310 or unix:///run/clamav/clamd.ctl."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname, parts.port or PORT), timeout=PATIENCE)
