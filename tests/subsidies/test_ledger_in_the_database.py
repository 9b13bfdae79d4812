"""Whatever the code does, the database keeps a ceiling equal to its entries and never below zero."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from subsidies.enums import EFFECT, EntryKind
from subsidies.models import Decision, Entry
from tests.factories.subsidies import CeilingFactory, DecisionFactory

pytestmark = pytest.mark.django_db


def book(ceiling, kind, amount):
    return Entry.objects.create(ceiling=ceiling, kind=kind, amount=Decimal(amount), booked_on=date(2026, 5, 1))


@pytest.mark.parametrize("kind", EntryKind)
def test_each_entry_does_what_the_table_says(kind):
    ceiling = CeilingFactory(amount=1000)

    book(ceiling, kind, "250.55")

    ceiling.refresh_from_db()
    assert ceiling.available == 1000 + EFFECT[kind] * Decimal("250.55")


def test_more_than_there_is_cannot_be_granted():
    ceiling = CeilingFactory(amount=1000)

    with pytest.raises(IntegrityError, match="ceiling_never_overspent"), transaction.atomic():
        book(ceiling, EntryKind.GRANTED, "1000.01")

    ceiling.refresh_from_db()
    assert (ceiling.available, ceiling.entries.count()) == (1000, 1)


@pytest.mark.parametrize("what", ["entries", "decisions"])
def test_what_was_booked_or_decided_cannot_be_changed_or_removed(what):
    rows = CeilingFactory().entries.all() if what == "entries" else Decision.objects.filter(pk=DecisionFactory().pk)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(amount=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
