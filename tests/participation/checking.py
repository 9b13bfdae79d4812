"""People around a project, and a check taken as far as a test needs it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from participation import workflow
from participation.enums import DecidingBody, Level, Outcome, Signer
from participation.models import ParticipationCheck, Project
from shared.accounts.models import Department, User
from shared.wijken.models import Wijk
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, DepartmentFactory, ProjectLeadFactory
from tests.factories.participation import ProjectFactory
from tests.factories.wijken import WijkFactory

ANSWERS: dict[str, Any] = {
    "legal_duty": "none",
    "choice_left": "much",
    "fixed": "Het riool.",
    "open": "Het groen en de bankjes.",
    "noticed_by": "Bewoners van de Kerkstraat.",
    "impact": 3,
    "needs_knowledge": True,
    "knowledge": "Waar het water blijft staan.",
    "enough_means": True,
    "urgent": False,
    "outcome": Outcome.PARTICIPATION,
    "level": Level.ADVISE,
    "decision_text": "Het college besluit in juni.",
    "public_text": "Praat mee over het groen.",
}
GROUPS = [{"name": "Bewoners", "level": Level.ADVISE}]
NO_PARTICIPATION: dict[str, Any] = ANSWERS | {
    "choice_left": "none",
    "impact": 0,
    "needs_knowledge": False,
    "outcome": Outcome.NONE,
    "none_reason": "no_room",
    "none_text": "Er valt niets te kiezen.",
    "level": Level.NONE,
}


@dataclass(frozen=True)
class Team:
    """The three people of a check."""

    department: Department
    wijk: Wijk
    lead: User
    ambassador: User
    coordinator: User


def team() -> Team:
    department, wijk = DepartmentFactory(), WijkFactory()
    return Team(
        department,
        wijk,
        ProjectLeadFactory(department=department),
        AmbassadorFactory(department=department),
        CoordinatorFactory(wijk=wijk),
    )


def project_of(people: Team, **fields: Any) -> Project:
    """A project on which the management decides, so that its own signature will do."""
    values = {
        "department": people.department,
        "lead": people.lead,
        "wijken": [people.wijk],
        "deciding_body": DecidingBody.MANAGEMENT,
        **fields,
    }
    project: Project = ProjectFactory(**values)
    return project


def written(people: Team, project: Project, answers: dict[str, Any] | None = None) -> ParticipationCheck:
    """A check with all its answers."""
    check = workflow.start_check(project, by=people.lead)
    return workflow.save_check(check, answers or ANSWERS, groups=GROUPS, by=people.lead)


def advised(people: Team, project: Project, answers: dict[str, Any] | None = None) -> ParticipationCheck:
    """A check that only has to be signed."""
    check = workflow.hand_in(written(people, project, answers), by=people.lead)
    check = workflow.pass_to_coordinator(check, by=people.ambassador)
    return workflow.advise(check, text="Ga langs de school.", level=Level.ADVISE, by=people.coordinator)


def confirmed(people: Team, project: Project, answers: dict[str, Any] | None = None) -> ParticipationCheck:
    """A signed check."""
    check = advised(people, project, answers)
    return workflow.confirm(
        check, signer=Signer.MANAGEMENT, signer_name="MT", signed_on=timezone.localdate(), by=people.lead
    )
