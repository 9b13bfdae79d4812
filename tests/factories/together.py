"""Together in a wijk: `JointActionFactory(running=True)`, `FindingFactory(assigned=True)`, `NoticeFactory()`."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.enums.actions import ActionStatus
from partners.enums.signals import SignalSource, SignalStatus
from partners.enums.walks import FindingStatus, WalkStatus
from partners.models import ActionStep, ChecklistItem, Finding, JointAction, Notice, Signal, Walk, WijkAgenda
from tests.factories.accounts import CoordinatorFactory, DepartmentFactory, UserFactory, days_from_now
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory


def tomorrow_at_ten() -> datetime:
    return (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)


class JointActionFactory(DjangoModelFactory):
    """A proposal, unless a trait says what became of it."""

    class Meta:
        model = JointAction
        skip_postgeneration_save = True

    class Params:
        agreed = factory.Trait(status=ActionStatus.AGREED, agreed_at=factory.LazyFunction(timezone.now))
        running = factory.Trait(status=ActionStatus.RUNNING, agreed_at=factory.LazyFunction(timezone.now))
        done = factory.Trait(
            status=ActionStatus.DONE, result="Veertig bewoners deden mee.", closed_at=factory.LazyFunction(timezone.now)
        )
        stopped = factory.Trait(
            status=ActionStatus.STOPPED, stop_reason="Te weinig mensen.", closed_at=factory.LazyFunction(timezone.now)
        )

    title = factory.Sequence(lambda n: f"Schoon en groen {n}")
    goal = "Samen het plein opknappen."
    wijk = factory.SubFactory(WijkFactory)
    theme = factory.SubFactory(ThemeFactory)
    owner = factory.SubFactory(CoordinatorFactory, wijk=factory.SelfAttribute("..wijk"))
    proposed_by = factory.SelfAttribute("owner")

    @factory.post_generation
    def partners(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.partners.set(extracted or [])


class ActionStepFactory(DjangoModelFactory):
    """A step of a running action that is due tomorrow."""

    class Meta:
        model = ActionStep

    class Params:
        done = factory.Trait(done_at=factory.LazyFunction(timezone.now), done_by=factory.SelfAttribute("action.owner"))

    action = factory.SubFactory(JointActionFactory, running=True)
    what = factory.Sequence(lambda n: f"Stap {n}")
    due_on = days_from_now(1)


class WijkAgendaFactory(DjangoModelFactory):
    """A published agenda of this year."""

    class Meta:
        model = WijkAgenda

    wijk = factory.SubFactory(WijkFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    intro = "Dit doen wij samen."
    published_at = factory.LazyFunction(timezone.now)
    changed_by = factory.SubFactory(CoordinatorFactory, wijk=factory.SelfAttribute("..wijk"))


class SignalFactory(DjangoModelFactory):
    """A new signal of a coordinator."""

    class Meta:
        model = Signal

    class Params:
        seen = factory.Trait(status=SignalStatus.SEEN)
        handled = factory.Trait(status=SignalStatus.HANDLED, outcome="Opgelost.")
        published = factory.Trait(
            public_text="Meer afval naast de bakken.", published_at=factory.LazyFunction(timezone.now)
        )

    title = factory.Sequence(lambda n: f"Afval naast de bakken {n}")
    theme = factory.SubFactory(ThemeFactory)
    wijk = factory.SubFactory(WijkFactory)
    source = SignalSource.COORDINATOR
    author = factory.SubFactory(CoordinatorFactory, wijk=factory.SelfAttribute("..wijk"))


class ChecklistItemFactory(DjangoModelFactory):
    """A point of the checklist."""

    class Meta:
        model = ChecklistItem

    name = factory.Sequence(lambda n: f"Punt {n}")
    position = factory.Sequence(lambda n: n)


class WalkFactory(DjangoModelFactory):
    """A walk that is planned for tomorrow, unless a trait says how far it is."""

    class Meta:
        model = Walk
        skip_postgeneration_save = True

    class Params:
        underway = factory.Trait(status=WalkStatus.UNDERWAY)
        walked = factory.Trait(status=WalkStatus.WALKED)
        reported = factory.Trait(status=WalkStatus.REPORTED, reported_at=factory.LazyFunction(timezone.now))

    title = factory.Sequence(lambda n: f"Schouw {n}")
    wijk = factory.SubFactory(WijkFactory)
    starts_at = factory.LazyFunction(tomorrow_at_ten)
    gather_at = "De fontein"
    organiser = factory.SubFactory(CoordinatorFactory, wijk=factory.SelfAttribute("..wijk"))

    @factory.post_generation
    def participants(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.participants.set(extracted or [])


class FindingFactory(DjangoModelFactory):
    """A finding of a walk that goes on; `assigned` gives it to a department."""

    class Meta:
        model = Finding

    class Params:
        assigned = factory.Trait(
            status=FindingStatus.ASSIGNED, department=factory.SubFactory(DepartmentFactory), due_on=days_from_now(14)
        )
        done = factory.Trait(status=FindingStatus.DONE, result="Vervangen.")

    walk = factory.SubFactory(WalkFactory, underway=True)
    text = factory.Sequence(lambda n: f"Losse tegel {n}")
    place = "Kerkstraat"
    noted_by = factory.SelfAttribute("walk.organiser")


class NoticeFactory(DjangoModelFactory):
    """A message on the board."""

    class Meta:
        model = Notice
        skip_postgeneration_save = True

    class Params:
        removed = factory.Trait(text="", removed_at=factory.LazyFunction(timezone.now))

    wijk = factory.SubFactory(WijkFactory)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Wie helpt er zaterdag mee met tafel {n}?")
