"""Paper: a Typst template and plain data make a PDF or SVG. The words go in as data, so they can never be code."""

import io
import json
import logging
from pathlib import Path
from typing import Any, Literal

import qrcode
import qrcode.image.svg
import typst

logger = logging.getLogger(__name__)

# Stands in the metadata of a PDF that follows the standard, and in no other of ours.
PROMISE = b"pdfuaid"


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1).

    A sign that none of the fonts has (a rare one in a title) would break that standard; then the PDF is tagged all the
    same, without the promise, since a resident's words are never a reason for not getting a letter. That is written to
    the log, and `PROMISE` is not in the file: the page on which staff find it says so.
    """
    try:
        return _compile(template, data, "pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        logger.warning("PDF without PDF/UA-1", extra={"template": template.name, "because": str(error)})
        return _compile(template, data, "pdf")


def svg(template: Path, data: dict[str, Any]) -> bytes:
    """The first page as a drawing."""
    return _compile(template, data, "svg")


def qr_svg(address: str) -> bytes:
    """The address as a QR code, one black path on white, with the quiet edge that scanners need.

    Made here: no visitor's address goes to anybody else.
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, box_size=20)
    code.add_data(address)
    output = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathFillImage).save(output)
    return output.getvalue()


def _compile(template: Path, data: dict[str, Any], kind: Literal["pdf", "svg"], **options: Any) -> bytes:
    made = typst.compile(str(template), format=kind, sys_inputs={"data": json.dumps(data)}, **options)
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[0] or b"")
