"""Money that has to come back."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from shared.terms.calendar import today
from subsidies.enums import Outcome
from subsidies.models import Recovery
from tests.factories.subsidies import ApplicationFactory, DecisionFactory


class RecoveryFactory(DjangoModelFactory):
    """€ 200 that has to come back today."""

    class Meta:
        model = Recovery

    application = factory.SubFactory(ApplicationFactory, settled=True)
    decision = factory.SubFactory(
        DecisionFactory,
        application=factory.SelfAttribute("..application"),
        outcome=Outcome.RECOVER,
        amount=factory.SelfAttribute("..amount"),
    )
    amount = Decimal(200)
    due_on = factory.LazyFunction(today)
