"""Projects and checks in every state: `ProjectFactory(in_design=True)`, `CheckFactory(published=True)`."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from participation.enums import (
    PHASE_ORDER,
    CheckStatus,
    ChoiceLeft,
    LegalDuty,
    Level,
    MomentForm,
    NoneReason,
    Outcome,
    PhaseKind,
    ProjectStatus,
    Signer,
)
from participation.models import (
    Alderman,
    ParticipationCheck,
    PlannedMoment,
    Project,
    ProjectPhase,
    StakeholderGroup,
)
from participation.moments.enums import Status
from participation.moments.models import Feedback, Moment
from tests.factories.accounts import DepartmentFactory, ProjectLeadFactory


def today() -> Any:
    return timezone.localdate()


class AldermanFactory(DjangoModelFactory):
    """A member of the executive."""

    class Meta:
        model = Alderman

    name = factory.Sequence(lambda n: f"wethouder Nummer {n}")


class ProjectFactory(DjangoModelFactory):
    """A project in its start note, with all its phases planned and no check yet.

    `wijken=[wijk]` and `buurten=[buurt]` say where (nothing: everywhere); `in_design=True` and further have the signed
    checks that the gates ask for.
    """

    class Meta:
        model = Project
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"2020-P-{n:05d}")
    title = factory.Sequence(lambda n: f"Herinrichting Kerkstraat {n}")
    summary = "Wij richten de straat opnieuw in, met meer groen en minder asfalt."
    department = factory.SubFactory(DepartmentFactory)
    lead = factory.LazyAttribute(lambda made: ProjectLeadFactory(department=made.department))
    alderman = factory.SubFactory(AldermanFactory)
    started_on = factory.LazyFunction(lambda: today() - timedelta(days=7))
    phase = PhaseKind.START_NOTE
    registered_at = factory.LazyFunction(timezone.now)
    registered_by = factory.SelfAttribute("lead")

    class Params:
        goal = PhaseKind.START_NOTE
        in_idea = factory.Trait(phase=PhaseKind.IDEA)
        in_design = factory.Trait(goal=PhaseKind.DESIGN)
        in_decision = factory.Trait(goal=PhaseKind.DECISION)
        in_execution = factory.Trait(goal=PhaseKind.EXECUTION)
        in_evaluation = factory.Trait(goal=PhaseKind.EVALUATION)
        published = factory.Trait(published_at=factory.SelfAttribute("registered_at"))
        stopped = factory.Trait(status=ProjectStatus.STOPPED, ended_on=factory.LazyFunction(today))

    @classmethod
    def _create(cls, model_class: type[Project], *args: Any, **fields: Any) -> Project:
        goal = fields.pop("goal_phase", fields["phase"])
        project = super()._create(model_class, *args, **fields)
        for position, kind in enumerate(PHASE_ORDER):
            start = project.started_on + timedelta(days=90 * position)
            ProjectPhase.objects.create(
                project=project,
                kind=kind,
                position=position,
                planned_from=start,
                planned_to=start + timedelta(days=89),
                started_on=project.started_on if kind == project.phase else None,
            )
        move_to(project, PhaseKind(goal))
        return project

    goal_phase = factory.LazyAttribute(lambda made: made.goal if made.phase == PhaseKind.START_NOTE else made.phase)

    @factory.post_generation
    def wijken(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Where it is."""
        self.wijken.set(extracted or [])

    @factory.post_generation
    def buurten(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Where exactly."""
        self.buurten.set(extracted or [])

    @factory.post_generation
    def themes(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """What it is about."""
        self.themes.set(extracted or [])


def move_to(project: Project, goal: PhaseKind) -> None:
    """Take the project on, phase by phase, with a signed check for each that it leaves."""
    for kind in PHASE_ORDER[PHASE_ORDER.index(PhaseKind(project.phase)) + 1 : PHASE_ORDER.index(goal) + 1]:
        CheckFactory(project=project, published=True)
        project.phases.filter(kind=project.phase).update(ended_on=today())
        project.phases.filter(kind=kind).update(started_on=today())
        project.phase = kind
        project.save()


class CheckFactory(DjangoModelFactory):
    """A filled-in concept of a check for the phase that the project is in; a trait for every other status.

    One that is fed back, or beyond, has the moment that people heard back of.
    """

    class Meta:
        model = ParticipationCheck

    @classmethod
    def _create(cls, model_class: type[ParticipationCheck], *args: Any, **fields: Any) -> ParticipationCheck:
        if fields.get("fed_back_at") and fields["outcome"] == Outcome.PARTICIPATION:
            let_people_hear_back(fields["phase"], fields["fed_back_at"])
        check: ParticipationCheck = super()._create(model_class, *args, **fields)
        return check

    project = factory.SubFactory(ProjectFactory)
    phase = factory.LazyAttribute(lambda made: made.project.phases.get(kind=made.project.phase))
    number = factory.LazyAttribute(lambda made: made.project.checks.count() + 1)
    legal_duty = LegalDuty.NONE
    choice_left = ChoiceLeft.MUCH
    fixed = "Het riool en de rijrichting."
    open = "Het groen, de bankjes en de looproute."
    noticed_by = "Bewoners en winkeliers van de Kerkstraat."
    impact = 3
    area = "De Kerkstraat en de zijstraten"
    needs_knowledge = True
    knowledge = "Bewoners weten waar het water blijft staan."
    enough_means = True
    hours = 80
    urgent = False
    score = 8
    advice = Outcome.PARTICIPATION
    outcome = Outcome.PARTICIPATION
    level = Level.ADVISE
    decision_text = "Het college besluit in juni over het ontwerp."
    public_text = "U kunt meepraten over het groen, de bankjes en de looproute."
    drafted_by = factory.SelfAttribute("project.lead")
    drafted_at = factory.LazyFunction(timezone.now)

    class Params:
        handed_in = factory.Trait(status=CheckStatus.AMBASSADOR, handed_in_at=factory.SelfAttribute("drafted_at"))
        returned = factory.Trait(status=CheckStatus.RETURNED, returned_because="Wie zijn de ondernemers?")
        in_advice = factory.Trait(status=CheckStatus.ADVICE, passed_at=factory.SelfAttribute("drafted_at"))
        advised = factory.Trait(
            status=CheckStatus.ADVISED,
            coordinator_advice="Ga ook langs bij de school.",
            advised_at=factory.SelfAttribute("drafted_at"),
        )
        signed = factory.Trait(
            advised=True,
            status=CheckStatus.CONFIRMED,
            signer=Signer.LEAD,
            signer_name="Projectleider",
            signed_on=factory.LazyAttribute(lambda made: timezone.localdate(made.drafted_at)),
            signed_by=factory.SelfAttribute("project.lead"),
        )
        on_website = factory.Trait(signed=True, published_at=factory.SelfAttribute("drafted_at"))
        published = factory.Trait(on_website=True, status=CheckStatus.PUBLISHED)
        running = factory.Trait(
            on_website=True, status=CheckStatus.RUNNING, running_at=factory.SelfAttribute("drafted_at")
        )
        fed_back = factory.Trait(
            running=True, status=CheckStatus.FED_BACK, fed_back_at=factory.SelfAttribute("drafted_at")
        )
        evaluated = factory.Trait(
            fed_back=True, status=CheckStatus.EVALUATED, evaluated_at=factory.SelfAttribute("drafted_at")
        )
        closed = factory.Trait(evaluated=True, status=CheckStatus.CLOSED, ended_at=factory.SelfAttribute("drafted_at"))
        revised = factory.Trait(
            on_website=True, status=CheckStatus.REVISED, ended_at=factory.SelfAttribute("drafted_at")
        )
        lapsed = factory.Trait(status=CheckStatus.LAPSED, lapsed_because="Het project gaat niet door.")
        informs = factory.Trait(
            outcome=Outcome.INFORM_ONLY, advice=Outcome.INFORM_ONLY, level=Level.INFORM, impact=1, score=2
        )
        none = factory.Trait(
            outcome=Outcome.NONE,
            advice=Outcome.NONE,
            level=Level.NONE,
            choice_left=ChoiceLeft.NONE,
            open="",
            score=0,
            none_reason=NoneReason.NO_ROOM,
            none_text="Er valt niets te kiezen: de wet schrijft precies voor hoe het moet.",
        )
        empty = factory.Trait(
            legal_duty="",
            choice_left="",
            fixed="",
            open="",
            noticed_by="",
            impact=None,
            area="",
            needs_knowledge=None,
            knowledge="",
            enough_means=None,
            hours=None,
            urgent=None,
            score=None,
            advice="",
            outcome="",
            level="",
            decision_text="",
            public_text="",
        )


def let_people_hear_back(phase: ProjectPhase, at: datetime) -> None:
    """A moment of this phase that took place, with its feedback."""
    moment = Moment.objects.create(
        project=phase.project,
        phase=phase,
        status=Status.HELD,
        title="Wijktafel",
        text="Wij praten over het groen.",
        starts_at=at - timedelta(hours=3),
        ends_at=at - timedelta(hours=1),
        held_at=at - timedelta(hours=1),
        made_by=phase.project.lead,
    )
    Feedback.objects.create(
        moment=moment,
        heard="U wilt bomen.",
        doing="Wij planten er tien.",
        not_doing="Geen parkeerplaatsen: daar is geen ruimte voor.",
        written_by=phase.project.lead,
        sent_at=at,
    )


class StakeholderGroupFactory(DjangoModelFactory):
    """People with an interest."""

    class Meta:
        model = StakeholderGroup

    check_of = factory.SubFactory(CheckFactory)
    name = factory.Sequence(lambda n: f"Bewoners van de Kerkstraat {n}")
    interest = "Wonen er."
    level = Level.ADVISE


class PlannedMomentFactory(DjangoModelFactory):
    """A moment that the check promises."""

    class Meta:
        model = PlannedMoment

    check_of = factory.SubFactory(CheckFactory)
    form = MomentForm.NEIGHBOURHOOD_TABLE
    about = "Het groen in de straat"
    planned_on = factory.LazyFunction(lambda: today() + timedelta(days=30))
