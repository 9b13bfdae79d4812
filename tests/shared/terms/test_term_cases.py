"""The worked cases of the domain handbook, by their numbers there; each is the law's own arithmetic."""

from datetime import date
from decimal import Decimal

import pytest

from shared.terms import awb
from shared.terms.changes import Extension, Origin, Suspension
from shared.terms.clock import ends
from shared.terms.lengths import days, month, weeks, years
from shared.terms.penalty import penalty


@pytest.mark.parametrize(
    ("case", "received", "expected"),
    [
        (1, date(2026, 1, 5), date(2026, 3, 2)),
        (2, date(2026, 1, 31), date(2026, 3, 30)),
        (4, date(2026, 2, 28), date(2026, 4, 28)),
        (5, date(2026, 3, 10), date(2026, 5, 6)),
        (8, date(2026, 10, 30), date(2026, 12, 28)),
        (11, date(2024, 1, 4), date(2024, 2, 29)),
        (13, date(2027, 3, 10), date(2027, 5, 10)),
    ],
)
def test_a_decision_is_due_eight_weeks_after_receipt(case, received, expected):
    assert awb.decision_due(received).due_legal == expected, case


@pytest.mark.parametrize(
    ("case", "received", "term", "expected"),
    [
        (15, date(2026, 3, 6), weeks(4), date(2026, 4, 3)),
        (16, date(2026, 1, 3), weeks(13), date(2026, 4, 4)),
    ],
)
def test_a_local_term_stays_on_a_free_day(case, received, term, expected):
    assert awb.decision_due(received, local_term=term).due_legal == expected, case


def test_case_17_a_term_counted_back_may_end_on_a_saturday():
    assert awb.lead_time(date(2026, 6, 20), weeks(4)).due_legal == date(2026, 5, 23)


def waiting(invited, due, completed=None):
    return [Suspension.for_completion(invited_on=invited, due_on=due, completed_on=completed)]


@pytest.mark.parametrize(
    ("case", "received", "suspensions", "expected"),
    [
        (20, date(2026, 1, 12), waiting(date(2026, 1, 26), date(2026, 2, 9), date(2026, 2, 4)), date(2026, 3, 17)),
        (21, date(2026, 1, 12), waiting(date(2026, 1, 26), date(2026, 2, 9)), date(2026, 3, 23)),
        (24, date(2026, 1, 12), waiting(date(2026, 1, 26), date(2026, 2, 9), date(2026, 1, 27)), date(2026, 3, 9)),
        (25, date(2026, 1, 12), waiting(date(2026, 1, 26), None, date(2026, 2, 4)), date(2026, 3, 9)),
        (27, date(2026, 2, 9), waiting(date(2026, 2, 23), date(2026, 3, 9), date(2026, 3, 4)), date(2026, 4, 14)),
    ],
)
def test_the_clock_stands_still_while_waiting_for_the_applicant(case, received, suspensions, expected):
    assert awb.decision_due(received, suspensions=suspensions).due_legal == expected, case


def test_case_21_the_safe_date_is_one_day_earlier():
    suspensions = waiting(date(2026, 1, 26), date(2026, 2, 9))

    assert awb.decision_due(date(2026, 1, 12), suspensions=suspensions).due_safe == date(2026, 3, 22)


def test_case_22_not_processing_is_due_four_weeks_after_the_unused_term():
    assert awb.not_processed_due(date(2026, 2, 9)).due_legal == date(2026, 3, 9)


def test_case_29_a_message_in_time_replaces_the_eight_weeks_and_a_late_one_does_not():
    in_time = Extension(date(2026, 2, 20), weeks(12), from_start=True)
    late = Extension(date(2026, 3, 3), weeks(12), from_start=True)

    assert awb.decision_due(date(2026, 1, 5), extensions=[in_time]).due_legal == date(2026, 3, 30)
    assert awb.decision_due(date(2026, 1, 5), extensions=[late]).due_legal == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("case", "notified", "expected"),
    [
        (31, date(2026, 1, 6), date(2026, 2, 17)),
        (32, date(2026, 1, 8), date(2026, 2, 19)),
        (34, date(2026, 4, 2), date(2026, 5, 18)),
        (36, date(2026, 11, 13), date(2026, 12, 28)),
        (40, date(2023, 4, 14), date(2023, 5, 26)),
    ],
)
def test_an_objection_is_due_six_weeks_after_the_decision_was_sent(case, notified, expected):
    assert awb.objection_due(notified).due_legal == expected, case


def test_case_39_a_posted_objection_may_arrive_a_week_later():
    assert awb.objection_by_post_due(date(2026, 2, 17)) == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("case", "notified", "committee", "expected"),
    [
        (41, date(2023, 4, 14), False, date(2023, 7, 7)),
        (42, date(2026, 1, 6), True, date(2026, 5, 12)),
        (44, date(2026, 2, 20), False, date(2026, 5, 19)),
    ],
)
def test_a_decision_on_an_objection_counts_from_the_moved_end_of_the_term_to_object(
    case, notified, committee, expected
):
    ended = awb.objection_due(notified).due_legal

    assert awb.objection_decision_due(ended, committee=committee).due_legal == expected, case


@pytest.mark.parametrize(
    ("case", "sent", "expected"),
    [(46, date(2026, 3, 13), date(2026, 4, 24)), (47, date(2026, 3, 16), date(2026, 4, 28))],
)
def test_payment_is_due_six_weeks_after_the_decision_was_sent(case, sent, expected):
    assert awb.payment_due(sent).due_legal == expected, case


def test_cases_49_and_50_the_penalty_starts_after_two_weeks_and_runs_forty_two_days():
    running = penalty(date(2026, 3, 4), term_ended_on=date(2026, 3, 2))

    assert running.first_legal == date(2026, 3, 19)
    assert running.last_day == date(2026, 4, 29)
    assert running.most == Decimal(1442)
    assert running.amount_on(date(2026, 4, 2)) == Decimal(14 * 23 + 35)
    assert running.amount_on(date(2026, 3, 18)) == 0


def test_case_52_a_statutory_term_of_three_days_holds_two_working_days():
    assert ends(date(2026, 12, 24), days(3)).due_legal == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("case", "ended", "expected"),
    [(55, date(2026, 11, 30), date(2027, 2, 28)), (57, date(2027, 11, 30), date(2028, 2, 29))],
)
def test_a_term_in_months_ends_on_the_same_day_number_or_the_last_of_the_month(case, ended, expected):
    assert ends(ended, month(3), Origin.LOCAL).due_legal == expected, case


def test_case_61_retention_in_years_never_moves():
    assert ends(date(2026, 6, 15), years(7)).due_legal == date(2033, 6, 15)
