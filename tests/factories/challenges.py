"""Challenges in every status: `ChallengeFactory(assessed=True)`."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from participation.challenges.enums import Criterion, Status, Verdict
from participation.challenges.models import Challenge
from shared.terms.calendar import today
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.wijken import BuurtFactory


class ChallengeFactory(DjangoModelFactory):
    """A new request of a group whose address is confirmed; a trait for every other status."""

    class Meta:
        model = Challenge

    reference = factory.Sequence(lambda n: f"2020-U-{n:04d}")
    status = Status.RECEIVED
    title = factory.Sequence(lambda n: f"Het groen in de Kerkstraat onderhouden {n}")
    now = "Het wordt twee keer per jaar gemaaid en dat is te weinig."
    plan = "Wij snoeien elke maand met tien buren."
    value = "Een groene straat waar kinderen kunnen spelen."
    group_name = "Groen Kerkstraat"
    members = 10
    support = "Wij spraken met alle bewoners."
    buurt = factory.SubFactory(BuurtFactory)
    wijk = factory.SelfAttribute("buurt.wijk")
    name = "Karin Kwartiermaker"
    email = factory.Sequence(lambda n: f"groep{n}@voorbeeld.example")
    contact = factory.SubFactory(
        UserFactory, email=factory.SelfAttribute("..email"), name=factory.SelfAttribute("..name")
    )
    may_publish = True
    submitted_at = factory.LazyFunction(timezone.now)
    received_at = factory.SelfAttribute("submitted_at")
    received_on = factory.LazyAttribute(lambda made: timezone.localdate(made.submitted_at))
    talk_by = factory.LazyAttribute(lambda made: made.received_on + timedelta(days=14))
    decide_by = factory.LazyAttribute(lambda made: made.received_on + timedelta(days=112))

    class Params:
        unconfirmed = factory.Trait(
            status=Status.UNCONFIRMED, contact=None, received_at=None, received_on=None, talk_by=None, decide_by=None
        )
        owned = factory.Trait(owner=factory.LazyAttribute(lambda made: CoordinatorFactory(wijk=made.wijk)))
        talk = factory.Trait(
            owned=True,
            status=Status.TALK,
            talk_on=factory.LazyFunction(lambda: today() + timedelta(days=5)),
            talk_place="het gemeentehuis",
        )
        assessed = factory.Trait(
            talk=True,
            status=Status.ASSESSED,
            verdicts=factory.LazyFunction(lambda: dict.fromkeys(Criterion.values, Verdict.GOOD.value)),
        )
        proposed = factory.Trait(assessed=True, status=Status.PROPOSAL, proposal="U neemt het groen over.")
        decided = factory.Trait(
            proposed=True, reasons="Het plan is goed.", decided_by="het college", decided_on=factory.LazyFunction(today)
        )
        accepted = factory.Trait(decided=True, status=Status.ACCEPTED, outcome=Status.ACCEPTED)
        declined = factory.Trait(
            decided=True,
            status=Status.DECLINED,
            outcome=Status.DECLINED,
            way_on="Een buurtbon voor gereedschap.",
        )
        running = factory.Trait(
            decided=True, status=Status.RUNNING, outcome=Status.ACCEPTED, runs_from=factory.LazyFunction(today)
        )
        published = factory.Trait(
            published_at=factory.SelfAttribute("submitted_at"), public_text="De groep wil het groen onderhouden."
        )
        spam = factory.Trait(status=Status.SPAM)
