"""When a check and an evaluation have to be there, and which reminders belong to such a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from participation.enums import FIRST_PHASES, PhaseKind
from participation.models import Project, ProjectPhase
from shared import municipality
from shared.municipality import Participation
from shared.terms.calendar import Calendar


def promises() -> Participation:
    """What this municipality promises."""
    return municipality.current().participation


def check_due(project: Project, phase: ProjectPhase, *, started_on: date, calendar: Calendar) -> date:
    """The last day for a signed check: so many working days after the start, and before the start note is settled."""
    within = calendar.add_working_days(started_on, promises().check_working_days)
    if phase.kind not in FIRST_PHASES:
        return within
    note = project.phases.filter(kind=PhaseKind.START_NOTE).first()
    settled = note and (note.planned_to or note.planned_from)
    if not settled or settled <= started_on:
        return within
    return max(started_on, min(within, calendar.working_day_until(settled - timedelta(days=1))))


def evaluation_due(decided_on: date) -> date:
    """The last day for the evaluation."""
    return decided_on + timedelta(days=promises().evaluation_days)


def feedback_due(held_on: date, calendar: Calendar) -> date:
    """The last day to say what was heard at a moment, and what is done with it."""
    return calendar.add_working_days(held_on, promises().feedback_working_days)


@dataclass(frozen=True)
class Ladder:
    """The reminders around a last day, as days after it; negative is before."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    every: int
    management: int

    @classmethod
    def of_municipality(cls) -> "Ladder":
        """As it is configured."""
        set_up = promises()
        return cls(
            set_up.remind_days_before,
            set_up.remind_days_after,
            set_up.remind_every_days,
            set_up.management_after_days,
        )

    @property
    def first(self) -> int:
        """How many days before the last day the first reminder goes out."""
        return max(self.before, default=0)

    def rung(self, due_on: date, today: date) -> int | None:
        """The last reminder whose day has come; one that was missed is not sent beside a later one."""
        reached = (today - due_on).days
        found = [rung for rung in (*(-days for days in self.before), *self.after) if rung <= reached]
        last = max(self.after, default=0)
        if reached >= last + self.every:
            found.append(last + (reached - last) // self.every * self.every)
        return max(found, default=None)

    def management_is_due(self, due_on: date, today: date) -> bool:
        """Whether the management has to hear of it."""
        return (today - due_on).days >= self.management


def later_phases(project: Project) -> Iterator[ProjectPhase]:
    """The phases that come after the present one, in order."""
    here = next((phase.position for phase in project.phases.all() if phase.kind == project.phase), -1)
    return (phase for phase in project.phases.all() if phase.position > here)
