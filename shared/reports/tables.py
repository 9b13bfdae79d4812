"""Small tables of totals: on screen, as CSV and as XLSX from one source, with small numbers left out.

A number under five, beside a wijk or a theme, can point at a person. It is hidden; and when it would follow from the
total of its table, the next smallest is hidden with it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from shared.reports.csv_file import BYTE_ORDER_MARK, neutral
from shared.ui.notations import euro_text
from shared.ui.templatetags.ui import number

FEWEST_SHOWN = 5
MOST_ON_A_PHONE = 3
_NAME_LENGTH = 31


class Hidden:
    """A number that is too small to show, or that would tell such a number: the same words, for they are not apart."""

    def __str__(self) -> str:
        return _("niet getoond")


HIDDEN = Hidden()
Cell: TypeAlias = str | int | float | Decimal | Hidden | None


@dataclass(frozen=True)
class Table:
    """A table of totals; the first cell of a row says what it is about.

    `euros` are the columns with amounts. A page shows what is `folded` when somebody asks for it.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    euros: frozenset[int] = frozenset()
    folded: bool = False

    @property
    def shown_rows(self) -> list[list[str]]:
        """The cells as a page shows them."""
        return [[self._shown(place, cell) for place, cell in enumerate(row)] for row in self.rows]

    @property
    def labelled_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What each row is about, and its cells with their headings: how a phone shows a table with many columns."""
        return [(row[0], list(zip(self.headings[1:], row[1:], strict=True))) for row in self.shown_rows]

    @property
    def is_wide(self) -> bool:
        """More columns than fit on a phone."""
        return len(self.headings) > MOST_ON_A_PHONE

    def _shown(self, place: int, cell: Cell) -> str:
        if cell is None:
            return "–"
        if isinstance(cell, int | float | Decimal):
            return euro_text(Decimal(cell)) if place in self.euros or isinstance(cell, Decimal) else number(cell)
        return str(cell)


def shown(numbers: Sequence[int], *, closed: bool = True) -> list[int | Hidden]:
    """The numbers without those that point at persons; `closed` when a total stands beside them somewhere."""
    small = {place for place, count in enumerate(numbers) if 0 < count < FEWEST_SHOWN}
    others = [place for place, count in enumerate(numbers) if count >= FEWEST_SHOWN]
    if closed and len(small) == 1 and others:
        small.add(min(others, key=lambda place: numbers[place]))
    return [HIDDEN if place in small else count for place, count in enumerate(numbers)]


def as_csv(tables: Iterable[Table]) -> bytes:
    """All tables in one file, a cell on each line: table, row, column, value; in the notation of the other exports."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Tabel"), _("Rij"), _("Kolom"), _("Waarde")])
    for table in tables:
        for row in table.rows:
            for heading, cell in zip(table.headings[1:], row[1:], strict=True):
                writer.writerow([neutral(table.title), neutral(str(row[0])), neutral(heading), _written(cell)])
    return text.getvalue().encode()


def as_xlsx(tables: Iterable[Table]) -> bytes:
    """A sheet for each table."""
    target = io.BytesIO()
    with Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E5EEF3", "bottom": 1, "text_wrap": True})
        euro = book.add_format({"num_format": "€ #,##0.00"})
        for table in tables:
            sheet = book.add_worksheet(table.title[:_NAME_LENGTH])
            sheet.set_column(0, 0, 40)
            sheet.set_column(1, len(table.headings), 16)
            for place, heading in enumerate(table.headings):
                sheet.write_string(0, place, heading, bold)
            for line, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, int | float | Decimal):
                        sheet.write_number(line, place, float(cell), euro if place in table.euros else None)
                    elif cell is not None:
                        sheet.write_string(line, place, str(cell))
    return target.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal | float):
        return f"{cell:.2f}".replace(".", ",")
    return neutral(str(cell)) if isinstance(cell, str) else str(cell)
