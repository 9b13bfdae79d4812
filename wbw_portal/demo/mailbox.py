"""Where the e-mail of the demonstration goes: a folder with one file per message, that everybody may read."""

import contextlib
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend

KEY = re.compile(r"\d{19,20}-[0-9a-f]{32}")
NEWEST = 200


@dataclass(frozen=True)
class Mail:
    """One message in the mailbox; `key` is also its place in time."""

    key: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self.message["Subject"] or "")

    @property
    def sent_at(self) -> datetime:
        """When it was sent."""
        # Django writes "-0000", which Python reads as a time without a zone.
        return parsedate_to_datetime(str(self.message["Date"])).replace(tzinfo=UTC)

    @property
    def recipients(self) -> list[str]:
        """Addresses that got it."""
        return [address for _name, address in getaddresses(map(str, self.message.get_all("To", [])))]

    @property
    def text(self) -> str:
        """The plain text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The formatted text; empty when there is none."""
        return self._part("html")

    @property
    def attachments(self) -> list[str]:
        """Names of the files that came along."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


class MailboxBackend(BaseEmailBackend):
    """Django's e-mail, written to the folder."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        """Write each message whole, or not at all: a reader never sees half of one."""
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            key = f"{time.time_ns()}-{uuid4().hex}"
            unfinished = folder / f"{key}.tmp"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{key}.eml")
        return len(email_messages)


def newest(*, recipient: str = "") -> list[Mail]:
    """The messages of everybody or of one recipient, newest first."""
    return [mail for mail in _all() if not recipient or recipient in mail.recipients]


def find(key: str) -> Mail | None:
    """One message."""
    if not KEY.fullmatch(key):
        return None
    return _read(_folder() / f"{key}.eml")


def _all() -> Iterator[Mail]:
    folder = _folder()
    paths = sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []
    for path in paths[:NEWEST]:
        mail = _read(path)
        if mail is not None:
            yield mail


def _read(path: Path) -> Mail | None:
    with contextlib.suppress(FileNotFoundError):
        return Mail(path.stem, message_from_bytes(path.read_bytes(), policy=policy.default))
    return None


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "mailbox"
