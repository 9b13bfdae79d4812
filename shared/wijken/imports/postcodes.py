"""Taking over the postcode table: streamed, since the official file has a row for each address in the country."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from shared.ui import page_cache
from shared.wijken.imports.tables import ImportRefused, full_code, open_table, position
from shared.wijken.models import Buurt, PostcodeArea

PC6 = re.compile(r"[1-9]\d{3}[A-Z]{2}")
PC4 = re.compile(r"[1-9]\d{3}")
# How much a row of the approximation counts, by its own word for how sure it is.
WEIGHTS = {"hoog": 3, "middel": 2, "laag": 1}
PROGRESS_EVERY = 250_000
REJECTED_SHOWN = 5

STAGE = "CREATE TEMPORARY TABLE staged (postcode varchar(6), house_number int, buurt_id bigint) ON COMMIT DROP"
REMOVE_GONE = """
    DELETE FROM wijken_postcodearea p USING wijken_buurt b, wijken_wijk w
    WHERE p.buurt_id = b.id AND b.wijk_id = w.id AND p.certain
    AND w.municipality_code IN (
        SELECT w2.municipality_code FROM wijken_wijk w2 JOIN wijken_buurt b2 ON b2.wijk_id = w2.id
        WHERE b2.id IN (SELECT buurt_id FROM staged)
    )
    AND NOT EXISTS (
        SELECT FROM staged s WHERE s.postcode = p.postcode AND s.buurt_id = p.buurt_id
        AND s.house_number IS NOT DISTINCT FROM p.house_number
    )
"""
ADD_NEW = """
    INSERT INTO wijken_postcodearea (postcode, house_number, buurt_id, certain, weight)
    SELECT DISTINCT postcode, house_number, buurt_id, true, 1 FROM staged
    ON CONFLICT (postcode, house_number, buurt_id) DO NOTHING
"""


@dataclass
class Outcome:
    """What an import did; `rejected` shows the first rows that could not be read."""

    read: int = 0
    kept: int = 0
    added: int = 0
    removed: int = 0
    rejected_count: int = 0
    rejected: list[str] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        """Count a row that is passed over, and remember the first few."""
        self.rejected_count += 1
        if len(self.rejected) < REJECTED_SHOWN:
            self.rejected.append(f"row {line}: {reason}")


def take_over(path: Path, *, progress: Callable[[Outcome], None]) -> Outcome:
    """Take over a file: the official table by address, or an approximation by four-digit area.

    Raises:
        ImportRefused: unknown columns, or no row belongs to a buurt that the portal knows.
    """
    with open_table(path) as (columns, rows):
        pc6 = position(columns, r"pc6\d*", r"postcode6?")
        house_number = position(columns, r"huisnummer\d*")
        buurt = position(columns, r"buurt(code)?[_ ]?\d*")
        if pc6 is None or buurt is None:
            raise ImportRefused(f"{path}: expected the columns PC6, Huisnummer and Buurt, found {', '.join(columns)}.")
        if house_number is None:
            certainty = position(columns, "betrouwbaarheid")
            outcome = _approximation(_cells(rows, pc6, buurt, certainty))
        else:
            outcome = _official(_cells(rows, pc6, house_number, buurt), progress)
    if not outcome.kept:
        raise ImportRefused(
            f"{path}: none of the {outcome.read} rows belongs to a buurt that the portal knows. "
            "Import the wijken and buurten first, and of the same year."
        )
    return outcome


def _cells(rows: Iterator[list[str]], *places: int | None) -> Iterator[list[str]]:
    """The wanted cells of each row; a short row gives empty cells."""
    for row in rows:
        yield [row[place] if place is not None and place < len(row) else "" for place in places]


def _buurt_ids() -> dict[str, int]:
    return dict(Buurt.objects.current().values_list("code", "pk"))


@transaction.atomic
def _official(rows: Iterator[list[str]], progress: Callable[[Outcome], None]) -> Outcome:
    outcome, buurten = Outcome(), _buurt_ids()
    with connection.cursor() as cursor:
        # Reading the whole country takes longer than a page may take.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(STAGE)
        with cursor.copy("COPY staged FROM STDIN") as copy:
            for row in _addresses(rows, buurten, outcome, progress):
                copy.write_row(row)
        if outcome.kept:
            cursor.execute("ANALYZE staged")
            cursor.execute(REMOVE_GONE)
            outcome.removed = cursor.rowcount
            cursor.execute(ADD_NEW)
            outcome.added = cursor.rowcount
            page_cache.touch()
        cursor.execute("DROP TABLE staged")
    return outcome


def _addresses(
    rows: Iterator[list[str]], buurten: dict[str, int], outcome: Outcome, progress: Callable[[Outcome], None]
) -> Iterator[tuple[str, int | None, int]]:
    """The addresses in known buurten. Asks the database nothing: the connection is busy taking rows."""
    for line, (written_postcode, written_number, code) in enumerate(rows, start=2):
        outcome.read += 1
        if outcome.read % PROGRESS_EVERY == 0:
            progress(outcome)
        buurt_id = buurten.get(full_code(code, "BU"))
        if buurt_id is None:
            continue
        postcode, house_number = written_postcode.replace(" ", "").upper(), written_number.strip()
        if not PC6.fullmatch(postcode):
            outcome.reject(line, f"“{postcode}” is not a postcode")
        elif house_number and not house_number.isdecimal():
            outcome.reject(line, f"“{house_number}” is not a house number")
        else:
            outcome.kept += 1
            yield postcode, int(house_number) if house_number else None, buurt_id


@transaction.atomic
def _approximation(rows: Iterator[list[str]]) -> Outcome:
    outcome = Outcome()
    buurten = _buurt_ids()
    areas: dict[tuple[str, int | None], PostcodeArea] = {}
    for line, (postcode, code, certainty) in enumerate(rows, start=2):
        outcome.read += 1
        if not PC4.fullmatch(postcode.strip()):
            outcome.reject(line, f"“{postcode}” is not a four-digit postcode")
            continue
        buurt_id = buurten.get(full_code(code, "BU")) if code.strip() else None
        if code.strip() and buurt_id is None:
            continue
        outcome.kept += buurt_id is not None
        weight = WEIGHTS.get(certainty.strip().lower(), 1)
        area = PostcodeArea(postcode=postcode.strip(), buurt_id=buurt_id, certain=False, weight=weight)
        areas[area.postcode, buurt_id] = area
    if outcome.kept:
        outcome.removed, _ = PostcodeArea.objects.filter(certain=False).delete()
        outcome.added = len(PostcodeArea.objects.bulk_create(areas.values()))
        page_cache.touch()
    return outcome
