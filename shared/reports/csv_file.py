"""Reports as CSV, row by row.

The notation, so that a Dutch spreadsheet opens the file with a double click: UTF-8 with a byte order mark, semicolons,
decimal commas without thousands separators, dates as 2026-11-23 and 2026-11-23 14:05 (Dutch time), ja or nee.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shared.reports.columns import Column, Kind, values, worded

BYTE_ORDER_MARK = "\ufeff"
ROWS_IN_A_BLOCK = 500
# A spreadsheet takes a cell that starts like this for a formula; an apostrophe in front makes it text again.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def blocks(rows: models.QuerySet[Any], columns: tuple[Column, ...]) -> Iterator[bytes]:
    """The file in blocks of some hundred rows; the first one, with the headings, comes before the query."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([neutral(str(column.heading)) for column in columns])
    yield _taken(buffer)

    notations = [_notation(column) for column in columns]
    for number, row in enumerate(values(rows, columns), start=1):
        writer.writerow([notation(value) for notation, value in zip(notations, row, strict=True)])
        if number % ROWS_IN_A_BLOCK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in FORMULA_STARTS and text else text


def _taken(buffer: io.StringIO) -> bytes:
    block = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return block


def _notation(column: Column) -> Callable[[Any], Any]:
    words = worded(column)
    if column.kind is Kind.TEXT:
        return lambda value: neutral(words(value))
    if column.kind is Kind.EURO:
        return lambda value: "" if value is None else f"{value:.2f}".replace(".", ",")
    if column.kind is Kind.DATETIME:
        return lambda value: "" if value is None else words(value).isoformat(" ", "minutes")[:16]
    if column.kind is Kind.BOOLEAN:
        yes_or_no = {True: _("ja"), False: _("nee"), None: ""}
        return yes_or_no.__getitem__
    return words
