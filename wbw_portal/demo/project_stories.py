"""Play the invented projects through the real workflow, each step at its own moment in the past."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from participation import workflow
from participation.enums import BudgetBand, DecidingBody, PhaseKind, ProjectKind, Signer
from participation.models import Alderman, ParticipationCheck, Project
from participation.policies import current_check
from participation.workflow.case import ambassadors_of
from shared.accounts.models import Department, User
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.wijken.models import Wijk
from wbw_portal.demo import people
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.stage import Play

SIGNER_NAMES = {"management": "Managementteam"}


def load_aldermen(data: dict[str, Any]) -> None:
    """The executive."""
    for each in data["alderman"]:
        Alderman.objects.get_or_create(name=each["name"], defaults={"portfolio": each["portfolio"]})


@dataclass
class ProjectStory:
    """One project while it is played; `base` holds the answers that most checks have."""

    data: dict[str, Any]
    base: dict[str, Any]
    now: datetime
    project: Project = field(init=False)

    def play(self) -> Play:
        """Register the project, and take every step; gives the moment of each before it is taken."""
        moment = in_office_hours(self.now - timedelta(days=self.data["days_ago"], minutes=11))
        yield moment
        self.register()
        for number, step in enumerate(self.data["steps"]):
            moment = in_office_hours(moment + timedelta(days=step["after"], minutes=13 + number))
            yield moment
            self.project = Project.objects.get(pk=self.project.pk)
            STEPS[step["do"]](self, step)

    @property
    def lead(self) -> User:
        """Who acts for the project: its lead, else who is asked when there is none."""
        return self.project.lead or self.ambassador

    @property
    def ambassador(self) -> User:
        """The ambassador of the department, or who keeps the portal where there is none."""
        return ambassadors_of(self.project)[0]

    @property
    def coordinator(self) -> User:
        """The coordinator of the first wijk; of a project for everybody the first one."""
        wijk = self.project.wijken.order_by("code").first() or Wijk.objects.current().order_by("code").first()
        return people.coordinator_of(wijk) if wijk else people.manager()

    @property
    def check(self) -> ParticipationCheck:
        """The check that is worked on."""
        found = current_check(self.project)
        if found is None:
            raise LookupError(f"{self.project} has no check yet.")
        return found

    def register(self) -> None:
        """The lead, or a coordinator, registers the project with its planning."""
        data = self.data
        lead = User.objects.get(email=people.address(data["lead"])) if "lead" in data else None
        wijken = list(Wijk.objects.current().filter(code__in=data.get("wijken", [])))
        point = [Decimal(each) for each in data.get("point", [])] or [None, None]
        details = workflow.Details(
            title=data["title"],
            summary=data["summary"],
            kind=ProjectKind(data.get("kind", "project")),
            department=Department.objects.get(name=data["department"]),
            deciding_body=DecidingBody(data["deciding_body"]),
            started_on=today(),
            lead=lead,
            alderman=Alderman.objects.get(name=data["alderman"]),
            budget_band=BudgetBand(data["budget_band"]),
            wijken=wijken,
            themes=list(Theme.objects.filter(slug__in=data.get("themes", []))),
            place=data.get("place", ""),
            latitude=point[0],
            longitude=point[1],
            contact_name=data.get("contact", ""),
        )
        planning = [
            workflow.Planned(PhaseKind(kind), today() + timedelta(days=first), today() + timedelta(days=last))
            for kind, first, last in data["phases"]
        ]
        by = lead or (people.coordinator_of(wijken[0]) if wijken else people.manager())
        self.project = workflow.register(details, planning, by=by, phase=planning[0].kind)

    def write(self, step: dict[str, Any]) -> None:
        """Begin the check and fill in what the story says."""
        check = workflow.start_check(self.project, by=self.lead)
        answers = self.data.get("answers", {})
        texts = {name: value for name, value in answers.items() if name not in ("groups", "moments")}
        # A story with few answers is about a check that is not finished.
        base = self.base if "outcome" in answers or "groups" in answers else {}
        groups = [
            {
                "name": name,
                "interest": interest,
                "level": level,
                "hard_to_reach": bool(way),
                "reached_by": way,
                "partner": who,
            }
            for name, interest, level, way, who in answers.get("groups", [])
        ]
        moments = [
            {"form": form, "about": about, "planned_on": today() + timedelta(days=days)}
            for form, about, days in answers.get("moments", [])
        ]
        workflow.save_check(check, {**base, **texts}, groups=groups, moments=moments, by=self.lead)

    def sign(self, step: dict[str, Any]) -> None:
        """Write down who confirmed it."""
        signer = step.get("signer", "management")
        workflow.confirm(
            self.check,
            signer=Signer(signer),
            signer_name=step.get("signer_name") or SIGNER_NAMES.get(signer, str(self.lead)),
            signed_on=today(),
            reference=step.get("reference", ""),
            by=self.lead,
        )


STEPS: dict[str, Callable[[ProjectStory, dict[str, Any]], object]] = {
    "publish": lambda story, step: workflow.publish(story.project, by=story.coordinator),
    "check": ProjectStory.write,
    "hand_in": lambda story, step: workflow.hand_in(story.check, by=story.lead),
    "return": lambda story, step: workflow.send_back(story.check, text=step["text"], by=story.ambassador),
    "pass": lambda story, step: workflow.pass_to_coordinator(story.check, by=story.ambassador),
    "advise": lambda story, step: workflow.advise(
        story.check, text=step["text"], level=step.get("level", ""), by=story.coordinator
    ),
    "confirm": ProjectStory.sign,
    "publish_check": lambda story, step: workflow.publish_check(story.check, by=story.lead),
    "run": lambda story, step: workflow.run(story.check, by=story.lead),
    "close": lambda story, step: workflow.close(story.check, by=story.lead),
    "move_on": lambda story, step: workflow.move_on(story.project, by=story.lead),
    "decide": lambda story, step: workflow.decide(
        story.project, decided_on=today(), reference=step["reference"], by=story.lead
    ),
    "stop": lambda story, step: workflow.stop(story.project, reason=step["text"], by=story.lead),
}
