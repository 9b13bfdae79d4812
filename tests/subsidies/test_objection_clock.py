"""Nobody is surprised by a day: warnings about objections and penalties, each once."""

from datetime import date, timedelta

import pytest

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import tasks
from subsidies.enums import Outcome
from subsidies.models import DefaultNotice, Objection
from subsidies.workflow import default_notice, objection, objection_clock
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CaseMessageFactory, DecisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return ManagerFactory()


@pytest.fixture
def made(manager) -> Objection:
    case = ApplicationFactory(refused=True)
    decision = DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None)
    made = objection.receive(decision, CaseMessageFactory(application=case))
    made.handler = CoordinatorFactory()
    made.save()
    return made


def subjects(person, words: str) -> int:
    return OutboxMessage.objects.filter(recipient_email=person.email, subject__contains=words).count()


@pytest.mark.parametrize(("days", "near", "late"), [(-15, 0, 0), (-14, 1, 0), (0, 1, 0), (1, 0, 1)])
def test_who_handles_an_objection_is_warned_two_weeks_before_and_when_it_is_late(made, manager, days, near, late):
    for _twice in range(2):
        objection_clock.warn_objection(made, made.due_safe + timedelta(days=days))

    for person in (made.handler, manager):
        assert subjects(person, "Beslis uiterlijk") == near
        assert subjects(person, "is te laat") == late


def in_default(received_on: date) -> DefaultNotice:
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=150))
    return default_notice.receive(case, CaseMessageFactory(application=case, received_on=received_on))


def test_reviewer_and_manager_are_warned_before_the_penalty_starts_and_when_it_does(manager):
    notice = in_default(today())
    OutboxMessage.objects.all().delete()

    for days in range(60):
        objection_clock.warn_notice(notice, today() + timedelta(days=days))

    for person in (manager, notice.application.owner):
        assert subjects(person, "Beslis vóór") == 2


def test_who_decided_too_late_is_asked_to_set_the_amount(manager):
    notice = in_default(today() - timedelta(days=40))
    sent_on = notice.first_day + timedelta(days=2)
    DecisionFactory(application=notice.application, outcome=Outcome.REFUSE, amount=None, notified_on=sent_on)

    tasks.watch_objections()
    tasks.watch_objections()

    assert subjects(manager, "Stel de dwangsom vast") == 1
    assert "46,00" in OutboxMessage.objects.get(recipient_email=manager.email, subject__startswith="Stel").text


def test_who_decided_in_time_after_the_notice_has_nothing_left_to_do(manager):
    notice = in_default(today())
    DecisionFactory(application=notice.application, outcome=Outcome.REFUSE, amount=None)

    tasks.watch_objections()

    notice.refresh_from_db()
    assert notice.amount == 0
