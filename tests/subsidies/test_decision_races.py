"""Two people decide on one case at the same moment, fifty times: one decision, one letter, one payment."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import GroundKind, Outcome
from subsidies.models import Decision, Payment
from subsidies.workflow import decide
from subsidies.workflow.decide import DecisionTerms
from tests.at_once import at_once
from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, GroundFactory, MandateFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50


def test_two_deciders_on_one_case_take_one_decision_and_send_one_letter():
    first_case = ApplicationFactory(in_review=True)
    CeilingFactory(scheme=first_case.scheme, amount=90_000)
    MandateFactory()
    ground = GroundFactory(scheme_version=first_case.scheme_version, kind=GroundKind.REFUSAL)
    wijk, version = first_case.wijk, first_case.scheme_version
    deciders = CoordinatorFactory(wijk=wijk), CoordinatorFactory(wijk=wijk)
    yes = DecisionTerms(
        Outcome.GRANT,
        "Goed voor de buurt.",
        amount=Decimal(750),
        execute_until=today() + timedelta(days=90),
        no_interest=True,
    )
    no = DecisionTerms(Outcome.REFUSE, "Niet voor iedereen.", grounds=(ground.pk,), no_interest=True)

    for _round in range(ROUNDS):
        case = ApplicationFactory(in_review=True, scheme_version=version, buurt__wijk=wijk)

        results = at_once(*[deciding(case, terms, by) for terms, by in zip((yes, no), deciders, strict=True)])

        assert sorted(results) == ["done", "refused"]
        assert Decision.objects.filter(application=case).count() == 1
        letters = OutboxMessage.objects.filter(about_id=str(case.pk), key__startswith="subsidies.decision:")
        assert letters.count() == 1
        granted = Decision.objects.get(application=case).outcome == Outcome.GRANT
        assert Payment.objects.filter(application=case).count() == int(granted)


def deciding(case, terms, by) -> Callable[[], object]:
    """One person who decides on what they saw."""
    return lambda: decide.decide(case, terms=terms, by=by, version=case.version)
