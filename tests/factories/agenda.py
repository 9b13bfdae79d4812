"""The agenda: `AgendaItemFactory(wijken=[wijk], visibility="partners")`; begins tomorrow at half past seven."""

from datetime import datetime, time, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.enums.agenda import ItemKind, ItemStatus, Repeats, Visibility
from partners.models import AgendaItem
from shared.terms.calendar import AMSTERDAM
from tests.factories.accounts import CoordinatorFactory
from tests.factories.wijken import WijkFactory


def tomorrow_at(hour: int, minute: int = 0) -> Any:
    """Decided when the record is made."""
    return factory.LazyFunction(
        lambda: datetime.combine(timezone.localdate() + timedelta(days=1), time(hour, minute), AMSTERDAM)
    )


class AgendaItemFactory(DjangoModelFactory):
    """A public evening of the municipality, in a wijk of its own when none is given."""

    class Meta:
        model = AgendaItem
        skip_postgeneration_save = True

    kind = ItemKind.ACTIVITY
    title = factory.Sequence(lambda n: f"Koffie-inloop {n}")
    text = "Iedereen is welkom, aanmelden is niet nodig."
    place = "Buurthuis De Spil"
    starts_at = tomorrow_at(19, 30)
    ends_at = tomorrow_at(21)
    visibility = Visibility.PUBLIC
    created_by = factory.SubFactory(CoordinatorFactory)

    class Params:
        cancelled = factory.Trait(status=ItemStatus.CANCELLED, cancel_reason="De zaal is dicht.")
        weekly = factory.Trait(
            repeats=Repeats.WEEKLY,
            repeats_until=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60)),
        )

    @factory.post_generation
    def wijken(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.wijken.set(extracted if extracted is not None else [WijkFactory()])
