"""What the bank did: lines of a camt.053/camt.054 statement or a CSV, each known by the number that we gave it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from shared.lifecycle import WorkflowError
from shared.ui import notations

LARGEST_FILE = 5 * 1024 * 1024
CREDIT = "CRDT"
LONGEST_REFERENCE = 80
COLUMNS = {
    "end_to_end": ("betalingskenmerk", "kenmerk", "endtoendid", "end-to-end id", "end to end id", "end-to-end"),
    "booked_on": ("datum", "boekdatum", "boekingsdatum", "date"),
    "amount": ("bedrag", "amount"),
    "reason": ("reden", "retourreden", "omschrijving", "reason"),
    "returned": ("retour", "teruggekomen", "returned"),
    "received": ("ontvangen", "bij", "received"),
    "case": ("aanvraag", "nummer", "case"),
    "bank_reference": ("bankkenmerk", "volgnummer", "bank reference"),
}
YES = {"ja", "j", "yes", "1", "x", "retour", "r"}


class NotAStatement(WorkflowError):
    """The file cannot be read as a bank statement; the message says what was expected."""


@dataclass(frozen=True)
class StatementLine:
    """One payment on a statement: booked, come back, or received from somebody."""

    end_to_end: str
    booked_on: date
    amount: Decimal | None
    is_return: bool = False
    reason: str = ""
    # For money that came in: the number of the case that the sender wrote, and what the bank calls it.
    case: str = ""
    bank_reference: str = ""


def read(content: bytes) -> list[StatementLine]:
    """The payments in a statement that carry a number of ours.

    Raises:
        NotAStatement: neither camt nor CSV with the columns that are needed.
    """
    if len(content) > LARGEST_FILE:
        raise NotAStatement(_("Dit bestand is groter dan 5 MB. Kies een afschrift over minder dagen."))
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return list(_from_camt(content))
    try:
        return list(_from_csv(content))
    except csv.Error as error:
        raise NotAStatement(_("Dit bestand is geen CSV. Haal het opnieuw op bij de bank.")) from error


def _from_camt(content: bytes) -> Iterator[StatementLine]:
    # A statement has no document type; one that has is an attack by entities.
    if re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise NotAStatement(_("Dit XML-bestand is geen bankafschrift (camt.053 of camt.054)."))
    try:
        root = ET.fromstring(content)  # noqa: S314 - entities were refused above
    except ET.ParseError as error:
        raise NotAStatement(_("Dit XML-bestand is beschadigd. Haal het opnieuw op bij de bank.")) from error
    if "camt.05" not in root.tag:
        raise NotAStatement(_("Dit XML-bestand is geen bankafschrift (camt.053 of camt.054)."))
    for entry in root.iterfind(".//{*}Ntry"):
        yield from _lines_of(entry)


def _lines_of(entry: ET.Element) -> Iterator[StatementLine]:
    booked = entry.findtext(".//{*}BookgDt/{*}Dt") or (entry.findtext(".//{*}BookgDt/{*}DtTm") or "")[:10]
    direction = entry.findtext("{*}CdtDbtInd")
    # A simple line has no details; its own text is all there is.
    details = entry.findall(".//{*}TxDtls") or [entry]
    for transaction in details:
        number = transaction.findtext(".//{*}EndToEndId") or ""
        back = transaction.find("{*}RtrInf")
        is_credit = (transaction.findtext("{*}CdtDbtInd") or direction) == CREDIT
        case = _case_in(_texts(transaction, entry)) if is_credit and back is None else ""
        if not booked or not (number or case):
            continue
        amount = transaction.findtext("{*}Amt") or transaction.findtext(".//{*}TxAmt/{*}Amt")
        if case and len(details) == 1:
            amount = amount or entry.findtext("{*}Amt")
        is_return = back is not None or is_credit
        reason = ""
        if back is not None:
            reason = back.findtext(".//{*}AddtlInf") or back.findtext(".//{*}Rsn/{*}Cd") or ""
        try:
            day, euros = date.fromisoformat(booked), Decimal(amount) if amount else None
        except (ValueError, ArithmeticError) as error:
            raise NotAStatement(_("Dit XML-bestand is beschadigd. Haal het opnieuw op bij de bank.")) from error
        name = transaction.findtext(".//{*}AcctSvcrRef") or entry.findtext("{*}AcctSvcrRef") or ""
        yield StatementLine(number, day, euros, is_return, reason, case, name[:LONGEST_REFERENCE])


def _texts(transaction: ET.Element, entry: ET.Element) -> str:
    """Everything that the sender could have written."""
    found = [transaction.findtext(".//{*}EndToEndId"), entry.findtext("{*}AddtlNtryInf")]
    found += [each.text for each in transaction.iterfind(".//{*}RmtInf//*")]
    return " ".join(filter(None, found))


def _case_in(text: str) -> str:
    """The number of a case among these words, also without its dashes; empty when there is none."""
    found = re.search(r"\b(20\d{2})[\s-]?S[\s-]?(\d{5})\b", text, re.IGNORECASE)
    return f"{found[1]}-S-{found[2]}" if found else ""


def _from_csv(content: bytes) -> Iterator[StatementLine]:
    text = _decoded(content)
    first = text.splitlines()[0] if text.strip() else ""
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") >= first.count(",") else ",")
    names = {_plain(name): name for name in rows.fieldnames or [] if name}
    columns = {
        key: next((names[wanted] for wanted in known if wanted in names), None) for key, known in COLUMNS.items()
    }
    if not columns["end_to_end"] or not columns["booked_on"]:
        raise NotAStatement(
            _("Wij vinden de kolommen niet. Nodig zijn “betalingskenmerk” en “datum”, met op de eerste regel hun naam.")
        )
    for number, row in enumerate(rows, start=2):
        cells = {key: (row.get(name) or "").strip() if name else "" for key, name in columns.items()}
        case = _case_in(f"{cells['case']} {cells['reason']}") if cells["received"].lower() in YES else ""
        if not (cells["end_to_end"] or case):
            continue
        booked = notations.read_date(cells["booked_on"])
        if booked is None:
            raise NotAStatement(
                _("Op regel %(line)d staat geen datum: “%(text)s”.") % {"line": number, "text": cells["booked_on"]}
            )
        amount = notations.read_euro(cells["amount"].lstrip("-+")) if cells["amount"] else None
        is_return = cells["returned"].lower() in YES
        reason = cells["reason"] if is_return else ""
        name = cells["bank_reference"][:LONGEST_REFERENCE]
        yield StatementLine(cells["end_to_end"], booked, amount, is_return, reason, case, name)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
