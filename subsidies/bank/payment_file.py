"""The file that tells the bank what to pay: SEPA credit transfers in pain.001.001.09, checked against the schema."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from sepaxml import SepaTransfer
from sepaxml.validation import ValidationError
from text_unidecode import unidecode
from xmlschema import XMLSchema, XMLSchemaValidationError

from shared.municipality import Bank

SCHEMA = "pain.001.001.09"
CENTS = 100


@dataclass(frozen=True)
class Line:
    """One payment in the file."""

    end_to_end: str
    holder: str
    iban: str
    amount: Decimal
    description: str


def write(reference: str, lines: Iterable[Line], *, execute_on: date, debtor: Bank) -> bytes:
    """The whole file. Names lose the signs that banks do not take.

    Raises:
        sepaxml.validation.ValidationError: the file does not fit the schema.
    """
    config = {"name": debtor.holder, "IBAN": debtor.iban, "BIC": debtor.bic, "batch": True, "currency": "EUR"}
    transfer = SepaTransfer(config, schema=SCHEMA, clean=True)
    # The library makes up a number of its own; the file carries the one that we know the batch by.
    transfer._xml.find(".//MsgId").text = reference
    for line in lines:
        transfer.add_payment(
            {
                "name": _plain(line.holder),
                "IBAN": line.iban,
                "amount": int(line.amount * CENTS),
                "execution_date": execute_on,
                "description": _plain(line.description),
                "endtoend_id": line.end_to_end,
            }
        )
    written: bytes = transfer.export(validate=False)
    try:
        _schema().validate(written.decode())
    except XMLSchemaValidationError as error:
        raise ValidationError(str(error.reason)) from error
    return written


@cache
def _schema() -> XMLSchema:
    """Read once: the library itself reads the whole schema again for each file."""
    return XMLSchema(str(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd"))


def _plain(text: str) -> str:
    """Only signs that every bank in the SEPA area takes."""
    return " ".join(re.sub(r"[^A-Za-z0-9/?:().,'+ -]", " ", unidecode(text)).split()) or "-"


def fingerprint(content: bytes) -> str:
    """The SHA-256 by which finance and the bank know that a file is the same one."""
    return hashlib.sha256(content).hexdigest()
