"""The paper as a file: DOCX, ODT and text from the same blocks, with real headings and lists, in Dutch."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import docx
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from docx.oxml.ns import qn
from odfdo import Document as OdfDocument
from odfdo import Header, List
from odfdo import Paragraph as OdfParagraph

from participation.motivation import Document, Heading, Items
from shared import municipality

NEW_LINE = "\n"


@dataclass(frozen=True)
class FileKind:
    """A kind of file that the paper can be."""

    extension: str
    label: StrOrPromise
    content_type: str
    write: Callable[[Document], bytes]


def as_text(paper: Document) -> bytes:
    """Plain text; headings stand on a line of their own."""
    parts = [paper.title, paper.subject]
    for block in paper.blocks:
        if isinstance(block, Items):
            parts.append(NEW_LINE.join(f"- {item}" for item in block.items))
        elif isinstance(block, Heading):
            parts.append(f"{block.text}{NEW_LINE}{'-' * len(block.text)}")
        elif block.text:
            parts.append(block.text)
    return (f"{NEW_LINE}{NEW_LINE}".join(parts) + NEW_LINE).encode()


def as_docx(paper: Document) -> bytes:
    """Word: built-in heading and list styles, so that a screen reader finds its way; Dutch as the language."""
    made = docx.Document()
    made.core_properties.title = f"{paper.title}: {paper.subject}"
    made.core_properties.author = municipality.current().full_name
    made.core_properties.language = "nl-NL"
    language = made.styles["Normal"].element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "nl-NL"})
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    made.add_heading(paper.title, level=1)
    made.add_paragraph(paper.subject)
    for block in paper.blocks:
        if isinstance(block, Heading):
            made.add_heading(block.text, level=2)
        elif isinstance(block, Items):
            for item in block.items:
                made.add_paragraph(item, style="List Bullet")
        elif block.text:
            for piece in block.text.split(NEW_LINE):
                if piece.strip():
                    made.add_paragraph(piece.strip())
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def as_odt(paper: Document) -> bytes:
    """OpenDocument: real headings and lists; Dutch as the language."""
    made = OdfDocument("text")
    made.set_language("nl-NL")
    made.meta.title = f"{paper.title}: {paper.subject}"
    made.meta.creator = municipality.current().full_name
    body = made.body
    body.clear()
    body.append(Header(1, paper.title))
    body.append(OdfParagraph(paper.subject))
    for block in paper.blocks:
        if isinstance(block, Heading):
            body.append(Header(2, block.text))
        elif isinstance(block, Items):
            body.append(List(list(block.items)))
        elif block.text:
            for piece in block.text.split(NEW_LINE):
                if piece.strip():
                    body.append(OdfParagraph(piece.strip()))
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


KINDS = {
    kind.extension: kind
    for kind in (
        FileKind(
            "docx",
            "Word",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            as_docx,
        ),
        FileKind("odt", "OpenDocument", "application/vnd.oasis.opendocument.text", as_odt),
        FileKind("txt", gettext_lazy("Tekst"), "text/plain; charset=utf-8", as_text),
    )
}
