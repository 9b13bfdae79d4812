from datetime import date

import pytest

from shared.reports.periods import Period


def test_a_quarter_knows_its_days_and_name():
    quarter = Period.named("2026-K4")

    assert (quarter.first_day, quarter.next_day) == (date(2026, 10, 1), date(2027, 1, 1))
    assert (quarter.name, quarter.label) == ("2026-K4", "4e kwartaal 2026")
    assert [moment.isoformat() for moment in quarter.moments] == [
        "2026-10-01T00:00:00+02:00",
        "2026-12-31T23:59:59.999999+01:00",
    ]


def test_a_year_is_a_period_too():
    year = Period.named("2026")

    assert (year.first_day, year.next_day, year.label) == (date(2026, 1, 1), date(2027, 1, 1), "heel 2026")


@pytest.mark.parametrize("name", ["", "26", "2026-K5", "2026-K0", "2026-4", "1800", "zomaar"])
def test_other_words_are_no_period(name):
    assert Period.named(name) is None


def test_the_choices_run_from_the_first_day_to_today():
    names = [period.name for period in Period.until(date(2026, 5, 1), since=date(2025, 8, 15))]

    assert names == ["2026", "2026-K2", "2026-K1", "2025", "2025-K4", "2025-K3"]
