"""A refusal, an objection to it, and the decision on that objection."""

from datetime import timedelta

from django.utils import timezone

from subsidies.enums import MessageKind, ObjectionOutcome, Outcome
from subsidies.models import Decision, Objection
from subsidies.workflow import objection, objection_decision
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    DecisionFactory,
)


def refused(**changes) -> Decision:
    """A refusal of € 750, made known today unless said."""
    case = ApplicationFactory(refused=True)
    return DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, decided_by=case.owner, **changes)


def receive(decision: Decision, **changes) -> Objection:
    """An objection to this decision."""
    message = CaseMessageFactory(application=decision.application, kind=MessageKind.OBJECTION, **changes)
    return objection.receive(decision, message)


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)


def settle(against: Objection, outcome=ObjectionOutcome.UNFOUNDED, **changes) -> Decision:
    values = {
        "motivation": "De regeling geldt voor iedereen.",
        "no_interest": True,
        "without_hearing": "U zag ervan af.",
    }
    return objection_decision.decide(against, outcome=outcome, version=None, **values | changes)
