from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.moments.moment import Moment
from partners.rules.agenda import Window, days, recurrence_rule
from shared.terms.calendar import AMSTERDAM


def moment(starts, ends=None, **fields):
    return Moment(uid="x", title="Overleg", starts=starts, ends=ends, path="/", kind="", changed_at=starts, **fields)


def test_every_week_is_the_same_day_of_the_week_up_to_and_including_the_last_day():
    assert list(days(date(2026, 3, 17), "weekly", date(2026, 4, 7))) == [
        date(2026, 3, 17),
        date(2026, 3, 24),
        date(2026, 3, 31),
        date(2026, 4, 7),
    ]


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (date(2026, 1, 13), date(2026, 4, 30), [(1, 13), (2, 10), (3, 10), (4, 14)]),
        (date(2026, 1, 30), date(2026, 5, 31), [(1, 30), (2, 27), (3, 27), (4, 24), (5, 29)]),
        (date(2026, 11, 3), date(2027, 2, 28), [(11, 3), (12, 1), (1, 5), (2, 2)]),
    ],
)
def test_every_month_is_the_second_tuesday_or_the_last_friday(first, until, expected):
    found = list(days(first, "monthly", until))

    assert [(day.month, day.day) for day in found] == expected


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 400), st.sampled_from(["weekly", "monthly"]))
def test_what_comes_back_keeps_its_weekday_and_never_comes_twice_in_a_week(first, length, repeats):
    until = date.fromordinal(first.toordinal() + length)

    found = list(days(first, repeats, until))

    assert {day.weekday() for day in found} == {first.weekday()}
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(found))
    assert found[-1] <= until


def test_half_past_seven_stays_half_past_seven_when_the_clock_changes():
    starts = datetime(2026, 3, 24, 19, 30, tzinfo=AMSTERDAM)
    weekly = moment(starts, datetime(2026, 3, 24, 21, 0, tzinfo=AMSTERDAM), repeats="weekly", until=date(2026, 4, 7))

    found = list(weekly.on_each_day(Window(date(2026, 3, 24), date(2026, 4, 7))))

    assert [each.starts.astimezone(AMSTERDAM).strftime("%d %H:%M") for each in found] == [
        "24 19:30",
        "31 19:30",
        "07 19:30",
    ]
    assert [each.starts.astimezone(UTC).hour for each in found] == [18, 17, 17]
    assert [each.ends.astimezone(AMSTERDAM).hour for each in found] == [21, 21, 21]


def test_only_the_days_of_the_period_are_given_and_something_of_several_days_counts_until_its_last():
    camp = moment(date(2026, 7, 30), date(2026, 8, 2))

    assert list(camp.on_each_day(Window(date(2026, 8, 1), date(2026, 8, 31)))) == [camp]
    assert list(camp.on_each_day(Window(date(2026, 8, 3), date(2026, 8, 31)))) == []


def test_the_rule_for_calendars_ends_in_utc_at_the_end_of_the_last_day_here():
    starts = datetime(2026, 1, 30, 19, 30, tzinfo=AMSTERDAM)

    assert recurrence_rule(starts, "monthly", date(2026, 7, 31)) == {
        "freq": "MONTHLY",
        "byday": "-1FR",
        "until": datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC),
    }
    assert recurrence_rule(starts, "once", None) == {}


def test_the_hours_of_a_moment_read_as_people_say_them():
    evening = datetime(2026, 3, 24, 19, 30, tzinfo=AMSTERDAM)

    assert moment(evening, datetime(2026, 3, 24, 20, 0, tzinfo=UTC)).hours == "19:30 tot 21:00 uur"
    assert moment(evening).hours == "19:30 uur"
    assert moment(date(2026, 3, 24)).hours == "hele dag"
    assert moment(date(2026, 3, 24), date(2026, 3, 25)).hours == "tot en met woensdag 25 maart 2026"
