from datetime import date
from decimal import Decimal

import pytest

from initiatives.enums import Status
from initiatives.imports import values
from initiatives.imports.columns import ColumnsUnclear, recognise
from initiatives.imports.values import ValueUnclear

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("", None),
        ("1", "1"),
        ("2500", "2500"),
        ("€ 17.659,-", "17659"),
        ("€ 80,95", "80.95"),
        ("€ 3.000,00", "3000"),
        ("1.000", "1000"),
        ("300.000", "300000"),
        ("EUR 750", "750"),
        ("€ 250,--", "250"),
        ("1197.75", "1197.75"),
        ("155.4", "155.4"),
    ],
)
def test_amounts_are_read_in_the_notations_of_lists(text, euros):
    assert values.amount(text) == (None if euros is None else Decimal(euros))


@pytest.mark.parametrize("text", ["-50", "duizend euro", "1,000", "12 of 13", "999999999999"])
def test_an_amount_that_cannot_be_read_is_refused_with_its_words(text):
    with pytest.raises(ValueUnclear, match=text):
        values.amount(text)


def test_a_year_must_be_one_that_a_list_can_hold():
    assert values.year("2019", today=TODAY) == 2019
    assert values.year("", today=TODAY) is None
    for text in ("1820", "2028", "vorig jaar", "19"):
        with pytest.raises(ValueUnclear, match=text):
            values.year(text, today=TODAY)


@pytest.mark.parametrize(
    "text", ["28-3-2026", "28-03-2026", "28/3/2026", "28.03.2026", "28 maart 2026", "2026-03-28", "2026-03-28 10:15:00"]
)
def test_dates_are_read_in_the_notations_of_lists(text):
    assert values.day(text) == date(2026, 3, 28)


@pytest.mark.parametrize("text", ["31-2-2026", "29-02-2025", "binnenkort"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueUnclear, match=text):
        values.day(text)


def test_statuses_follow_the_list_and_what_the_caller_says():
    assert values.status("Niet  gekozen", {}) is Status.DECLINED
    assert values.status("", {}) is Status.RECEIVED
    assert values.status("zomaar", {"zomaar": Status.DONE}) is Status.DONE
    with pytest.raises(ValueUnclear, match="zomaar"):
        values.status("zomaar", {})


def test_columns_are_recognised_by_several_names():
    found = recognise(["Zaaknummer", "Titel", "bedrag_eur", "Categorie", "E-mail", "iets"], {})

    assert found == {
        "source_id": "Zaaknummer",
        "title": "Titel",
        "amount": "bedrag_eur",
        "category": "Categorie",
        "email": "E-mail",
    }


def test_what_the_caller_says_about_columns_comes_first():
    assert recognise(["titel", "kop"], {"title": "kop"}) == {"title": "kop"}


@pytest.mark.parametrize(
    ("headings", "chosen", "words"),
    [
        (["omschrijving"], {}, "Geen kolom met titels"),
        (["titel"], {"kleur": "titel"}, "geen veld"),
        (["titel"], {"what": "uitleg"}, "staat niet in het bestand"),
    ],
)
def test_unclear_columns_are_told_in_words(headings, chosen, words):
    with pytest.raises(ColumnsUnclear, match=words):
        recognise(headings, chosen)
