"""What stands on paper: the text of a PDF as a reader finds it."""

import pypdfium2

# What the reader gives for a hyphen at the end of a line.
BROKEN_AT = "\ufffe"


def text_of(pdf: bytes) -> str:
    """All text in reading order, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return text.replace(f"{BROKEN_AT}\r\n", "-").replace(BROKEN_AT, "-")
