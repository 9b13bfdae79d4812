"""What a functional manager tells the legal clock counts from then on."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from shared.terms import awb, legal_days
from shared.terms.changes import Outage
from shared.terms.models import EquatedDay, PortalOutage
from tests.factories.accounts import ManagerFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def test_an_entered_day_is_a_free_day():
    EquatedDay.objects.create(day=date(2030, 5, 31), source="Stcrt. 2028, 1")

    due = awb.decision_due(date(2030, 4, 5), calendar=legal_days.calendar()).due_legal

    assert due == date(2030, 6, 3)


def test_an_outage_counts_in_dutch_days():
    PortalOutage.objects.create(
        started_at=datetime(2026, 2, 16, 23, 30, tzinfo=UTC),
        ended_at=datetime(2026, 2, 17, 9, 0, tzinfo=UTC),
        what="Inloggen",
    )

    assert legal_days.outages() == [Outage(date(2026, 2, 17), date(2026, 2, 17))]


def test_an_outage_cannot_end_before_it_began():
    outage = PortalOutage(
        started_at=datetime(2026, 2, 17, 9, 0, tzinfo=UTC), ended_at=datetime(2026, 2, 17, 8, 0, tzinfo=UTC), what="x"
    )

    with pytest.raises(ValidationError, match="na het begin"):
        outage.clean()


def test_the_next_decree_is_asked_for_a_year_ahead_and_no_longer_once_entered():
    assert not legal_days.needs_next_decree(date(2027, 5, 1))
    assert legal_days.needs_next_decree(date(2027, 6, 1))

    EquatedDay.objects.create(day=date(2030, 5, 31), source="Stcrt. 2028, 1")

    assert not legal_days.needs_next_decree(date(2027, 6, 1))


@time_machine.travel("2027-11-01T12:00Z")
def test_the_list_of_days_shows_what_is_known_and_warns_in_time(client):
    sign_in(client, ManagerFactory())

    page = client.get(reverse("admin:terms_equatedday_changelist")).text

    assert "26 mei 2028" in page
    assert "Zoek het volgende besluit" in page
