"""Properties of the legal clock, and the words with which it explains itself."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shared.terms import awb
from shared.terms.calendar import KNOWN, Calendar
from shared.terms.changes import Extension, Notice, Origin, Outage, Suspension
from shared.terms.clock import ends
from shared.terms.lengths import days, month, weeks, years
from shared.terms.penalty import Rates, penalty

DAY = timedelta(days=1)
EVENTS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
WEEKS = st.integers(1, 26).map(weeks)
LENGTHS = st.one_of(st.integers(1, 120).map(days), WEEKS, st.integers(1, 24).map(month), st.integers(1, 10).map(years))


@st.composite
def waits(draw, event):
    """A wait that starts while eight weeks run, and how long it lasts."""
    first = event + draw(st.integers(1, 50)) * DAY
    last = first + draw(st.integers(0, 40)) * DAY
    return Suspension(first, last, last, "wachten op u")


@given(EVENTS, st.integers(1, 12).map(weeks))
def test_a_short_statutory_term_never_ends_on_a_free_day(event, length):
    assert KNOWN.is_working_day(ends(event, length).due_legal)


@given(EVENTS, LENGTHS)
def test_a_local_term_is_the_plain_sum(event, length):
    assert ends(event, length, Origin.LOCAL).due_legal == length.after(event)


@pytest.mark.parametrize("length", [days(91), weeks(13), month(4), years(1)])
@given(event=EVENTS)
def test_a_long_statutory_term_never_moves(length, event):
    assert ends(event, length).due_legal == length.after(event)


@given(EVENTS, LENGTHS)
def test_a_day_later_never_ends_earlier(event, length):
    assert ends(event, length).due_legal <= ends(event + DAY, length).due_legal


@given(EVENTS, LENGTHS)
def test_the_act_moves_forward_and_never_over_a_working_day_that_will_do(event, length):
    deadline = ends(event, length)

    skipped = [deadline.nominal + n * DAY for n in range((deadline.due_legal - deadline.nominal).days)]
    assert deadline.due_legal >= deadline.nominal
    # A term of days may move over one working day to hold two of them.
    assert sum(map(KNOWN.is_working_day, skipped)) <= (1 if length.unit.name == "DAYS" else 0)


@given(st.data(), EVENTS)
def test_a_wait_adds_exactly_its_days_to_the_nominal_end(data, event):
    wait = data.draw(waits(event))

    deadline = awb.decision_due(event, suspensions=[wait])

    assert deadline.nominal == event + timedelta(weeks=8) + DAY * ((wait.last - wait.first).days + 1)
    assert len(deadline.suspended) == (wait.last - wait.first).days + 1


@given(st.data(), EVENTS)
def test_a_day_in_two_waits_counts_once(data, event):
    first, second = data.draw(waits(event)), data.draw(waits(event))

    deadline = awb.decision_due(event, suspensions=[first, second])

    assert deadline.nominal - event == timedelta(weeks=8) + len(deadline.suspended) * DAY
    assert deadline == awb.decision_due(event, suspensions=[second, first])


@given(EVENTS)
def test_a_wait_after_the_end_adds_nothing(event):
    due = awb.decision_due(event).due_legal
    wait = Suspension(due + DAY, due + 9 * DAY, due + 9 * DAY, "wachten op u")

    assert awb.decision_due(event, suspensions=[wait]).due_legal == due


@given(EVENTS, st.booleans())
def test_a_chain_of_terms_counts_from_the_moved_end_of_the_one_before(event, committee):
    last_day = awb.objection_due(event).due_legal

    deadline = awb.objection_decision_due(last_day, committee=committee)

    assert deadline.nominal == last_day + timedelta(weeks=12 if committee else 6)
    assert deadline.due_legal >= deadline.nominal


@given(st.data(), EVENTS)
def test_the_safe_date_is_never_later_than_the_legal_one(data, event):
    due_on = event + data.draw(st.integers(10, 40)) * DAY
    wait = Suspension.for_completion(invited_on=event + 5 * DAY, due_on=due_on)

    deadline = awb.decision_due(event, suspensions=[wait])

    assert deadline.due_safe < deadline.due_legal


@given(EVENTS, st.floats(0.01, 1))
def test_a_share_of_the_term_is_used_within_the_term(event, share):
    deadline = awb.decision_due(event)

    assert event < deadline.share_used_on(share) <= deadline.due_safe


def test_warnings_wait_while_the_clock_stands_still():
    wait = Suspension(date(2026, 1, 27), date(2026, 2, 3), date(2026, 2, 3), "wachten op u")
    deadline = awb.decision_due(date(2026, 1, 12), suspensions=[wait])

    # 28 of the 56 days: fourteen before the wait, fourteen after it.
    assert deadline.share_used_on(0.5) == date(2026, 2, 17)


def test_a_notice_that_it_will_be_late_moves_nothing():
    deadline = awb.decision_due(date(2026, 1, 5), notices=[Notice(date(2026, 2, 20), date(2026, 4, 1))])

    assert deadline.due_legal == date(2026, 3, 2)
    assert "blijft staan" in deadline.steps[-1].text


def test_a_local_extension_is_added_to_the_end_and_does_not_move():
    deadline = awb.decision_due(
        date(2026, 2, 6), local_term=weeks(4), extensions=[Extension(date(2026, 3, 2), weeks(4))]
    )

    assert deadline.due_legal == date(2026, 4, 3)


def test_two_statutory_terms_that_are_long_together_have_a_safe_date():
    ended = date(2026, 3, 6)
    longer = awb.objection_extension(date(2026, 4, 1))

    deadline = awb.objection_decision_due(ended, committee=True, extensions=[longer])

    assert deadline.due_safe == ended + timedelta(weeks=18)
    assert deadline.due_legal >= deadline.due_safe


def test_an_outage_on_the_last_day_gives_residents_the_next_working_day():
    outage = Outage(date(2026, 2, 17), date(2026, 2, 20))

    deadline = awb.objection_due(date(2026, 1, 6), outages=[outage])

    assert deadline.due_legal == date(2026, 2, 23)
    assert deadline.due_safe == date(2026, 2, 17)


def test_an_outage_before_the_last_day_changes_nothing():
    outage = Outage(date(2026, 2, 10), date(2026, 2, 11))

    assert awb.objection_due(date(2026, 1, 6), outages=[outage]).due_legal == date(2026, 2, 17)


def test_a_decree_that_was_entered_later_counts():
    calendar = Calendar(KNOWN.equated | {date(2030, 5, 31)})

    assert ends(date(2030, 5, 3), weeks(4), calendar=calendar).due_legal == date(2030, 6, 3)
    assert ends(date(2030, 5, 3), weeks(4)).due_legal == date(2030, 5, 31)


def test_a_premature_notice_of_default_is_refused():
    with pytest.raises(ValueError, match="before the end of the term"):
        penalty(date(2026, 3, 2), term_ended_on=date(2026, 3, 2))


def test_the_day_of_receipt_of_the_notice_decides_which_amounts_count():
    old = Rates(date(2019, 1, 1), (23, 35, 45))
    new = Rates(date(2027, 1, 1), (25, 38, 49))

    before = penalty(date(2026, 12, 31), term_ended_on=date(2026, 12, 1), rates=[new, old])
    after = penalty(date(2027, 1, 1), term_ended_on=date(2026, 12, 1), rates=[new, old])

    assert (before.most, after.most) == (1442, 14 * (25 + 38 + 49))


def test_a_date_explains_itself_in_one_sentence_and_in_steps():
    wait = Suspension.for_completion(
        invited_on=date(2026, 2, 10), due_on=date(2026, 2, 24), completed_on=date(2026, 2, 14)
    )

    deadline = awb.decision_due(date(2026, 2, 3), suspensions=[wait])

    assert deadline.sentence == (
        "8 weken vanaf 3 februari, plus 3 dagen wachten op uw aanvulling, valt op Goede vrijdag, "
        "dus dinsdag 7 april 2026."
    )
    assert [step.day for step in deadline.steps] == [
        date(2026, 2, 3),
        date(2026, 3, 31),
        date(2026, 4, 3),
        date(2026, 4, 7),
    ]


def test_a_date_explains_itself_in_english_too():
    with translation.override("en"):
        sentence = awb.lead_time(date(2026, 6, 20), weeks(4)).sentence

    assert sentence == "4 weeks before 20 June, so Saturday 23 May 2026."
