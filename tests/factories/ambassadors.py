"""Ambassadors and advice: `AdviceRequestFactory(subject=case)`, `(by_email=True)`, `(answered=True)`."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ambassadors import subjects
from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.models import AdviceRequest, ContactNote, ThemeDuty
from shared.accounts.models import User
from shared.terms.calendar import today
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, DepartmentFactory, days_from_now
from tests.factories.initiatives import InitiativeFactory
from tests.factories.themes import ThemeFactory


class AdviceRequestFactory(DjangoModelFactory):
    """Advice that was asked today of the ambassador of a department, about a plan when no `subject` is given."""

    class Meta:
        model = AdviceRequest
        exclude = ("subject",)

    subject = factory.SubFactory(InitiativeFactory, in_review=True)
    subject_type = factory.LazyAttribute(lambda made: made.subject._meta.label_lower)
    subject_id = factory.LazyAttribute(lambda made: str(made.subject.pk))
    title = factory.LazyAttribute(lambda made: made.subject.title)
    reference = factory.LazyAttribute(lambda made: subjects.kind_of(made.subject).describe(made.subject).reference)
    wijk = factory.LazyAttribute(lambda made: made.subject.wijk)
    theme = factory.LazyAttribute(lambda made: made.subject.theme)
    department = factory.SubFactory(DepartmentFactory)
    owner = factory.LazyAttribute(lambda made: made.department and AmbassadorFactory(department=made.department))
    question = "Kan hier een bankje staan?"
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=7))
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(CoordinatorFactory)

    class Params:
        by_email = factory.Trait(
            department=None, owner=None, adviser_name="Adviseur Groen", adviser_email="groen@gemeente.example"
        )
        late = factory.Trait(due_on=factory.LazyFunction(lambda: today() - timedelta(days=1)))
        unanswered = factory.Trait(
            status=AdviceStatus.UNANSWERED,
            due_on=factory.LazyFunction(lambda: today() - timedelta(days=2)),
            lapsed_at=factory.LazyFunction(timezone.now),
        )
        answered = factory.Trait(
            status=AdviceStatus.ANSWERED,
            answered_at=factory.LazyFunction(timezone.now),
            verdict=AdviceVerdict.CONCERN,
            text="Laat de brandweg vrij.",
        )
        revoked = factory.Trait(status=AdviceStatus.REVOKED, ended_at=factory.LazyFunction(timezone.now))


class ThemeDutyFactory(DjangoModelFactory):
    """A department answers for a theme in all wijken."""

    class Meta:
        model = ThemeDuty

    theme = factory.SubFactory(ThemeFactory)
    department = factory.SubFactory(DepartmentFactory)
    starts_on = days_from_now(-30)


class ContactNoteFactory(DjangoModelFactory):
    """A talk of yesterday."""

    class Meta:
        model = ContactNote

    department = factory.SubFactory(DepartmentFactory)
    author = factory.SubFactory(CoordinatorFactory)
    held_on = days_from_now(-1)
    with_whom = "Ambassadeur Groen"
    text = "De planning van het groen."


def deputy_of(department: Any, **fields: Any) -> User:
    """Somebody who is the deputy of this department."""
    user: User = AmbassadorFactory(department=department, **fields)
    user.role_assignments.update(is_deputy=True)
    return user
