"""The ledger: what is left, whose turn it is, and bookings that never go too far."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from subsidies import budget
from subsidies.budget import CeilingReached, LotteryNeeded, NotInTheLedger, Place
from subsidies.enums import Distribution, EntryKind, Status
from subsidies.models import Application, Entry, Round
from tests.factories.accounts import UserFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    CompletionRequestFactory,
    RoundFactory,
    SchemeFactory,
    SchemeVersionFactory,
)
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db

YEAR = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
MAY = date(2026, 5, 1)


@pytest.fixture
def version():
    return SchemeVersionFactory()


@pytest.fixture
def finance():
    return UserFactory(name="Fien Financiën")


def ceiling(version, amount=1000, **kwargs):
    return CeilingFactory(scheme=version.scheme, amount=amount, **{**YEAR, **kwargs})


def ask(version, amount=400, day=MAY, **kwargs):
    return ApplicationFactory(
        scheme_version=version, asked_amount=Decimal(amount), received_on=day, in_review=True, **kwargs
    )


def kinds(application):
    return list(application.entries.order_by("pk").values_list("kind", "amount"))


# What is left


def test_what_was_left_on_a_day_is_the_sum_of_the_entries_up_to_and_including_it(version, finance):
    pot = ceiling(version)
    budget.grant(ask(version, 400), Decimal(400), by=finance, on=date(2026, 5, 10))
    budget.grant(ask(version, 250), Decimal(250), by=finance, on=date(2026, 6, 1))

    left = [budget.available(pot, on) for on in (date(2026, 5, 9), date(2026, 5, 10), date(2026, 6, 1), None)]

    assert left == [1000, 600, 350, 350]


def test_the_ceiling_of_the_wijk_goes_before_the_general_one(version):
    application = ask(version)
    general = ceiling(version)
    own = ceiling(version, wijk=application.wijk)
    ceiling(version, wijk=WijkFactory())

    assert budget.ceiling_for(application, MAY) == own
    assert budget.ceiling_for(ask(version), MAY) == general
    assert budget.ceiling_for(application, date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("published_on", "received_on", "binds"),
    [
        (date(2025, 12, 31), date(2025, 12, 1), True),  # in time: also for who had applied before
        (date(2026, 4, 30), MAY, True),
        (MAY, MAY, True),
        (date(2026, 5, 2), MAY, False),  # too late for this application (Awb 4:27(2))
        (None, MAY, False),
    ],
)
def test_a_ceiling_published_after_its_period_began_does_not_touch_earlier_applications(
    version, published_on, received_on, binds
):
    ceiling(version, amount=100, published_on=published_on)
    application = ask(version, 400, day=received_on)

    assert (budget.ceiling_for(application, MAY) is not None) is binds
    assert budget.room_for(application, MAY) == (100 if binds else version.maximum_amount)


def test_the_public_remainder_says_what_complete_applications_ask_of_it(version, finance):
    own = ask(version, 300)
    ask(version, 100, complete_on=None)
    ceiling(version, 1000)
    ceiling(version, 500, wijk=own.wijk)
    budget.grant(ask(version, 250), Decimal(250), by=finance, on=MAY)

    rest = [(r.wijk, r.total, r.left, r.asked) for r in budget.remainders(version.scheme, MAY)]

    assert rest == [(None, 1000, 750, 250), (own.wijk, 500, 500, 300)]


# Whose turn it is


def test_who_was_complete_earlier_goes_first_whoever_is_decided_first(version):
    ceiling(version, 1000)
    later = ask(version, 600, day=date(2026, 5, 2))
    ask(version, 700, day=date(2026, 4, 1), complete_on=MAY)  # applied first, complete later than who comes next
    ask(version, 150, day=date(2026, 4, 20))
    ask(version, 999, day=date(2026, 4, 1), complete_on=None)
    ask(version, 999, day=date(2026, 4, 1), complete_on=date(2026, 5, 3))

    assert budget.room_for(later, date(2026, 5, 20)) == 150


def test_a_scarce_ceiling_refuses_who_comes_later_and_leaves_nothing_behind(version, finance):
    pot = ceiling(version, 1000)
    ask(version, 800, day=date(2026, 4, 1))
    later = ask(version, 400)

    with pytest.raises(CeilingReached, match=r"€.200,00"):
        budget.grant(later, Decimal(400), by=finance, on=MAY)

    assert (kinds(later), budget.available(pot)) == ([], 1000)
    assert budget.grant(later, Decimal(200), by=finance, on=MAY).amount == 200


def test_who_was_complete_on_the_same_day_waits_for_the_draw_when_there_is_not_enough(version, finance):
    pot = ceiling(version, 700)
    tied = [ask(version, 400), ask(version, 400)]

    with pytest.raises(LotteryNeeded, match="loting"):
        budget.grant(tied[0], Decimal(400), by=finance, on=MAY)
    lottery = budget.draw(version.scheme, budget.undrawn(pot, Place(complete_on=MAY)), about="1 mei", seed="mei")

    by_reference = {application.reference: application for application in tied}
    first, second = (by_reference[reference] for reference in lottery.drawn)
    first.refresh_from_db()
    second.refresh_from_db()
    assert [budget.room_for(first, MAY), budget.room_for(second, MAY)] == [700, 300]
    assert (budget.undrawn(pot, Place(complete_on=MAY)), budget.is_as_drawn(lottery)) == ([], True)


def test_no_draw_is_needed_when_there_is_enough_for_everyone_of_that_day(version, finance):
    ceiling(version, 800)
    one, _other = ask(version, 400), ask(version, 400)

    budget.grant(one, Decimal(400), by=finance, on=MAY)

    assert kinds(one) == [(EntryKind.GRANTED, 400)]


def test_a_second_draw_on_a_day_comes_after_the_first(version):
    pot = ceiling(version)
    first = [ask(version), ask(version)]
    budget.draw(version.scheme, first, about="1 mei")
    late = ask(version)

    budget.draw(version.scheme, budget.undrawn(pot, Place(complete_on=MAY)), about="1 mei, nagekomen")

    lots = []
    for application in (*first, late):
        application.refresh_from_db()
        lots.append(application.lot)
    assert (sorted(lots[:2]), lots[2]) == ([1, 2], 3)


def test_anyone_can_repeat_a_draw_with_the_seed():
    references = ["2026-S-00001", "2026-S-00002", "2026-S-00003"]

    assert budget.in_drawn_order(references, "a") == budget.in_drawn_order(reversed(references), "a")
    assert {tuple(budget.in_drawn_order(references, str(seed))) for seed in range(60)} == {
        (a, b, c) for a in references for b in references for c in references if len({a, b, c}) == 3
    }


def test_in_a_round_the_best_score_goes_first_and_who_has_no_score_yet_keeps_its_place_open():
    version = SchemeVersionFactory(distribution=Distribution.RANKING)
    spring = RoundFactory(scheme=version.scheme)
    ceiling(version, 1000)
    good, better, unknown = (
        ask(version, amount, round=spring, score=score) for amount, score in ((600, 60), (500, 80), (300, None))
    )
    ask(version, 900, round=RoundFactory(scheme=version.scheme), score=99)

    assert [budget.room_for(application, MAY) for application in (good, better, unknown)] == [200, 700, 1000]


def test_who_can_still_complete_an_application_of_the_round_keeps_its_place_open_and_its_money():
    version = SchemeVersionFactory(distribution=Distribution.RANKING)
    spring = RoundFactory(scheme=version.scheme)
    ceiling(version, 1000)
    scored = ask(version, 600, round=spring, score=10)
    asked, not_asked_yet = (ask(version, amount, complete_on=None, round=spring) for amount in (300, 100))
    CompletionRequestFactory(application=asked, sent_on=MAY)
    waiting = [asked, not_asked_yet]
    lapsed = ask(version, 999, complete_on=None, round=spring)
    CompletionRequestFactory(application=lapsed, sent_on=MAY - timedelta(days=30))

    assert budget.room_for(scored, MAY) == 600
    assert [each.reference in budget.why_not_final(scored, MAY) for each in (*waiting, lapsed)] == [False] * 3
    Round.objects.update(opens_on=date(2026, 4, 1), closes_on=date(2026, 4, 30))
    scored = Application.objects.get(pk=scored.pk)
    assert [each.reference in budget.why_not_final(scored, MAY) for each in (*waiting, lapsed)] == [True, True, False]


def test_who_has_the_same_score_in_a_round_waits_for_the_draw_whenever_they_were_complete(finance):
    version = SchemeVersionFactory(distribution=Distribution.RANKING)
    spring = RoundFactory(scheme=version.scheme, closes_on=date(2026, 5, 10), opens_on=date(2026, 4, 1))
    pot = ceiling(version, 1000)
    tied = [ask(version, 400, day=MAY + timedelta(days=n), round=spring, score=12) for n in (0, 3)]
    best = ask(version, 500, round=spring, score=14)
    on = date(2026, 5, 20)

    for each in tied:
        with pytest.raises(LotteryNeeded, match="dezelfde score"):
            budget.grant(each, Decimal(400), by=finance, on=on)
    place = Place(round=spring, score=12)
    assert (budget.places_to_draw(pot), budget.undrawn(pot, place)) == ([place], tied)
    lottery = budget.draw(version.scheme, tied, about="score 12", seed="mei")

    drawn = [Application.objects.get(reference=reference) for reference in lottery.drawn]
    assert [budget.room_for(each, on) for each in (best, *drawn)] == [1000, 500, 100]
    assert (budget.places_to_draw(pot), budget.is_as_drawn(lottery)) == ([], True)


# Bookings


def test_a_reservation_is_used_for_the_grant(version, finance):
    pot = ceiling(version, 1000)
    application = ask(version, 700)
    budget.reserve(application, Decimal(700), by=finance, on=MAY)
    budget.reserve(application, Decimal(500), by=finance, on=MAY)

    budget.grant(application, Decimal(600), by=finance, on=MAY)

    assert kinds(application) == [
        (EntryKind.RESERVED, 700),
        (EntryKind.RELEASED, 200),
        (EntryKind.RELEASED, 500),
        (EntryKind.GRANTED, 600),
    ]
    assert budget.available(pot) == 400


def test_a_reservation_of_last_year_is_granted_from_last_year(version, finance):
    old = ceiling(version, 500)
    ceiling(version, 10_000, period_from=date(2027, 1, 1), period_to=date(2027, 12, 31))
    application = ask(version, 500, day=date(2026, 12, 1))
    budget.reserve(application, Decimal(500), by=finance, on=date(2026, 12, 20))

    budget.grant(application, Decimal(500), by=finance, on=date(2027, 1, 10))

    assert budget.available(old) == 0


def test_what_is_released_can_be_granted_to_another(version, finance):
    ceiling(version, 500)
    first, second = ask(version, 500), ask(version, 500, day=date(2026, 5, 2))
    budget.reserve(first, Decimal(500), by=finance, on=MAY)
    first.status = Status.WITHDRAWN
    first.save()

    budget.release(first, by=finance, on=MAY)
    budget.release(first, by=finance, on=MAY)

    assert budget.grant(second, Decimal(500), by=finance, on=MAY).amount == 500


def test_a_late_decision_looks_at_the_last_legal_day(version, finance):
    pot = ceiling(version, 500)
    late = ask(version, 500, day=date(2026, 1, 5))
    other = ask(version, 500, day=date(2026, 4, 1))
    assert late.due_legal == date(2026, 3, 2)
    late.complete_on = date(2026, 4, 2)  # behind the other in the queue
    late.save()
    budget.grant(other, Decimal(500), by=finance, on=date(2026, 4, 15))

    assert budget.room_for(late, date(2026, 4, 20)) == 500
    with pytest.raises(CeilingReached, match="4:25"):
        budget.grant(late, Decimal(500), by=finance, on=date(2026, 4, 20))

    budget.raise_or_lower(pot, Decimal(500), by=finance, on=date(2026, 4, 21))
    assert budget.grant(late, Decimal(500), by=finance, on=date(2026, 4, 21)).amount == 500


def test_on_objection_the_day_of_the_first_decision_counts(version, finance):
    pot = ceiling(version, 500)
    refused_early = ask(version, 500, day=date(2026, 4, 1), decided_at=datetime(2026, 4, 10, 12, tzinfo=UTC))
    other = ask(version, 500, day=date(2026, 4, 2))
    refused_early.status = Status.REFUSED
    refused_early.save()
    budget.grant(other, Decimal(500), by=finance, on=date(2026, 4, 15))
    assert refused_early.due_legal > date(2026, 4, 15)

    assert budget.room_for(refused_early, date(2026, 9, 1)) == 500
    with pytest.raises(CeilingReached, match="4:25"):
        budget.grant(refused_early, Decimal(500), by=finance, on=date(2026, 9, 1))
    assert budget.available(pot) == 0


def test_a_grant_without_a_ceiling_is_not_booked(version, finance):
    application = ask(version)

    assert budget.grant(application, Decimal(400), by=finance, on=MAY) is None
    assert budget.paid(application, Decimal(400), by=finance, on=MAY) == []
    assert Entry.objects.count() == 0


def test_the_story_of_a_grant_adds_up(version, finance):
    pot = ceiling(version, 1000)
    application = ask(version, 800)
    budget.grant(application, Decimal(800), by=finance, on=MAY)
    budget.paid(application, Decimal(800), by=finance, on=MAY)
    budget.returned(application, Decimal(800), by=finance, on=MAY)
    budget.paid(application, Decimal(800), by=finance, on=MAY)

    budget.lower(application, Decimal("99.95"), by=finance, on=MAY, note="Lager vastgesteld")
    budget.reclaimed(application, Decimal("99.95"), by=finance, on=MAY)

    assert budget.available(pot) == Decimal("299.95")
    assert application.entries.first().by == "Fien Financiën"


@pytest.mark.parametrize(
    ("book", "most"), [(budget.lower, 400), (budget.paid, 400), (budget.returned, 100), (budget.reclaimed, 100)]
)
def test_nothing_is_given_up_or_paid_beyond_what_the_ledger_knows(version, finance, book, most):
    ceiling(version)
    application = ask(version)
    budget.grant(application, Decimal(400), by=finance, on=MAY)
    if most == 100:
        budget.paid(application, Decimal(100), by=finance, on=MAY)
    before = kinds(application)

    with pytest.raises(NotInTheLedger, match=f"€.{most},00"):
        book(application, Decimal(most) + Decimal("0.01"), by=finance, on=MAY)

    assert kinds(application) == before


def test_a_ceiling_is_not_lowered_below_what_was_promised(version, finance):
    pot = ceiling(version, 1000)
    budget.grant(ask(version, 400), Decimal(400), by=finance, on=MAY)

    with pytest.raises(CeilingReached, match=r"€.600,00"):
        budget.raise_or_lower(pot, Decimal("-600.01"), by=finance, on=MAY)

    assert budget.raise_or_lower(pot, Decimal(-600), by=finance, on=MAY).amount == -600


def test_a_part_from_each_of_two_ceilings_is_paid_from_both(version, finance):
    application = ask(version, 900)
    first = ceiling(version, 500)
    budget.grant(application, Decimal(500), by=finance, on=MAY)
    second = ceiling(version, 400, wijk=application.wijk)
    budget.grant(application, Decimal(400), by=finance, on=MAY + timedelta(days=1))

    entries = budget.paid(application, Decimal(900), by=finance, on=MAY)

    assert {(entry.ceiling, entry.amount) for entry in entries} == {(first, 500), (second, 400)}


def test_another_scheme_has_its_own_money(version, finance):
    pot = ceiling(version, 500)
    other = SchemeVersionFactory(scheme=SchemeFactory())
    ceiling(other, 500)

    budget.grant(ask(other, 500), Decimal(500), by=finance, on=MAY)

    assert budget.available(pot) == 500
