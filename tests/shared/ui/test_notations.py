import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ui import notations, text
from shared.ui.notations import Ambiguous, HouseNumber

CASES = json.loads((Path(__file__).parents[2] / "data/edge_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["postcodes"]["valid"], ids=lambda case: case["invoer"])
def test_a_postcode_is_read_in_every_notation(case):
    assert notations.read_postcode(case["invoer"]) == case["genormaliseerd"]


@pytest.mark.parametrize("case", CASES["postcodes"]["lenient"], ids=lambda case: case["invoer"])
def test_a_hyphen_in_a_postcode_is_forgiven(case):
    assert notations.read_postcode(case["invoer"]) == "3342 AC"


@pytest.mark.parametrize("case", CASES["postcodes"]["invalid"], ids=lambda case: case["reden"])
def test_what_is_not_a_postcode_is_refused(case):
    assert notations.read_postcode(case["invoer"]) is None


@pytest.mark.parametrize(
    "case", [case for case in CASES["house_numbers"] if case["geldig"]], ids=lambda case: case["invoer"]
)
def test_a_house_number_is_split_as_the_address_register_does(case):
    expected = HouseNumber(case["huisnummer"], case["huisletter"], case["toevoeging"])

    assert notations.read_house_number(case["invoer"]) == expected


@pytest.mark.parametrize(
    "case", [case for case in CASES["house_numbers"] if case["geldig"] is False], ids=lambda case: case["invoer"]
)
def test_what_is_not_a_house_number_is_refused(case):
    assert notations.read_house_number(case["invoer"]) is None


@pytest.mark.parametrize(
    "typed", [case["invoer"] for case in CASES["house_numbers"] if case["geldig"] is None] + ["12-14"]
)
def test_a_house_number_that_can_mean_two_things_is_asked_about(typed):
    with pytest.raises(Ambiguous):
        notations.read_house_number(typed)


@pytest.mark.parametrize("case", CASES["amounts"], ids=lambda case: case["invoer"] or "leeg")
def test_an_amount_is_read_as_people_write_it_or_not_at_all(case):
    expected = None if case["waarde"] is None else Decimal(str(case["waarde"]))

    assert notations.read_euro(case["invoer"]) == expected


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: case["invoer"])
def test_a_date_is_read_as_people_write_it_or_not_at_all(case):
    expected = case["iso"] if case["iso"] and case["iso"][0].isdigit() else None

    found = notations.read_date(case["invoer"])

    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize("typed", ["28 mrt 2026", "28 Maart 2026", "28 mrt. 2026", "28 march 2026", "28 - 3 - 2026"])
def test_months_may_be_names_in_two_languages(typed):
    assert notations.read_date(typed) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("06 12345678", "+31612345678", "06 12345678"),
        ("06-12345678", "+31612345678", "06 12345678"),
        ("+31 6 1234 5678", "+31612345678", "06 12345678"),
        ("0031612345678", "+31612345678", "06 12345678"),
        ("(078) 770 26 00", "+31787702600", "078 770 2600"),
        ("14078", "14 078", "14 078"),
        ("14 0182", "14 0182", "14 0182"),
        ("+32 470 12 34 56", "+32470123456", "+32 470 12 34 56"),
    ],
)
def test_a_phone_number_is_kept_in_one_notation_and_shown_in_the_dutch_one(typed, stored, shown):
    assert notations.read_phone(typed) == stored
    assert notations.phone_text(stored) == shown


@pytest.mark.parametrize("typed", ["06 1234567", "112", "bel mij", "078 770 2600 tst 12", ""])
def test_what_is_not_a_phone_number_is_refused(typed):
    assert notations.read_phone(typed) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_that_is_written_is_read_back_to_the_cent(amount):
    assert notations.read_euro(notations.euro_text(amount)) == amount


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_a_date_that_is_written_is_read_back(day):
    assert notations.read_date(f"{day.day}-{day.month}-{day.year}") == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Buurtbarbecue in de straat 🎉", "Buurtbarbecue in de straat 🎉"),
        ("regel een\r\nregel twee", "regel een\nregel twee"),
        ("Robert'); DROP TABLE initiatieven;--", "Robert'); DROP TABLE initiatieven;--"),
        ("SSRF Test 1", "SSRF Test 1"),
        ("مرحبا بالجيران", "مرحبا بالجيران"),
        ("Liesje Leerde Lotje Lopen Langs de Lange Lindelaan", "Liesje Leerde Lotje Lopen Langs de Lange Lindelaan"),
        ("\u202eomgekeerd", "omgekeerd"),
    ],
)
def test_free_text_keeps_its_meaning_and_loses_what_nobody_sees(typed, expected):
    assert typed in CASES["free_text"]
    assert text.paragraphs(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Anne  Marie", "Anne Marie"),
        ("Rene\u0301e", "Renée"),
        ("Ĳsbrand ĳzerman", "IJsbrand ijzerman"),
        ("naam\x00\x07", "naam"),
        ("a\tb\nc", "a b c"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_one_line_is_tidied(typed, expected):
    assert text.one_line(typed) == expected


@given(st.text())
def test_tidying_twice_changes_nothing_more(typed):
    assert text.one_line(text.one_line(typed)) == text.one_line(typed)
    assert text.paragraphs(text.paragraphs(typed)) == text.paragraphs(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("19:30", time(19, 30)),
        ("19.30", time(19, 30)),
        ("19u30", time(19, 30)),
        ("1930", time(19, 30)),
        ("9 uur", time(9, 0)),
        ("9.00 uur", time(9, 0)),
        ("0:15", time(0, 15)),
        ("24:00", None),
        ("19:60", None),
        ("half acht", None),
        ("", None),
    ],
)
def test_a_time_on_the_clock_is_read_in_the_notations_that_people_use(typed, expected):
    assert notations.read_time(typed) == expected
