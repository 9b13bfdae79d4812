"""An application that can be decided on, and decisions about it."""

from datetime import timedelta
from decimal import Decimal

from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import Outcome
from subsidies.models import Application, Decision
from subsidies.workflow import decide
from subsidies.workflow.decide import DecisionTerms
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    ApplicationFactory,
    CeilingFactory,
    MandateFactory,
)

NEXT_SUMMER = today() + timedelta(days=240)


def decidable() -> Application:
    """An application of € 750 in review, with money, a mandate and a plan behind it."""
    made = ApplicationFactory(in_review=True, initiative=InitiativeFactory(accepted=True, published=True))
    CeilingFactory(scheme=made.scheme)
    MandateFactory()
    AccountabilityBandFactory(scheme_version=made.scheme_version)
    return made


def grant(**changes) -> DecisionTerms:
    """The terms of a grant of € 750."""
    terms = {
        "outcome": Outcome.GRANT,
        "motivation": "Het feest brengt buren bij elkaar.",
        "amount": Decimal(750),
        "obligations": ("U meldt het meteen als het feest niet doorgaat.",),
        "execute_until": NEXT_SUMMER,
        "report_due_on": NEXT_SUMMER + timedelta(weeks=6),
        "no_interest": True,
    }
    return DecisionTerms(**terms | changes)


def refusal(*grounds, **changes) -> DecisionTerms:
    """The terms of a refusal."""
    keys = tuple(ground.pk for ground in grounds)
    return DecisionTerms(Outcome.REFUSE, "De straat is afgesloten voor anderen.", grounds=keys, no_interest=True)


def take(case: Application, terms: DecisionTerms, by=None) -> Decision:
    """Decide as the owner of the case."""
    return decide.decide(case, terms=terms, by=by or case.owner, version=case.version)


def now(case: Application) -> Application:
    """The case as it stands in the database."""
    return Application.objects.get(pk=case.pk)


def letters_left() -> None:
    """Everything in the outbox went out on the day it was written; a case only ends after its letters left."""
    OutboxMessage.objects.update(status=MessageStatus.SENT)
