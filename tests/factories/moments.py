"""Moments in every state, with who signed up and what they said: `MomentFactory(announced=True, capacity=2)`."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from participation.enums import MomentForm
from participation.moments.enums import ContributionStatus, Criterion, SignUpStatus, Source, Status, Verdict
from participation.moments.models import AreaFollow, Contribution, Evaluation, Feedback, Moment, Score, SignUp
from shared.terms.calendar import today
from tests.factories.participation import CheckFactory, ProjectFactory


class MomentFactory(DjangoModelFactory):
    """A neighbourhood table next week, in concept; a trait for every other status."""

    class Meta:
        model = Moment

    project = factory.SubFactory(ProjectFactory, published=True)
    title = factory.Sequence(lambda n: f"Wijktafel Kerkstraat {n}")
    form = MomentForm.NEIGHBOURHOOD_TABLE
    text = "Wij praten over het groen, de bankjes en de looproute."
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=2))
    place = "De Ridderhof"
    access = "De zaal is gelijkvloers."
    made_by = factory.SelfAttribute("project.lead")

    class Params:
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=3)))
        announced = factory.Trait(status=Status.ANNOUNCED, announced_at=factory.LazyFunction(timezone.now))
        held = factory.Trait(
            over=True,
            status=Status.HELD,
            held_at=factory.LazyAttribute(lambda made: made.ends_at),
            feedback_due_on=factory.LazyFunction(lambda: today() + timedelta(days=20)),
        )
        cancelled = factory.Trait(status=Status.CANCELLED, cancel_reason="De zaal is dicht.")
        asking = factory.Trait(
            takes_contributions=True,
            question="Wat vindt u van het plan?",
            choice_question="Waar moeten de bankjes komen?",
            choices="Bij de kerk\nBij de school",
        )


class SignUpFactory(DjangoModelFactory):
    """Somebody with a place; the moment counts it."""

    class Meta:
        model = SignUp
        skip_postgeneration_save = True

    moment = factory.SubFactory(MomentFactory, announced=True)
    status = SignUpStatus.PLACED
    name = "Bas Buurman"
    email = factory.Sequence(lambda n: f"buurman{n}@voorbeeld.example")
    asked_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.SelfAttribute("asked_at")

    class Params:
        asked = factory.Trait(status=SignUpStatus.ASKED, confirmed_at=None)
        waiting = factory.Trait(status=SignUpStatus.WAITING, waiting_since=factory.SelfAttribute("asked_at"))

    @factory.post_generation
    def count(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Keep the number of taken places right, as the workflow does."""
        self.moment.places_taken = self.moment.sign_ups.placed().count()
        Moment.objects.filter(pk=self.moment.pk).update(places_taken=self.moment.places_taken)


class ContributionFactory(DjangoModelFactory):
    """What somebody said online; nobody looked at it yet."""

    class Meta:
        model = Contribution

    moment = factory.SubFactory(MomentFactory, announced=True, asking=True)
    source = Source.WEB
    text = "Meer bomen, graag."
    sent_at = factory.LazyFunction(timezone.now)

    class Params:
        visible = factory.Trait(status=ContributionStatus.VISIBLE)
        hidden = factory.Trait(status=ContributionStatus.HIDDEN, hidden_reason="Er staat een naam in.")
        with_address = factory.Trait(
            email=factory.Sequence(lambda n: f"meedenker{n}@voorbeeld.example"),
            email_confirmed_at=factory.SelfAttribute("sent_at"),
        )


class FeedbackFactory(DjangoModelFactory):
    """Everybody heard what is done with it."""

    class Meta:
        model = Feedback

    moment = factory.SubFactory(MomentFactory, held=True)
    heard = "U wilt meer bomen."
    doing = "Wij planten er tien."
    not_doing = "Geen parkeerplaatsen erbij: daar is geen ruimte voor."
    written_by = factory.SelfAttribute("moment.made_by")
    sent_at = factory.LazyFunction(timezone.now)


class ScoreFactory(DjangoModelFactory):
    """A satisfied participant."""

    class Meta:
        model = Score

    moment = factory.SubFactory(MomentFactory, held=True)
    key = factory.Sequence(lambda n: f"sleutel-{n}")
    could_speak = 4
    was_clear = 4
    sees_result = 5
    given_at = factory.LazyFunction(timezone.now)


class EvaluationFactory(DjangoModelFactory):
    """A check that was looked back on."""

    class Meta:
        model = Evaluation

    check_of = factory.SubFactory(CheckFactory, evaluated=True)
    verdicts = factory.LazyFunction(lambda: dict.fromkeys(Criterion.values, Verdict.GOOD.value))
    went_well = "Veel bewoners deden mee."
    lessons = "Eerder langs de school gaan."
    passes = True
    evaluated_by = factory.SelfAttribute("check_of.project.lead")
    evaluated_on = factory.LazyFunction(today)


class AreaFollowFactory(DjangoModelFactory):
    """A circle of a kilometre."""

    class Meta:
        model = AreaFollow

    postcode = "3341 AA"
    buurt = factory.SubFactory("tests.factories.wijken.BuurtFactory")
    latitude = 51.84
    longitude = 4.64
    radius = 1000
