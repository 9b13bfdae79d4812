"""What wakes by itself around advice, over simulated days: reminders, silence, escalation, and nothing double."""

from datetime import date, timedelta

import pytest
import time_machine

from ambassadors import tasks
from ambassadors.enums import AdviceStatus
from ambassadors.models import AdviceRequest
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AmbassadorFactory, DepartmentFactory
from tests.factories.ambassadors import AdviceRequestFactory, deputy_of
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db

ASKED, DUE = date(2026, 9, 7), date(2026, 9, 17)
DEPARTMENT = {"name": "Groen", "head_email": "hoofd@gemeente.example"}


@pytest.fixture
def request_():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        plan = InitiativeFactory(in_review=True)
        return AdviceRequestFactory(subject=plan, department=DepartmentFactory(**DEPARTMENT), due_on=DUE)


def live_until(last: date, first: date = ASKED) -> dict[date, list[str]]:
    """Let the clock tick twice each day; the letters of each day by whom they went to."""
    found: dict[date, list[str]] = {}
    known = set(OutboxMessage.objects.values_list("pk", flat=True))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for hour in (8, 15):
            with time_machine.travel(f"{day:%Y-%m-%d} {hour:02d}:20:00+02:00", tick=False):
                tasks.watch_advice()
        new = OutboxMessage.objects.exclude(pk__in=known)
        if new:
            found[day] = sorted(new.values_list("recipient_email", flat=True))
            known |= set(new.values_list("pk", flat=True))
    return found


def test_one_reminder_then_silence_is_noted_and_then_it_goes_higher_each_once(request_):
    plan = Initiative.objects.get(pk=request_.subject_id)

    letters = live_until(date(2026, 10, 20))

    assert letters == {
        date(2026, 9, 15): [request_.owner.email],
        date(2026, 9, 18): [plan.owner.email],
        date(2026, 9, 22): sorted(["hoofd@gemeente.example", plan.owner.email]),
    }
    request_.refresh_from_db()
    assert request_.status == AdviceStatus.UNANSWERED
    actions = list(Event.objects.about(plan).order_by("pk").values_list("action", flat=True))
    assert actions == ["ambassadors.advice_reminded", "ambassadors.advice_lapsed", "ambassadors.advice_escalated"]


def test_who_was_asked_for_tomorrow_is_not_reminded_the_same_day(request_):
    AdviceRequest.objects.filter(pk=request_.pk).update(due_on=ASKED + timedelta(days=1))

    assert date(2026, 9, 7) not in live_until(ASKED + timedelta(days=1))


def test_a_case_that_is_decided_needs_no_advice_and_the_adviser_hears_it_once(request_):
    Initiative.objects.filter(pk=request_.subject_id).update(status="declined")

    letters = live_until(date(2026, 10, 1))

    assert letters == {ASKED: [request_.owner.email]}
    assert AdviceRequest.objects.get().status == AdviceStatus.OVERTAKEN


def test_a_case_that_is_no_more_closes_its_request_in_silence(request_):
    AdviceRequest.objects.filter(pk=request_.pk).update(subject_id="0")

    assert live_until(ASKED) == {}
    assert AdviceRequest.objects.get().status == AdviceStatus.OVERTAKEN


def test_a_role_that_ends_by_its_date_hands_the_request_to_the_deputy(request_):
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        deputy = deputy_of(request_.department)
    request_.owner.role_assignments.update(ends_on=date(2026, 9, 10))

    letters = live_until(date(2026, 9, 12))

    assert letters == {date(2026, 9, 11): sorted([deputy.email, request_.owner.email])}
    assert AdviceRequest.objects.get().owner == deputy


def test_an_ambassador_of_another_department_is_no_successor(request_):
    request_.owner.role_assignments.update(ends_on=date(2026, 9, 10))
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        AmbassadorFactory()

    live_until(date(2026, 9, 12))

    assert AdviceRequest.objects.get().owner == request_.owner
