"""What has to be done in time: functional managers see it coming, by letter and on their start page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from shared import municipality
from shared.notifications.models import OutboxMessage
from shared.terms import legal_days
from subsidies import tasks
from subsidies.workflow import clock
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import CompletionRequestFactory, SchemeFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LAST = date(2029, 3, 1)


@pytest.fixture
def scheme():
    return SchemeFactory(name="Buurtbon", evaluate_by=LAST)


def letters_on(day: date) -> int:
    """How many letters there are after the clock ticked twice on this day."""
    with time_machine.travel(f"{day} 06:00:00+00:00", tick=False):
        tasks.look_ahead()
        tasks.look_ahead()
    return OutboxMessage.objects.filter(key__contains="evaluate_scheme").count()


def test_a_manager_hears_a_year_and_a_month_before_a_scheme_has_to_be_evaluated(scheme):
    manager = ManagerFactory()
    CoordinatorFactory()
    days = [date(2028, 2, 29), date(2028, 3, 1), date(2028, 9, 1), date(2029, 1, 31), date(2029, 2, 1), LAST]

    assert [letters_on(day) for day in days] == [0, 1, 1, 1, 2, 2]

    letter = OutboxMessage.objects.filter(key__contains="evaluate_scheme").first()
    assert letter.recipient_email == manager.email
    assert "Evalueer Buurtbon vóór of op donderdag 1 maart 2029" in letter.subject


def test_a_manager_hears_once_that_the_known_free_days_come_to_an_end():
    ManagerFactory()
    day = legal_days.last_known_day() - timedelta(days=200)

    letters_on(day)
    letters_on(day + timedelta(days=1))

    assert OutboxMessage.objects.filter(key__contains="next_decree").count() == 1


def test_the_start_page_of_a_manager_shows_it(client, scheme):
    with time_machine.travel("2028-06-01 10:00:00+02:00", tick=False):
        sign_in(client, ManagerFactory())
        page = client.get(reverse("admin:index")).content.decode()

        assert "Evalueer Buurtbon vóór of op 1 maart 2029 (Awb 4:24)." in page
        sign_in(client, CoordinatorFactory())
        assert "Evalueer Buurtbon" not in client.get(reverse("admin:index")).content.decode()


@pytest.fixture
def remind_days(settings):
    """Set how many days before a last day an applicant is reminded."""

    def choose(days: int) -> None:
        periods = settings.MUNICIPALITY["periods"] | {"completion_reminder_days": days}
        settings.MUNICIPALITY = settings.MUNICIPALITY | {"periods": periods}
        municipality.current.cache_clear()

    yield choose
    municipality.current.cache_clear()


@pytest.mark.parametrize(("days", "reminded"), [(5, False), (6, True)])
def test_a_municipality_sets_itself_how_long_before_a_last_day_it_reminds(remind_days, days, reminded):
    request = CompletionRequestFactory(sent_on=date(2026, 9, 7), due_on=date(2026, 9, 21))
    remind_days(days)

    assert clock.remind_completion(request, date(2026, 9, 15)) is reminded
