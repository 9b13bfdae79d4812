"""Dated rates that the municipality enters."""

from datetime import date
from decimal import Decimal

from factory.django import DjangoModelFactory

from subsidies.models import InterestRate


class InterestRateFactory(DjangoModelFactory):
    """An invented rate of 6 % since long ago."""

    class Meta:
        model = InterestRate

    valid_from = date(2020, 1, 1)
    percent = Decimal(6)
    source = "Voorbeeld"
