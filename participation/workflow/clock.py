"""What wakes by itself: reminders of checks, feedback and evaluations. Safe to run twice, or a day late."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from participation import letters, rules
from participation.deadlines import Ladder, promises
from participation.enums import CHECK_IN_PREPARATION, FIRST_PHASES, CheckStatus, Outcome, ProjectStatus
from participation.models import ParticipationCheck, Project, ProjectPhase, SentReminder
from participation.workflow.case import ambassadors_of, coordinators_of, lead_of, lock, send, tell
from shared.accounts.models import User
from shared.audit import trail
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient

MANAGEMENT = "management"
Write = Callable[[Project, date], Letter]


@dataclass(frozen=True)
class Awaited:
    """Something that has to be there on a day; `write` makes the reminder, `what` names it for the management."""

    project_id: int
    subject: str
    due_on: date
    write: Write
    what: str


# Where awaited things come from, given the last day to look ahead to; the moments add their feedback.
SOURCES: list[Callable[[date], Iterable[Awaited]]] = []


def awaited(until: date) -> list[Awaited]:
    """Everything whose last day is on or before `until` and that is not there yet."""
    return [each for source in (checks_awaited, evaluations_awaited, *SOURCES) for each in source(until)]


def checks_awaited(until: date) -> Iterator[Awaited]:
    """Projects whose present phase has no signed check."""
    here = Q(project__status=ProjectStatus.ACTIVE, kind=F("project__phase"), check_due_on__lte=until)
    own = ParticipationCheck.objects.signed().filter(phase=OuterRef("pk"))
    phases = ProjectPhase.objects.filter(here, ~Exists(own)).order_by("project_id")
    rows = list(phases.values_list("project_id", "kind", "check_due_on"))
    # The idea and the start note share one check, which may hang on the other of the two.
    signed = _signed_stages({project for project, kind, _due_on in rows if kind in FIRST_PHASES})
    for project, kind, due_on in rows:
        stage = rules.stage(kind)
        if (project, stage) not in signed and due_on is not None:
            what = _("een vastgestelde participatiecheck")
            yield Awaited(project, f"check:{project}:{stage}", due_on, _check_letter(due_on), what)


def _signed_stages(projects: set[int]) -> set[tuple[int, str]]:
    """Of which stages these projects have a signed check."""
    found = ParticipationCheck.objects.signed().filter(project__in=projects).order_by()
    return {(project, rules.stage(kind)) for project, kind in found.values_list("project_id", "phase__kind")}


def evaluations_awaited(until: date) -> Iterator[Awaited]:
    """Decided projects in which people took part, without an evaluation."""
    asked = ParticipationCheck.objects.signed().filter(project=OuterRef("pk"), outcome=Outcome.PARTICIPATION)
    decided = Project.objects.active().filter(Exists(asked), evaluated_on__isnull=True, evaluation_due_on__lte=until)
    for project, due_on in decided.order_by("pk").values_list("pk", "evaluation_due_on"):
        if due_on is not None:
            what = _("de evaluatie van de participatie")
            yield Awaited(project, f"evaluation:{project}", due_on, _evaluation_letter(due_on), what)


def remind(today: date) -> int:
    """Send what is due today; gives how many reminders went out. Each project is its own transaction."""
    ladder = Ladder.of_municipality()
    waiting = [
        (each, rung)
        for each in awaited(today + timedelta(days=ladder.first))
        if (rung := ladder.rung(each.due_on, today)) is not None
    ]
    sent = _already_sent([each for each, _rung in waiting])
    count = 0
    for each, rung in waiting:
        if (each.subject, each.due_on, rung) not in sent:
            count += _remind(each, rung, today)
        if ladder.management_is_due(each.due_on, today):
            key = (f"{each.subject}:{MANAGEMENT}", each.due_on, ladder.management)
            if key not in sent:
                count += _tell_management(each, ladder.management, today)
    return count


def _already_sent(waiting: list[Awaited]) -> set[tuple[str, date, int]]:
    subjects = {each.subject for each in waiting}
    named = subjects | {f"{subject}:{MANAGEMENT}" for subject in subjects}
    return set(SentReminder.objects.filter(subject__in=named).values_list("subject", "due_on", "rung"))


@transaction.atomic
def _remind(each: Awaited, rung: int, today: date) -> bool:
    project = lock(Project(pk=each.project_id))
    if not _note(project, each.subject, each.due_on, rung, today):
        return False
    people = _whom_to_remind(project, each, rung)
    key = f"reminder:{each.subject}:{each.due_on:%Y%m%d}:{rung}"
    tell(project, people, each.write(project, today), key)
    trail.record("participation.reminded", subject=project, new={"about": each.subject, "days": rung})
    return True


def _whom_to_remind(project: Project, each: Awaited, rung: int) -> list[User]:
    """Before the last day who helps; the first time that it is too late the lead too; then weekly the ambassador.

    The management comes after them (`_tell_management`).
    """
    ambassadors = ambassadors_of(project)
    before = SentReminder.objects.filter(subject=each.subject, due_on=each.due_on, rung__gt=0, rung__lt=rung)
    if rung > 0 and before.exists():
        return ambassadors
    helpers = [*ambassadors, *coordinators_of(project)]
    return helpers if rung <= 0 else [*lead_of(project), *helpers]


@transaction.atomic
def _tell_management(each: Awaited, rung: int, today: date) -> bool:
    project = lock(Project(pk=each.project_id))
    if not _note(project, f"{each.subject}:{MANAGEMENT}", each.due_on, rung, today):
        return False
    letter = letters.to_management(project, due_on=each.due_on, today=today, what=each.what)
    to = Recipient(name=promises().management_name, email=promises().management_email)
    send(project, to, letter, f"management:{each.subject}:{each.due_on:%Y%m%d}")
    trail.record("participation.reminded", subject=project, new={"about": each.subject, "to": MANAGEMENT})
    return True


def _note(project: Project, subject: str, due_on: date, rung: int, today: date) -> bool:
    """Whether this reminder is ours to send: who writes it down first, sends it."""
    _row, is_new = SentReminder.objects.get_or_create(
        subject=subject, due_on=due_on, rung=rung, defaults={"project": project, "sent_on": today}
    )
    return is_new


def _check_letter(due_on: date) -> Write:
    def write(project: Project, today: date) -> Letter:
        check = project.checks.filter(status__in=CHECK_IN_PREPARATION).first()
        return letters.check_reminder(project, due_on=due_on, today=today, waits_for=_waits_for(check))

    return write


def _evaluation_letter(due_on: date) -> Write:
    return lambda project, today: letters.evaluation_reminder(project, due_on=due_on, today=today)


def _waits_for(check: ParticipationCheck | None) -> str:
    """Who has it before them now."""
    if check is None:
        return _("De projectleider is nog niet begonnen.")
    return {
        CheckStatus.DRAFT: _("De projectleider vult de check in."),
        CheckStatus.RETURNED: _("De projectleider past de check aan."),
        CheckStatus.AMBASSADOR: _("De check wacht op de ambassadeur."),
        CheckStatus.ADVICE: _("De check wacht op advies van de wijkcoördinator."),
        CheckStatus.ADVISED: _("De check kan worden vastgesteld."),
    }[CheckStatus(check.status)]
