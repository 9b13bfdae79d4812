"""The rule that weighs an offer against a need, and says why."""

from datetime import date

import pytest

from partners.rules.matching import ENOUGH, Reason, Wish, compare, shared_words, words_of
from partners.rules.words import stem

SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)
HERE, ELSEWHERE = 1, 2


def wish(**values) -> Wish:
    return Wish(**{"kind": "place", "wijken": frozenset({HERE})} | values)


def test_a_room_in_the_same_wijk_on_the_asked_saturday_fits_and_says_why():
    offer = wish(weekdays=frozenset({6, 7}), words=words_of("Grote zaal voor feesten"))
    need = wish(first=SATURDAY, last=SATURDAY, words=words_of("Feest voor de straat in een zaal"))

    fit = compare(offer, need)

    assert fit.is_enough
    assert fit.reasons == (
        Reason("wijk"),
        Reason("kind", "place"),
        Reason("day", "2026-12-05"),
        Reason("word", "feest"),
        Reason("word", "zaal"),
    )


def test_kind_and_wijk_alone_are_not_enough_to_bother_people_with():
    fit = compare(wish(), wish())

    assert fit.points < ENOUGH


@pytest.mark.parametrize(
    "offer",
    [
        wish(kind="money"),
        wish(wijken=frozenset({ELSEWHERE})),
        wish(weekdays=frozenset({1, 2})),
        wish(first=date(2027, 1, 1)),
        wish(last=date(2026, 12, 1)),
        wish(parts=frozenset({"morning"})),
    ],
    ids=["another kind", "another wijk", "other weekdays", "begins later", "over before", "another part of the day"],
)
def test_without_a_condition_there_is_no_match(offer):
    need = wish(first=SATURDAY, last=SATURDAY, parts=frozenset({"evening"}), words=words_of("zaal"))

    assert compare(offer, need) is None


def test_the_same_buurt_and_theme_count():
    fit = compare(wish(buurt=3, themes=frozenset({7, 8})), wish(buurt=3, themes=frozenset({8})))

    assert [reason.code for reason in fit.reasons] == ["wijk", "kind", "buurt", "theme"]
    assert fit.is_enough


@pytest.mark.parametrize(
    ("kind", "is_enough"),
    [("money", True), ("hours", True), ("publicity", True), ("place", False), ("materials", False), ("permit", False)],
)
def test_a_theme_alone_says_what_money_is_for_and_not_which_things(kind, is_enough):
    about_green = {"kind": kind, "themes": frozenset({7})}

    fit = compare(wish(**about_green), wish(**about_green))

    assert fit.is_enough is is_enough
    assert fit.reasons[-1] == Reason("theme", "7")


def test_the_same_weekday_and_theme_are_enough_for_a_room():
    on_saturday = {"themes": frozenset({7}), "weekdays": frozenset({6})}

    assert compare(wish(**on_saturday), wish(**on_saturday)).is_enough


def test_the_day_of_an_offer_is_no_reason_for_a_need_without_a_time():
    saturday = date(2026, 12, 5)
    offer = wish(first=saturday, last=saturday)

    without = compare(offer, wish())
    in_december = compare(offer, wish(first=date(2026, 12, 1), last=date(2026, 12, 31)))

    assert not [reason for reason in without.reasons if reason.code == "day"]
    assert Reason("day", "2026-12-05") in in_december.reasons


def test_shared_weekdays_count_when_neither_side_names_a_day():
    fit = compare(wish(weekdays=frozenset({5, 6})), wish(weekdays=frozenset({6, 7})))

    assert Reason("weekday", "6") in fit.reasons


def test_a_long_list_of_shared_words_does_not_outweigh_everything():
    words = words_of("bloem bank tuin gieter schep")

    few, many = (
        compare(wish(words=words_of("tuinen banken schep")), wish(words=words)),
        compare(wish(words=words), wish(words=words)),
    )

    assert few.points == many.points


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tuinen", "tuin"),
        ("straten", "straat"),
        ("ballen", "bal"),
        ("tafels", "tafel"),
        ("zalen", "zaal"),
        ("feest", "feest"),
    ],
)
def test_singular_and_plural_are_one_word(word, expected):
    assert stem(word) == expected


def test_a_compound_shares_its_last_part():
    assert shared_words(words_of("veertig klapstoelen"), words_of("Wij zoeken stoelen")) == {"stoelen"}


@pytest.mark.parametrize(
    ("offer", "need"),
    [
        ("hout voor een insectenhotel", "een hotel"),
        ("ons schoolplein", "het Krugerplein, een plein"),
        ("de werkplaats", "een plaats"),
    ],
)
def test_an_end_that_says_nothing_of_the_thing_is_not_shared(offer, need):
    assert shared_words(words_of(offer), words_of(need)) == set()


def test_words_that_every_plan_uses_say_nothing():
    assert words_of("Wij zoeken hulp voor bewoners van deze wijk") == {}
    assert words_of("Twee gezellige activiteiten rond het centrum, gratis") == {}
