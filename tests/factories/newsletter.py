"""Letters of wijken: `ReaderFactory(wijk=wijk, monthly=True)`, `NewsletterFactory(wijk=wijk)` is a concept."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.enums.newsletter import TOPIC, Rhythm
from partners.models import Newsletter
from shared.notifications.models import Subscription
from tests.factories.wijken import WijkFactory


class ReaderFactory(DjangoModelFactory):
    """Somebody who confirmed a while ago that they want the weekly letter."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda n: f"lezer{n}@voorbeeld.example")
    topic_kind = TOPIC
    topic_id = factory.LazyAttribute(lambda made: str(made.wijk.pk))
    frequency = Rhythm.WEEKLY
    confirmed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))

    class Params:
        wijk = factory.SubFactory(WijkFactory)
        monthly = factory.Trait(frequency=Rhythm.MONTHLY)
        unconfirmed = factory.Trait(confirmed_at=None)


class NewsletterFactory(DjangoModelFactory):
    """A concept of the weekly letter."""

    class Meta:
        model = Newsletter

    wijk = factory.SubFactory(WijkFactory)
    rhythm = Rhythm.WEEKLY
