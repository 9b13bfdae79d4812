"""CSV and XLSX of a report, read back cell by cell."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from initiatives.models import Initiative
from shared.reports import csv_file, xlsx_file
from shared.reports.columns import Column, Kind
from tests.factories.initiatives import InitiativeFactory

COLUMNS = (
    Column("reference", "Nummer"),
    Column("title", "Titel"),
    Column("help_wanted", "Hulp", labels={"money": "geld", "place": "een plek"}),
    Column("amount", "Bedrag", kind=Kind.EURO),
    Column("planned_on", "Wanneer", kind=Kind.DATE),
    Column("submitted_at", "Verstuurd op", kind=Kind.DATETIME),
    Column("joiners_count", "Doen mee", kind=Kind.INTEGER),
    Column("shows_first_name", "Voornaam", kind=Kind.BOOLEAN),
)


@pytest.fixture
def garden(db):
    return InitiativeFactory(
        reference="2026-00001",
        title='Moestuin; "Volger"\nlanden',
        help_wanted=["money", "place"],
        amount=Decimal("1250.5"),
        planned_on=date(2026, 3, 7),
        submitted_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
        joiners_count=12,
        shows_first_name=True,
    )


def rows_of_csv(columns=COLUMNS):
    content = b"".join(csv_file.blocks(Initiative.objects.order_by("pk"), columns)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


def sheets_of_xlsx(tmp_path, columns=COLUMNS, **options):
    path = tmp_path / "lijst.xlsx"
    xlsx_file.write(path, Initiative.objects.order_by("pk"), columns, title="Initiatieven", **options)
    book = load_workbook(path)
    return book, [[cell.value for cell in row] for row in book.worksheets[0].rows]


def test_csv_has_dutch_notations(garden):
    assert rows_of_csv() == [
        ["Nummer", "Titel", "Hulp", "Bedrag", "Wanneer", "Verstuurd op", "Doen mee", "Voornaam"],
        [
            "2026-00001",
            'Moestuin; "Volger"\nlanden',
            "geld, een plek",
            "1250,50",
            "2026-03-07",
            "2026-07-02 00:30",
            "12",
            "ja",
        ],
    ]


def test_xlsx_has_typed_cells_with_dutch_formats(garden, tmp_path):
    book, rows = sheets_of_xlsx(tmp_path)

    assert rows[1] == [
        "2026-00001",
        'Moestuin; "Volger"\nlanden',
        "geld, een plek",
        1250.5,
        datetime(2026, 3, 7),
        datetime(2026, 7, 2, 0, 30),
        12,
        "ja",
    ]
    sheet = book.worksheets[0]
    assert [sheet.cell(2, column).number_format for column in (4, 5, 6)] == [
        "€ #,##0.00",
        "dd-mm-yyyy",
        "dd-mm-yyyy hh:mm",
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.bold) == ("A2", "A1:H2", True)


def test_empty_values_stay_empty_in_both(db, tmp_path):
    InitiativeFactory(amount=None, planned_on=None, help_wanted=[])

    assert rows_of_csv()[1][2:5] == ["", "", ""]
    assert sheets_of_xlsx(tmp_path)[1][1][2:5] == [None, None, None]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_is_never_a_formula(db, tmp_path, start):
    InitiativeFactory(title=f"{start}HYPERLINK(1)")

    assert rows_of_csv()[1][1] == f"'{start}HYPERLINK(1)"
    book, rows = sheets_of_xlsx(tmp_path)
    assert book.worksheets[0]["B2"].data_type == "s"
    assert rows[1][1].lstrip().endswith("HYPERLINK(1)")


def test_a_phone_number_is_kept_readable_and_a_negative_number_stays_a_number(db):
    InitiativeFactory(phone="+31612345678", amount=Decimal(3))
    columns = (Column("phone", "Telefoon"), Column("amount", "Bedrag", kind=Kind.EURO))

    assert rows_of_csv(columns)[1] == ["'+31612345678", "3,00"]


def test_addresses_are_no_links_and_text_too_long_for_a_cell_is_cut(db, tmp_path):
    InitiativeFactory(title="https://voorbeeld.example", what="a" * 40_000)
    columns = (Column("title", "Titel"), Column("what", "Wat"))

    book, rows = sheets_of_xlsx(tmp_path, columns)

    assert book.worksheets[0]["A2"].hyperlink is None
    assert len(rows[1][1]) == xlsx_file.MOST_CHARACTERS


def test_a_workbook_says_what_it_is_and_how_far_it_is(db, tmp_path, monkeypatch):
    InitiativeFactory.create_batch(3)
    monkeypatch.setattr(xlsx_file, "ROWS_AT_A_TIME", 2)
    told = []

    book, _rows = sheets_of_xlsx(tmp_path, notes=[("Gekozen filters", "wijk: noord")], on_progress=told.append)

    explanation = [[cell.value for cell in row] for row in book["Toelichting"].rows]
    assert explanation[0][0] == "Initiatieven"
    assert explanation[2:] == [["Gekozen filters", "wijk: noord"], ["Aantal rijen", "3"]]
    assert told == [2]


def test_the_first_bytes_leave_before_the_database_is_asked(db, django_assert_num_queries):
    blocks = csv_file.blocks(Initiative.objects.order_by("pk"), COLUMNS)

    with django_assert_num_queries(0):
        assert next(blocks).startswith(b"\xef\xbb\xbfNummer;Titel")


def test_rows_leave_in_blocks(db, monkeypatch):
    monkeypatch.setattr(csv_file, "ROWS_IN_A_BLOCK", 2)
    InitiativeFactory.create_batch(5)

    blocks = list(csv_file.blocks(Initiative.objects.order_by("pk"), COLUMNS))

    assert [block.count(b"\r\n") for block in blocks] == [1, 2, 2, 1]
