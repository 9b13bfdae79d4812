"""A notice of default, and what being late costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import MessageKind, Outcome
from subsidies.models import DefaultNotice, Payment, PenaltyRate
from subsidies.workflow import default_notice
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CaseMessageFactory, DecisionFactory, MandateFactory

pytestmark = pytest.mark.django_db


def notice(days_ago: int = 0, received: int = 120, **changes) -> DefaultNotice:
    """A notice that came `days_ago`, about an application of `received` days ago."""
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=received), **changes)
    message = CaseMessageFactory(
        application=case, kind=MessageKind.DEFAULT_NOTICE, received_on=today() - timedelta(days=days_ago)
    )
    return default_notice.receive(case, message)


def test_a_notice_after_the_term_starts_the_penalty_two_weeks_later():
    manager = ManagerFactory()

    made = notice()

    assert made.no_effect_because == ""
    assert made.first_day_safe == today() + timedelta(days=15)
    assert made.first_day >= made.first_day_safe
    to_applicant = OutboxMessage.objects.get(recipient_email=made.application.email)
    assert "1.442,00" in to_applicant.text
    warned = OutboxMessage.objects.filter(subject__startswith="Beslis vóór")
    assert {manager.email, made.application.owner.email} == set(warned.values_list("recipient_email", flat=True))


def test_a_notice_within_the_term_has_no_effect_and_says_until_when():
    made = notice(received=10)

    assert "nog tijd" in made.no_effect_because
    assert made.first_day is None
    assert "geen dwangsom" in OutboxMessage.objects.get(recipient_email=made.application.email).text


def test_a_notice_after_the_decision_has_no_effect():
    case = ApplicationFactory(refused=True)

    made = default_notice.receive(case, CaseMessageFactory(application=case))

    assert made.no_effect_because == "Wij hebben al een besluit genomen."


@pytest.mark.parametrize(("days", "amount"), [(14, 0), (15, 23), (28, 322), (29, 357), (100, 1442)])
def test_the_counter_grows_by_the_day_until_it_stops(days, amount):
    made = notice(received=300, days_ago=150)
    start = made.first_day - timedelta(days=15)

    assert default_notice.owed(made, start + timedelta(days=days)) == Decimal(amount)


def test_the_amounts_of_the_day_of_receipt_count():
    PenaltyRate.objects.create(valid_from=date(2026, 1, 1), first=25, second=40, third=50, source="Stcrt. 2026, 1")

    made = notice()

    assert default_notice.penalty_of(made).amount_on(made.first_day) == Decimal(25)


@pytest.fixture
def late():
    """A decision that came twenty days after the notice."""
    made = notice(days_ago=30)
    MandateFactory(maximum_amount=Decimal(2000))
    sent_on = made.first_day + timedelta(days=5)
    DecisionFactory(application=made.application, outcome=Outcome.REFUSE, amount=None, notified_on=sent_on)
    return made


def test_the_penalty_is_decided_and_paid(late):
    owner = late.application.owner

    decision = default_notice.set_penalty(
        late, motivation="Wij beslisten te laat.", no_interest=True, by=owner, version=None
    )

    assert decision.amount == Decimal(5 * 23)
    assert Payment.objects.get().purpose == "penalty"
    assert "dwangsom van € 115,00" in decision.letter_text.replace("\u00a0", " ")
    with pytest.raises(WorkflowError, match="al vastgesteld"):
        default_notice.set_penalty(late, motivation="Nog eens.", no_interest=True, by=owner, version=None)


def test_while_the_days_run_the_penalty_is_not_set():
    made = notice(days_ago=30)
    MandateFactory()

    with pytest.raises(WorkflowError, match="loopt nog"):
        default_notice.set_penalty(made, motivation="X", no_interest=True, by=made.application.owner, version=None)


def test_who_decides_within_two_weeks_owes_nothing():
    made = notice(days_ago=5)
    MandateFactory()
    DecisionFactory(application=made.application, outcome=Outcome.REFUSE, amount=None)

    with pytest.raises(WorkflowError, match="geen dwangsom verschuldigd"):
        default_notice.set_penalty(made, motivation="X", no_interest=True, by=made.application.owner, version=None)


def test_a_colleague_can_find_that_a_notice_has_no_effect():
    made = notice()

    default_notice.judge(made, no_effect_because="U bent geen belanghebbende.", by=made.application.owner, version=None)

    made.refresh_from_db()
    assert made.first_day is None
    assert OutboxMessage.objects.filter(text__contains="geen belanghebbende").exists()
