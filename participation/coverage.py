"""How far the promise is kept: a check in time for every project past its start note, feedback and evaluation in time.

Numbers only, of projects; nothing in it is about a person, so everybody may read it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participation.enums import FIRST_PHASES, CheckStatus, Outcome, ProjectStatus
from participation.models import ParticipationCheck, Project, ProjectPhase
from participation.querysets import ProjectQuerySet
from shared.reports.periods import Period

EVERYTHING = ""
NOWHERE = ""


@dataclass(frozen=True)
class Fact:
    """What the coverage has to know of one project.

    `passed_on` is the day on which it left its start note behind; `due_on` and `signed_on` are of the first check.
    """

    project: int
    department: str
    alderman: str
    wijken: tuple[str, ...]
    is_active: bool
    passed_on: date | None
    due_on: date | None
    signed_on: date | None
    outcome: str
    none_reason: str
    level: str
    evaluation_due_on: date | None
    evaluated_on: date | None

    def is_overdue(self, today: date) -> bool:
        """Active, and its first check is not there while its day has passed."""
        return self.is_active and self.signed_on is None and self.due_on is not None and self.due_on < today

    def is_late(self, today: date) -> bool:
        """Past its start note without a check in time, or on its way there and over time already."""
        if self.passed_on is None:
            return self.is_overdue(today)
        return self.signed_on is None or (self.due_on is not None and self.signed_on > self.due_on)


@dataclass(frozen=True)
class Promised:
    """Feedback after one moment: until when, and when it was given."""

    project: int
    due_on: date
    given_on: date | None


# Where the feedback comes from; the moments add theirs.
FEEDBACK: list[Callable[[], Iterable[Promised]]] = []


@dataclass
class Sums:
    """The counts of one group of projects."""

    projects: int = 0
    passed: int = 0
    in_time: int = 0
    too_late: int = 0
    without: int = 0
    # Still before its gate, and over time already.
    overdue: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    none_reasons: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    feedback: Counter[str] = field(default_factory=Counter)
    evaluations: Counter[str] = field(default_factory=Counter)

    @property
    def percentage(self) -> int | None:
        """Of the projects past their start note: the part with a check in time."""
        return percentage(self.in_time, self.passed)

    @property
    def feedback_percentage(self) -> int | None:
        """Of the feedback whose day has come, or that was given: the part in time."""
        return percentage(self.feedback["in_time"], self.feedback.total() - self.feedback["waiting"])

    @property
    def evaluation_percentage(self) -> int | None:
        """Of the evaluations whose day has come, or that were done: the part in time."""
        return percentage(self.evaluations["in_time"], self.evaluations.total() - self.evaluations["waiting"])

    def add(self, fact: Fact, promised: Iterable[Promised], today: date) -> None:
        """Count one project."""
        self.projects += 1
        if fact.passed_on is not None:
            self._count_gate(fact)
        elif fact.is_overdue(today):
            self.overdue += 1
        if fact.outcome:
            self._count_outcome(fact)
        if fact.evaluation_due_on is not None and fact.outcome == Outcome.PARTICIPATION:
            self.evaluations[standing(fact.evaluation_due_on, fact.evaluated_on, today)] += 1
        for each in promised:
            self.feedback[standing(each.due_on, each.given_on, today)] += 1

    def _count_gate(self, fact: Fact) -> None:
        self.passed += 1
        if fact.signed_on is None:
            self.without += 1
        elif fact.due_on is None or fact.signed_on <= fact.due_on:
            self.in_time += 1
        else:
            self.too_late += 1

    def _count_outcome(self, fact: Fact) -> None:
        self.outcomes[fact.outcome] += 1
        if fact.outcome == Outcome.NONE:
            self.none_reasons[fact.none_reason] += 1
        if fact.level:
            self.levels[fact.level] += 1


@dataclass(frozen=True)
class Coverage:
    """The whole, and the same per department, alderman, wijk and quarter in which the start note was passed."""

    whole: Sums
    by_department: dict[str, Sums]
    by_alderman: dict[str, Sums]
    by_wijk: dict[str, Sums]
    by_quarter: dict[str, Sums]
    late: list[Fact]


def standing(due_on: date, done_on: date | None, today: date) -> str:
    """In time, too late, missing, or still to come."""
    if done_on is not None:
        return "in_time" if done_on <= due_on else "too_late"
    return "missing" if due_on < today else "waiting"


def percentage(part: int, whole: int) -> int | None:
    """A whole percentage, rounded down: 99.6% kept is not 100%."""
    return 100 * part // whole if whole else None


def coverage(today: date, projects: ProjectQuerySet | None = None, period: Period | None = None) -> Coverage:
    """Count the register, or these projects of it, or those that passed their start note in this period."""
    promised: dict[int, list[Promised]] = defaultdict(list)
    for source in FEEDBACK:
        for each in source():
            promised[each.project].append(each)
    counted = [fact for fact in facts(projects) if period is None or _is_in(fact.passed_on, period)]
    whole = Sums()
    groups: list[dict[str, Sums]] = [defaultdict(Sums) for _number in range(4)]
    for fact in counted:
        quarter = _quarter(fact.passed_on)
        keys = ((fact.department,), (fact.alderman,), fact.wijken or (NOWHERE,), (quarter,) if quarter else ())
        for sums in (whole, *(groups[place][key] for place, names in enumerate(keys) for key in names)):
            sums.add(fact, promised[fact.project], today)
    department, alderman, wijk, quarter_sums = (dict(sorted(group.items())) for group in groups)
    late = [fact for fact in counted if fact.is_late(today)]
    return Coverage(whole, department, alderman, wijk, quarter_sums, late)


def facts(projects: ProjectQuerySet | None = None) -> list[Fact]:
    """All projects, or these, in as many queries for three as for five hundred."""
    wijken: dict[int, list[str]] = defaultdict(list)
    for project, name in (
        Project.objects.filter(wijken__isnull=False).order_by("wijken__code").values_list("pk", "wijken__short_name")
    ):
        wijken[project].append(name)
    phases, checks = _phases(), _checks()
    chosen = Project.objects.all() if projects is None else projects
    rows: Iterable[Any] = chosen.order_by("pk").values(
        "pk", "department__name", "alderman__name", "status", "evaluation_due_on", "evaluated_on"
    )
    return [_fact(row, tuple(wijken[row["pk"]]), phases[row["pk"]], checks[row["pk"]]) for row in rows]


def _fact(
    row: dict[str, Any], wijken: tuple[str, ...], phases: list[dict[str, Any]], checks: list[dict[str, Any]]
) -> Fact:
    first_signed = [check["signed_on"] for check in checks if check["phase__kind"] in FIRST_PHASES]
    due = [phase["check_due_on"] for phase in phases if phase["kind"] in FIRST_PHASES and phase["check_due_on"]]
    passed = [
        phase["started_on"] for phase in phases if phase["kind"] not in FIRST_PHASES and phase["started_on"] is not None
    ]
    last = checks[-1] if checks else {"outcome": "", "none_reason": "", "level": ""}
    return Fact(
        project=row["pk"],
        department=row["department__name"],
        alderman=row["alderman__name"] or NOWHERE,
        wijken=wijken,
        is_active=row["status"] == ProjectStatus.ACTIVE,
        passed_on=min(passed, default=None),
        due_on=min(due, default=None),
        signed_on=min(first_signed, default=None),
        outcome=last["outcome"],
        none_reason=last["none_reason"],
        level=last["level"],
        evaluation_due_on=row["evaluation_due_on"],
        evaluated_on=row["evaluated_on"],
    )


def _phases() -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows: Iterable[Any] = ProjectPhase.objects.order_by("position").values(
        "project", "kind", "started_on", "check_due_on"
    )
    for row in rows:
        found[row["project"]].append(row)
    return found


def _checks() -> dict[int, list[dict[str, Any]]]:
    """The signed checks, the oldest first; a lapsed one counts for nothing."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    signed = ParticipationCheck.objects.filter(signed_on__isnull=False).exclude(status=CheckStatus.LAPSED)
    columns = ("project", "phase__kind", "signed_on", "outcome", "none_reason", "level")
    for row in signed.order_by("number").values(*columns):
        found[row["project"]].append(row)
    return found


def _quarter(day: date | None) -> str:
    return Period(day.year, (day.month + 2) // 3).name if day else ""


def _is_in(day: date | None, period: Period) -> bool:
    return day is not None and period.first_day <= day < period.next_day
