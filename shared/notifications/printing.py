"""Letters on paper: the same words as the e-mail would have, as a tagged PDF with the address in the window."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
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


def pdf(messages: Iterable[OutboxMessage]) -> bytes:
    """All letters in one PDF/UA-1 file, each starting on a new page. The words go in as data: they cannot be code."""
    here = municipality.current()
    with override("nl"):
        data = {
            "title": _("Brieven van %(name)s") % {"name": here.full_name},
            "sender": [here.full_name, *here.postal_address],
            "contact": layout.contact(),
            "colour": here.colours.get("primary", "#00557f"),
            "letters": [_letter(message) for message in messages],
        }
    return typeset.pdf(TEMPLATE, data)


def _letter(message: OutboxMessage) -> dict[str, Any]:
    blocks = message.letter_blocks
    return {
        "address": [line for line in [message.recipient_name, *message.recipient_address.splitlines()] if line.strip()],
        "date": date_format(localtime(message.created_at, AMSTERDAM), "j F Y"),
        "subject": message.subject,
        "blocks": [_block(block) for block in blocks if block.kind != "footer"],
        "reasons": [_plain(block.parts) for block in blocks if block.kind == "footer"],
    }


def _block(block: Block) -> dict[str, Any]:
    return {"kind": "paragraph" if block.kind == "button" else block.kind, "parts": [_part(p) for p in block.parts]}


def _part(part: Part) -> dict[str, str]:
    if isinstance(part, str):
        return {"text": part, "url": ""}
    return {"text": part.label, "url": "" if part.url.startswith(layout.SPOKEN) else part.url}


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part if isinstance(part, str) else part.label for part in parts)
