"""Taking over the number of inhabitants from the CBS key figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from shared.ui import page_cache
from shared.wijken.imports.geojson import BUURT, WIJK
from shared.wijken.imports.tables import ImportRefused, full_code, open_table, position
from shared.wijken.models import Area, Buurt, Wijk

INHABITANTS = r"aantal[_ ]?inwoners(_\d+)?"
CODE = (r"code", r"codering(_\d+)?", r"wijkenenbuurten", r"regio(code|s)?")


@dataclass
class Outcome:
    """How many areas got a figure, and how many rows belong to an area that the portal does not know."""

    updated: int = 0
    unchanged: int = 0
    unknown: int = 0


@transaction.atomic
def take_over(path: Path) -> Outcome:
    """Set the inhabitants of each wijk and buurt that the file names.

    Raises:
        ImportRefused: the file has no codes or no inhabitants.
    """
    outcome = Outcome()
    areas: dict[str, Area] = {area.code: area for area in [*Wijk.objects.current(), *Buurt.objects.current()]}
    for code, number in _figures(path):
        area = areas.get(code)
        if area is None:
            outcome.unknown += 1
        elif area.inhabitants == number:
            outcome.unchanged += 1
        else:
            area.inhabitants = number
            area.save()
            outcome.updated += 1
    if not outcome.updated + outcome.unchanged:
        raise ImportRefused(f"{path}: no number of inhabitants for a wijk or buurt that the portal knows.")
    page_cache.touch()
    return outcome


def _figures(path: Path) -> Iterator[tuple[str, int]]:
    """Codes and inhabitants, from a row per figure (code, variabele, waarde) or a column per figure (StatLine)."""
    with open_table(path) as (columns, rows):
        code, variable = position(columns, *CODE), position(columns, "variabele")
        value = position(columns, "waarde" if variable is not None else INHABITANTS)
        if code is None or value is None:
            raise ImportRefused(f"{path}: expected a column with CBS codes and one with aantal_inwoners.")
        for row in rows:
            if len(row) <= max(code, value, variable or 0):
                continue
            if variable is not None and row[variable].strip().lower() != "aantal_inwoners":
                continue
            number = row[value].strip()
            if number.isdecimal():
                yield _area_code(row[code]), int(number)


def _area_code(value: str) -> str:
    """A code as written; bare digits are of a wijk or, when longer, of a buurt."""
    return full_code(value, WIJK if len(value.strip()) <= 6 else BUURT)
