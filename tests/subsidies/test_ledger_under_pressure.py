"""Many people and very many bookings on real PostgreSQL: never overspent, and the entries add up to the cent."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.lifecycle import WorkflowError
from subsidies import budget
from subsidies.enums import EFFECT, EntryKind
from subsidies.models import Application, Ceiling, Entry
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, SchemeVersionFactory

JANUARY = date(2026, 1, 1)
YEAR = {"period_from": JANUARY, "period_to": date(2026, 12, 31)}
MAY = date(2026, 5, 1)
DECIDERS = 64
CENT = Decimal("0.01")

BULK = """
    INSERT INTO subsidies_entry (ceiling_id, kind, amount, booked_on, recorded_at, by, note)
    SELECT ceiling, kind, cents / 100.0, booked_on::date, now(), '', ''
    FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::text[]) WITH ORDINALITY
         AS line (ceiling, kind, cents, booked_on, nr)
    ORDER BY nr
"""


def applications(version, count, **kwargs):
    made = ApplicationFactory(scheme_version=version, in_review=True, received_on=MAY, **kwargs)
    copies = []
    for number in range(1, count):
        copy = Application.objects.get(pk=made.pk)
        copy.pk, copy.reference, copy.lot = None, f"2020-T-{number:05d}", number + 1
        copies.append(copy)
    made.lot = 1
    made.save()
    return [made, *Application.objects.bulk_create(copies)]


@pytest.mark.django_db(transaction=True)
def test_64_deciders_at_once_never_give_out_more_than_there_is_and_keep_to_the_queue():
    version = SchemeVersionFactory()
    pot = CeilingFactory(scheme=version.scheme, amount=5_100, **YEAR)
    asked = applications(version, DECIDERS, asked_amount=Decimal(500))
    by = UserFactory()

    results = at_once(*[partial(budget.grant, one, Decimal(500), by=by, on=MAY) for one in asked])

    assert results == ["done"] * 10 + ["refused"] * (DECIDERS - 10)
    assert budget.available(pot) == 100 == budget.available(pot, MAY)
    assert pot.entries.filter(kind=EntryKind.GRANTED).count() == 10


@pytest.mark.django_db(transaction=True)
def test_64_people_who_press_grant_for_one_application_promise_its_money_once():
    version = SchemeVersionFactory()
    pot = CeilingFactory(scheme=version.scheme, amount=600, **YEAR)
    (one,) = applications(version, 1, asked_amount=Decimal(500))
    by = UserFactory()

    results = at_once(*[partial(budget.grant, one, Decimal(500), by=by, on=MAY) for _n in range(DECIDERS)])

    assert sorted(results) == ["done"] + ["refused"] * (DECIDERS - 1)
    assert budget.available(pot) == 100


def random_lines(draw: random.Random, ceilings: list[int], left: dict[int, int], count: int):
    """Entries that the database must take, with the balance in cents kept beside them by plain sums."""
    for _line in range(count):
        ceiling, kind = draw.choice(ceilings), draw.choice(EntryKind.values)
        cents = draw.randint(1, 500_000)
        effect = EFFECT[kind]
        if effect < 0:
            cents = min(cents, left[ceiling])
        if cents == 0:
            kind, effect, cents = EntryKind.RELEASED.value, 1, draw.randint(1, 500_000)
        left[ceiling] += effect * cents
        yield ceiling, kind, cents, (JANUARY + timedelta(days=draw.randrange(365))).isoformat()


# Each batch is a transaction of its own: PostgreSQL tidies the rows of a ceiling only between transactions.
@pytest.mark.django_db(transaction=True)
def test_100_000_random_bookings_add_up_to_the_cent():
    draw = random.Random(20260101)
    pots = [CeilingFactory(scheme=SchemeVersionFactory().scheme, amount=1000, **YEAR) for _n in range(7)]
    left = dict.fromkeys([pot.pk for pot in pots], 100_000)
    independent: dict[tuple[int, str], Decimal] = {}

    for _batch in range(200):
        lines = list(random_lines(draw, list(left), left, 500))
        with connection.cursor() as cursor:
            cursor.execute(BULK, [list(column) for column in zip(*lines, strict=True)])
        for ceiling, kind, cents, day in lines:
            key = (ceiling, day)
            independent[key] = independent.get(key, Decimal(0)) + EFFECT[kind] * cents * CENT

    assert Entry.objects.count() == 100_000 + len(pots)
    for pot in Ceiling.objects.all():
        days = {day: total for (ceiling, day), total in independent.items() if ceiling == pot.pk}
        assert pot.available == left[pot.pk] * CENT == 1000 + sum(days.values())
        for day in (JANUARY, MAY, date(2026, 12, 31)):
            expected = 1000 + sum(total for booked, total in days.items() if booked <= day.isoformat())
            assert budget.available(pot, day) == expected


@pytest.mark.django_db(transaction=True)
def test_random_steps_by_several_people_at_once_keep_the_ledger_right():
    draw = random.Random(7)
    version = SchemeVersionFactory()
    pot = CeilingFactory(scheme=version.scheme, amount=3_000, **YEAR)
    cases = applications(version, 12, asked_amount=Decimal("123.45"))
    by = UserFactory()

    def many_steps(seed: int) -> None:
        own = random.Random(seed)
        for _step in range(60):
            _random_step(own, own.choice(cases), by)

    results = at_once(*[partial(many_steps, draw.random()) for _person in range(6)])

    assert results == ["done"] * 6
    balance = sum((EFFECT[entry.kind] * entry.amount for entry in pot.entries.all()), Decimal(0))
    assert budget.available(pot) == balance >= 0
    for case in cases:
        amounts = {kind: Decimal(0) for kind in EntryKind}
        for entry in case.entries.all():
            amounts[EntryKind(entry.kind)] += entry.amount
        assert amounts[EntryKind.RESERVED] >= amounts[EntryKind.RELEASED]
        assert amounts[EntryKind.GRANTED] >= amounts[EntryKind.LOWERED]
        assert amounts[EntryKind.PAID] >= amounts[EntryKind.RETURNED] + amounts[EntryKind.RECLAIMED]


def _random_step(draw: random.Random, case: Application, by) -> None:
    cents = Decimal(draw.randint(1, 40_000)) * CENT
    step = draw.choice(["reserve", "release", "grant", "grant", "lower", "paid", "returned", "reclaimed"])
    try:
        if step == "release":
            budget.release(case, by=by, on=MAY)
        else:
            getattr(budget, step)(case, cents, by=by, on=MAY)
    except WorkflowError:
        return


cents = st.integers(1, 10_000_000).map(lambda n: n * CENT)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=cents, steps=st.lists(st.tuples(st.sampled_from(list(EntryKind)), cents), max_size=20))
def test_whatever_is_booked_the_balance_is_the_sum_and_never_below_zero(start, steps):
    with transaction.atomic():
        pot = CeilingFactory(amount=start, **YEAR)
        balance = start
        for kind, amount in steps:
            after = balance + EFFECT[kind] * amount
            try:
                with transaction.atomic():
                    Entry.objects.create(ceiling=pot, kind=kind, amount=amount, booked_on=MAY)
            except IntegrityError:
                assert after < 0
            else:
                balance = after
        assert budget.available(pot) == balance == budget.available(pot, MAY)
        assert balance >= 0
        transaction.set_rollback(True)
