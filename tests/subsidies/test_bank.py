"""What banks speak: numbers, payment files that fit the schema, and statements."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import municipality
from subsidies.bank import iban, payment_file, statement
from subsidies.bank.statement import NotAStatement, StatementLine

DAY = date(2026, 5, 6)

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="EUR">750.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-05-06</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>2026-S-00001-1</EndToEndId></Refs><Amt Ccy="EUR">750.00</Amt>
<CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><DtTm>2026-05-06T10:00:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>2026-S-00002-1</EndToEndId></Refs>
<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-05-06</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        ("nl91abna0417164300", "NL91ABNA0417164300"),
        ("IBAN: NL91.ABNA.0417.1643.00".replace("IBAN: ", "IBAN"), "NL91ABNA0417164300"),
        ("BE68 5390 0754 7034", "BE68539007547034"),
        ("NL92ABNA0417164300", None),
        ("0417164300", None),
        ("NL91", None),
        ("", None),
    ],
)
def test_an_iban_is_read_in_every_notation_and_checked(typed, read):
    assert iban.read(typed) == read


def test_an_iban_is_shown_in_groups_or_as_its_last_four_signs():
    assert iban.shown("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"
    assert iban.masked("NL91ABNA0417164300") == "•••• 4300"
    assert (iban.is_foreign("BE68539007547034"), iban.is_foreign("NL91ABNA0417164300")) == (True, False)


@pytest.mark.parametrize(
    ("holder", "name", "same"),
    [
        ("A. de Vries", "Anna de Vries", True),
        ("ZOË BEWÓNER", "Zoe Bewoner", True),
        ("Hr P Jansen eo", "Anna de Vries", False),
        ("J. de Boer", "Anna de Vries", False),
    ],
)
def test_names_are_the_same_when_they_share_a_word_that_tells_something(holder, name, same):
    assert iban.same_name(holder, "", name) is same


sepa_lines = st.lists(
    st.builds(
        payment_file.Line,
        end_to_end=st.integers(1, 99_999).map(lambda n: f"2026-S-{n:05d}-1"),
        holder=st.text(min_size=1, max_size=70).filter(str.strip),
        iban=st.sampled_from(["NL91ABNA0417164300", "BE68539007547034"]),
        amount=st.integers(1, 99_999_999).map(lambda n: n * Decimal("0.01")),
        description=st.text(min_size=1, max_size=140).filter(str.strip),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=20)  # checking the schema takes a while
@given(sepa_lines)
def test_whatever_people_are_called_the_file_fits_the_schema_and_adds_up(lines):
    # `write` refuses a file that does not fit the schema.
    written = payment_file.write("WBW-1", lines, execute_on=DAY, debtor=municipality.current().bank)

    root = ET.fromstring(written)
    sums = [Decimal(node.text) for node in root.iterfind(".//{*}GrpHdr/{*}CtrlSum")]
    amounts = [Decimal(node.text) for node in root.iterfind(".//{*}InstdAmt")]
    assert sums == [sum(line.amount for line in lines)] == [sum(amounts)]
    assert {node.text for node in root.iterfind(".//{*}MsgId")} == {"WBW-1"}
    assert sorted(n.text for n in root.iterfind(".//{*}EndToEndId")) == sorted(line.end_to_end for line in lines)


def test_the_file_says_who_pays_whom_when_and_why():
    line = payment_file.Line("2026-S-00001-1", "Zoë & Söhne", "NL91ABNA0417164300", Decimal("1250.05"), "Buurtbon <1>")

    root = ET.fromstring(payment_file.write("WBW-1", [line], execute_on=DAY, debtor=municipality.current().bank))

    def text(path):
        return root.findtext(".//" + "/".join(f"{{*}}{step}" for step in path.split("/")))

    assert root.tag == "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}Document"
    assert (text("DbtrAcct/Id/IBAN"), text("Dbtr/Nm")) == ("NL61BNGH0285000000", "Gemeente Hendrik-Ido-Ambacht")
    assert (text("CdtrAcct/Id/IBAN"), text("Cdtr/Nm")) == ("NL91ABNA0417164300", "Zoe Sohne")
    assert (text("InstdAmt"), text("ReqdExctnDt/Dt"), text("Ustrd")) == ("1250.05", "2026-05-06", "Buurtbon 1")


def test_a_camt_statement_tells_what_was_booked_and_what_came_back():
    assert statement.read(CAMT.encode()) == [
        StatementLine("2026-S-00001-1", DAY, Decimal("750.00")),
        StatementLine("2026-S-00002-1", DAY, None, is_return=True, reason="AC01"),
    ]


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_csv_is_read_with_the_columns_in_any_order(mark):
    text = (
        f"{mark}Datum;Bedrag;Kenmerk;Retour;Omschrijving\n"
        "06-05-2026;-750,00;2026-S-00001-1;;Buurtbon\n"
        "6 mei 2026;1.250,00;2026-S-00002-1;ja;Rekening opgeheven\n"
        "06-05-2026;3,00;;;Kosten\n"
    )

    assert statement.read(text.encode()) == [
        StatementLine("2026-S-00001-1", DAY, Decimal(750)),
        StatementLine("2026-S-00002-1", DAY, Decimal(1250), is_return=True, reason="Rekening opgeheven"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kolommen"),
        (b"naam;bedrag\nAnna;3\n", "kolommen"),
        (b"kenmerk;datum\nX;gisteren\n", "regel 2"),
        (b"<html></html>", "geen bankafschrift"),
        (b"<Document xmlns='urn:camt.053'><open>", "beschadigd"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Document/>', "geen bankafschrift"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_what_is_not_a_statement_is_refused_with_what_was_expected(content, said):
    with pytest.raises(NotAStatement, match=said):
        statement.read(content)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content):
    try:
        statement.read(content)
    except NotAStatement:
        return


def test_a_file_has_one_fingerprint():
    assert payment_file.fingerprint(b"a") != payment_file.fingerprint(b"b")
