"""Working days against the handbook's lists and against an independent Easter."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from shared.terms import calendar

DAYS = st.dates(date(2023, 1, 1), date(2031, 12, 31))
# Easter Sundays by Gauss, as the handbook lists them.
EASTER = [(2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2031, 4, 13)]


@pytest.mark.parametrize("easter", [date(*day) for day in EASTER])
def test_the_days_around_easter_are_free_as_the_act_says(easter):
    good_friday, monday, ascension, whit_monday = (easter + timedelta(days=n) for n in (-2, 1, 39, 50))

    assert not any(map(calendar.is_working_day, [good_friday, monday, ascension, whit_monday]))
    assert calendar.is_working_day(easter - timedelta(days=3))
    assert calendar.is_working_day(easter + timedelta(days=2))


@pytest.mark.parametrize("year", range(2023, 2032))
def test_liberation_day_is_free_every_year(year):
    assert not calendar.is_working_day(date(year, 5, 5))


@pytest.mark.parametrize(
    ("celebrated", "ordinary"),
    [(date(2026, 4, 27), date(2026, 4, 28)), (date(2031, 4, 26), date(2031, 4, 28))],
)
def test_the_kings_birthday_is_the_day_on_which_it_is_celebrated(celebrated, ordinary):
    assert not calendar.is_working_day(celebrated)
    assert calendar.is_working_day(ordinary)


def test_equated_days_are_free():
    assert not any(map(calendar.is_working_day, calendar.EQUATED_DAYS))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 3, date(2026, 11, 26)),
        (date(2026, 11, 26), 3, date(2026, 12, 1)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday, weekend, Easter Monday
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # New Year's Day, weekend
        (date(2027, 5, 4), 1, date(2027, 5, 10)),  # 5 May, Ascension Day, an equated Friday, weekend
    ],
)
def test_adding_working_days_skips_what_is_free(start, days, expected):
    assert calendar.add_working_days(start, days) == expected


@given(start=DAYS, days=st.integers(0, 40))
def test_adding_and_counting_are_each_others_mirror(start, days):
    end = calendar.add_working_days(start, days)

    assert calendar.working_days_between(start, end) == days
    assert calendar.working_days_between(end, start) == -days


@given(start=DAYS, days=st.integers(1, 40))
def test_a_counted_term_ends_on_a_working_day(start, days):
    assert calendar.is_working_day(calendar.add_working_days(start, days))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 23), "vandaag"),
        (date(2026, 11, 24), "nog 1 dag"),
        (date(2026, 11, 25), "nog 2 dagen"),
        (date(2026, 11, 22), "1 dag te laat"),
        (date(2026, 11, 20), "3 dagen te laat"),
    ],
)
def test_time_left_is_said_in_words(due, words):
    with translation.override("nl"):
        assert calendar.days_left_in_words(due, date(2026, 11, 23)) == words


@time_machine.travel(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), tick=False)
def test_today_is_the_date_in_the_netherlands_whoever_asks():
    with timezone.override("America/New_York"):
        assert calendar.today() == date(2026, 7, 1)
