"""Paper: a Typst template and plain data make a PDF or SVG. The words go in as data, so they can never be code."""

import json
from pathlib import Path
from typing import Any, Literal

import typst


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1).

    A sign that none of the fonts has (an emoji in a title) would break that standard; then the PDF is tagged all the
    same, without the promise, since a resident's words are never a reason for not getting a letter.
    """
    try:
        return _compile(template, data, "pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(template, data, "pdf")


def svg(template: Path, data: dict[str, Any]) -> bytes:
    """The first page as a drawing."""
    return _compile(template, data, "svg")


def _compile(template: Path, data: dict[str, Any], kind: Literal["pdf", "svg"], **options: Any) -> bytes:
    made = typst.compile(str(template), format=kind, sys_inputs={"data": json.dumps(data)}, **options)
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[0] or b"")
