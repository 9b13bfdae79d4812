"""Read a list as it comes out of a spreadsheet: CSV in any of the usual notations, or XLSX."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

DELIMITERS = ";,\t|"


class SourceUnreadable(Exception):
    """The file is not a list that can be read; the message says what it should be."""


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the file: its line, its cells by heading, and how many cells had no heading."""

    line: int
    cells: dict[str, str]
    surplus: int = 0


def read(path: Path) -> Iterator[SourceRow]:
    """The rows of the file that hold anything, the first line being the headings.

    Raises:
        SourceUnreadable: no file, an empty file, or another kind of file.
    """
    if not path.is_file():
        raise SourceUnreadable(_("Het bestand %(path)s bestaat niet.") % {"path": path})
    is_workbook = is_zipfile(path) or path.suffix.lower() == ".xlsx"
    lines = _xlsx_lines(path) if is_workbook else _csv_lines(path)
    _number, headings = next(lines, (0, []))
    if not any(headings):
        raise SourceUnreadable(_("Het bestand is leeg: de eerste regel moet de namen van de kolommen bevatten."))
    return _rows(headings, lines)


def _rows(headings: list[str], lines: Iterator[tuple[int, list[str]]]) -> Iterator[SourceRow]:
    for line, cells in lines:
        if any(cells):
            named = {heading: cell for heading, cell in zip_longest(headings, cells, fillvalue="") if heading}
            yield SourceRow(line, named, surplus=sum(1 for cell in cells[len(headings) :] if cell))


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path.read_bytes())
    first_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    for cells in reader:
        yield start, [cell.replace("\xa0", " ").strip() for cell in cells]
        start = reader.line_num + 1


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, or what older Windows programmes write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.startswith("%PDF"):
        raise SourceUnreadable(_("Dit is geen CSV- of XLSX-bestand. Sla de lijst op als CSV of als Excel-werkmap."))
    return text


def _xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError) as error:
        raise SourceUnreadable(_("Dit is geen Excel-werkmap (.xlsx) die te lezen is.")) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        for line, values in enumerate(rows, start=1):
            yield line, [_cell_text(value) for value in values]
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    """A typed cell in the notation that the readers of values understand without doubt."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.2f}"
    return str(value).replace("\xa0", " ").strip()
