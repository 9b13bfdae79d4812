"""Blocks become plain text, an HTML message, or a part of a page."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared import municipality
from shared.notifications.markup import Block, Link, Part

# What the recipient does not need to read in plain text: the words of the link say it already.
SPOKEN = ("tel:", "mailto:")


def text(blocks: Sequence[Block]) -> str:
    """The whole message in plain text, the municipality's name and contact included."""
    here = municipality.current()
    closing = [
        "----",
        *(_plain(block.parts) for block in blocks if block.kind == "footer"),
        contact(),
        f"{here.full_name}, {here.portal_name}: {settings.PORTAL_URL}",
    ]
    return plain_body(blocks) + "\n\n" + "\n\n".join(closing) + "\n"


def html(subject: str, blocks: Sequence[Block]) -> str:
    """The whole message in HTML."""
    context = {
        "subject": subject,
        "language": get_language(),
        "body": _html(blocks, "h2"),
        "reasons": [_inline(block.parts) for block in blocks if block.kind == "footer"],
        "contact": contact(),
        "municipality": municipality.current(),
        "portal_url": settings.PORTAL_URL,
    }
    return render_to_string("notifications/email.html", context)


def page_body(blocks: Sequence[Block]) -> SafeString:
    """The words of the message as a part of a page, below a heading of the second level."""
    return _html(blocks, "h3")


def plain_body(blocks: Sequence[Block]) -> str:
    """The words between heading and footer, in plain text."""
    pieces = []
    for kind, group in groupby((b for b in blocks if b.kind != "footer"), key=lambda block: block.kind):
        lines = [_plain_block(block) for block in group]
        pieces.append(("\n" if kind == "item" else "\n\n").join(lines))
    return "\n\n".join(pieces)


def contact() -> str:
    """Who to call, when, and where to write."""
    here = municipality.current()
    return _("Vragen? Bel %(phone)s (%(hours)s) of mail naar %(email)s.") % {
        "phone": here.phone,
        "hours": here.hours,
        "email": here.email,
    }


def _plain_block(block: Block) -> str:
    words = _plain(block.parts)
    if block.kind == "item":
        return "- " + words.replace("\n", "\n  ")
    if block.kind == "button" and isinstance(link := block.parts[0], Link):
        return f"{link.label}:\n{link.url}"
    if block.kind == "quote":
        return "> " + words.replace("\n", "\n> ")
    return words


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part if isinstance(part, str) else _plain_link(part) for part in parts)


def _plain_link(link: Link) -> str:
    if link.url.startswith(SPOKEN) or link.url == link.label:
        return link.label
    return f"{link.label} <{link.url}>"


def _html(blocks: Iterable[Block], heading: str) -> SafeString:
    pieces: list[str] = []
    for kind, group in groupby((b for b in blocks if b.kind != "footer"), key=lambda block: block.kind):
        rendered = [_html_block(block, heading) for block in group]
        pieces += ["<ul>", *rendered, "</ul>"] if kind == "item" else rendered
    return SafeString("\n".join(pieces))


def _html_block(block: Block, heading: str) -> SafeString:
    match block.kind, block.parts:
        case "button", (Link(label, url),):
            return format_html('<p class="letter-button"><a href="{}">{}</a></p>', url, label)
        case "heading", parts:
            return format_html("<{}>{}</{}>", SafeString(heading), _inline(parts), SafeString(heading))
        case "item", parts:
            return format_html("<li>{}</li>", _inline(parts))
        case "quote", parts:
            return format_html("<blockquote>{}</blockquote>", _paragraphs(parts))
        case _, parts:
            return _paragraphs(parts)


def _paragraphs(parts: Iterable[Part]) -> SafeString:
    # An empty line in what someone typed stays an empty line.
    inner = _inline(parts).replace("<br><br>", "</p>\n<p>")
    return SafeString(f"<p>{inner}</p>")


def _inline(parts: Iterable[Part]) -> SafeString:
    return SafeString("".join(_inline_part(part) for part in parts))


def _inline_part(part: Part) -> str:
    if isinstance(part, Link):
        return format_html('<a href="{}">{}</a>', part.url, part.label)
    return re.sub(r"\n{2,}", "<br><br>", escape(part)).replace("\n", "<br>")
