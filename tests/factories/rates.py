"""Dated rates and budgets that the municipality enters."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from shared.terms.calendar import today
from subsidies.models import InterestRate, MunicipalBudget


class InterestRateFactory(DjangoModelFactory):
    """An invented rate of 6 % since long ago."""

    class Meta:
        model = InterestRate

    valid_from = date(2020, 1, 1)
    percent = Decimal(6)
    source = "Voorbeeld"


class MunicipalBudgetFactory(DjangoModelFactory):
    """The budget of this year, on which the council decides in three weeks."""

    class Meta:
        model = MunicipalBudget

    year = factory.LazyFunction(lambda: today().year)
    expected_on = factory.LazyFunction(lambda: today() + timedelta(weeks=3))
