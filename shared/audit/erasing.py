"""The one way around the triggers that keep the past as it was: destruction after the retention term.

A trigger lets an UPDATE of what is about people pass while `portal.erasing` is on in this transaction; nothing can be
added to or taken from the past by it, and the ledger knows no way around at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def erasing() -> Iterator[None]:
    """Let the words of this transaction be wiped; needs a transaction, and ends with this block."""
    _set("on")
    yield
    _set("off")


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.erasing', %s, true)", [value])
