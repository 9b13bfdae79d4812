"""What the CSV files have in common: their delimiter, their column names and how they write codes."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The digits after the letters of a code: GM0531, WK053101, BU05310101.
DIGITS = {"GM": 4, "WK": 6, "BU": 8}


class ImportRefused(Exception):
    """A file cannot be taken over. The message names the file and the place in it."""


@contextmanager
def open_table(path: Path) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """Open a CSV file: its column names in lower case and its rows, read one by one.

    Raises:
        ImportRefused: the file is missing, empty or not text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            delimiter = ";" if first.count(";") >= first.count(",") else ","
            columns = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
            if not columns:
                raise ImportRefused(f"{path}: the file is empty.")
            yield columns, csv.reader(file, delimiter=delimiter)
    except OSError as error:
        raise ImportRefused(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path}: not a text file in UTF-8.") from error


def position(columns: list[str], *patterns: str) -> int | None:
    """The place of the first column whose whole name fits one of the patterns; CBS puts years and numbers behind."""
    for pattern in patterns:
        for place, name in enumerate(columns):
            if re.fullmatch(pattern, name):
                return place
    return None


def full_code(value: str, level: str) -> str:
    """Complete a code that was written without its letters or leading zeros: "5310101" is BU05310101."""
    value = value.strip().upper()
    return level + value.zfill(DIGITS[level]) if value.isdigit() else value
