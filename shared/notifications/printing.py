"""Letters on paper: the same words as the e-mail would have, as a tagged PDF with the address in the window."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from shared import municipality, typeset
from shared.notifications import layout
from shared.notifications.markup import Block, Part
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import AMSTERDAM

TEMPLATE = settings.BASE_DIR / "templates" / "notifications" / "letter.typ"
PDF = "application/pdf"


@dataclass(frozen=True)
class Sheet:
    """One letter: to whom, of which day, about what; `reference` is what somebody names who calls about it."""

    address: tuple[str, ...]
    day: date
    subject: str
    blocks: tuple[Block, ...]
    reference: str = ""


def pdf(messages: Iterable[OutboxMessage]) -> bytes:
    """All letters in one PDF file, each starting on a new page.

    A message that has its own letter with it (a decision, as it was frozen) is printed as that letter.
    """
    letters = [(message, _frozen(message)) for message in messages]
    if not any(frozen for _message, frozen in letters):
        return paper([_sheet(message) for message, _frozen in letters])
    files = [frozen or paper([_sheet(message)]) for message, frozen in letters]
    return files[0] if len(files) == 1 else _joined(files)


def paper(sheets: Iterable[Sheet], *, title: str = "") -> bytes:
    """Letters as a PDF/UA-1 file on the municipality's paper. The words go in as data: they cannot be code."""
    here = municipality.current()
    with override("nl"):
        data = {
            "title": title or _("Brieven van %(name)s") % {"name": here.full_name},
            "sender": sender(),
            "logo": _logo(here.logo),
            "contact": layout.contact(),
            "colour": here.colours.get("primary", "#00557f"),
            "words": {"date": _("Datum"), "reference": _("Ons kenmerk"), "page": _("Pagina"), "of": _("van")},
            "letters": [_letter(sheet) for sheet in sheets],
        }
    return typeset.pdf(TEMPLATE, data)


def sender() -> list[str]:
    """The municipality with its return address, as it stands above the address of the reader."""
    here = municipality.current()
    return [here.full_name, *here.postal_address]


def _joined(files: Iterable[bytes]) -> bytes:
    with pikepdf.new() as whole:
        for each in files:
            with pikepdf.open(io.BytesIO(each)) as part:
                whole.pages.extend(part.pages)
        made = io.BytesIO()
        whole.save(made)
    return made.getvalue()


def _frozen(message: OutboxMessage) -> bytes | None:
    found = message.attachments.filter(content_type=PDF).first() if message.pk else None
    return bytes(found.content) if found else None


def _sheet(message: OutboxMessage) -> Sheet:
    lines = [message.recipient_name, *message.recipient_address.splitlines()]
    return Sheet(
        address=tuple(line for line in dict.fromkeys(lines) if line.strip()),
        day=localtime(message.created_at, AMSTERDAM).date(),
        subject=message.subject,
        blocks=message.letter_blocks,
    )


def _letter(sheet: Sheet) -> dict[str, Any]:
    return {
        "address": list(sheet.address),
        "date": date_format(sheet.day, "j F Y"),
        "reference": sheet.reference,
        "subject": sheet.subject,
        "blocks": [_block(block) for block in sheet.blocks if block.kind != "footer"],
        "reasons": [_plain(block.parts) for block in sheet.blocks if block.kind == "footer"],
    }


def _logo(path: str) -> list[int]:
    """The bytes of the logo; empty when the municipality has none, or its file is not there."""
    found = finders.find(path) if path else None
    return list(Path(str(found)).read_bytes()) if found else []


def _block(block: Block) -> dict[str, Any]:
    return {"kind": "paragraph" if block.kind == "button" else block.kind, "parts": [_part(p) for p in block.parts]}


def _part(part: Part) -> dict[str, str]:
    if isinstance(part, str):
        return {"text": part, "url": ""}
    return {"text": part.label, "url": "" if part.url.startswith(layout.SPOKEN) else part.url}


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part if isinstance(part, str) else part.label for part in parts)
