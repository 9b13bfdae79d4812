"""Reports as XLSX: typed cells, written row by row to disk; a second sheet says what the table is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from django.db import models
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shared.reports.columns import ROWS_AT_A_TIME, Column, Kind, values, worded

# Limits of the format itself.
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767

_WIDTHS = {Kind.TEXT: 24, Kind.INTEGER: 11, Kind.EURO: 14, Kind.DATE: 13, Kind.DATETIME: 17, Kind.BOOLEAN: 8}
_FORMATS = {Kind.INTEGER: "0", Kind.EURO: "€ #,##0.00", Kind.DATE: "dd-mm-yyyy", Kind.DATETIME: "dd-mm-yyyy hh:mm"}

Cell: TypeAlias = Callable[[int, int, Any], object]


def write(
    path: Path,
    rows: models.QuerySet[Any],
    columns: tuple[Column, ...],
    *,
    title: str,
    notes: Sequence[tuple[str, str]] = (),
    on_progress: Callable[[int], object] = lambda done: None,
) -> int:
    """Write the workbook to this path; gives back the number of rows.

    `notes` are pairs of words for the second sheet; `on_progress` is told how many rows are done, now and then.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        book.set_properties({"title": title, "author": "", "comments": ""})
        number = _write_table(book, rows, columns, on_progress)
        _write_notes(book, title, [*notes, (_("Aantal rijen"), str(number))])
    return number


def _write_table(
    book: Workbook, rows: models.QuerySet[Any], columns: tuple[Column, ...], on_progress: Callable[[int], object]
) -> int:
    sheet = book.add_worksheet(_("Gegevens"))
    heading = book.add_format({"bold": True, "bg_color": "#E5EEF3", "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, max(_WIDTHS[column.kind], min(len(str(column.heading)) + 2, 30)))
    for index, column in enumerate(columns):
        sheet.write_string(0, index, str(column.heading), heading)

    cells = [_cell(book, sheet, column) for column in columns]
    number = 0
    for number, row in enumerate(values(rows, columns), start=1):
        for index, value in enumerate(row):
            if value is not None:
                cells[index](number, index, value)
        if number % ROWS_AT_A_TIME == 0:
            on_progress(number)
    sheet.autofilter(0, 0, number, len(columns) - 1)
    return number


def _cell(book: Workbook, sheet: Worksheet, column: Column) -> Cell:
    words = worded(column)
    form: Format | None = book.add_format({"num_format": _FORMATS[column.kind]}) if column.kind in _FORMATS else None

    def text(row: int, index: int, value: Any) -> object:
        shown = words(value)[:MOST_CHARACTERS]
        return shown and sheet.write_string(row, index, shown)

    def number(row: int, index: int, value: Any) -> object:
        return sheet.write_number(row, index, value, form)

    def moment(row: int, index: int, value: Any) -> object:
        return sheet.write_datetime(row, index, words(value).replace(tzinfo=None), form)

    def day(row: int, index: int, value: Any) -> object:
        return sheet.write_datetime(row, index, value, form)

    def yes_or_no(row: int, index: int, value: Any) -> object:
        return sheet.write_string(row, index, _("ja") if value else _("nee"))

    kinds: dict[Kind, Cell] = {
        Kind.INTEGER: number,
        Kind.EURO: number,
        Kind.DATE: day,
        Kind.DATETIME: moment,
        Kind.BOOLEAN: yes_or_no,
    }
    return kinds.get(column.kind, text)


def _write_notes(book: Workbook, title: str, notes: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("Toelichting"))
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, title, bold)
    for row, (name, words) in enumerate(notes, start=2):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, words, wrapped)
