"""What happened with a project and what comes next, as everybody may read it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.timeline import Moment as Row
from participation.enums import Outcome, PhaseKind
from participation.models import ParticipationCheck, Project, ProjectPhase
from participation.moments.models import Moment
from shared.audit.models import Event
from shared.terms.calendar import today

# What a step of the office means for who reads along; the other steps are called the same for everybody.
PUBLIC_LABELS = {
    "participation.project_published": gettext_lazy("Dit project staat op de website"),
    "participation.check_published": gettext_lazy("U leest hier waarover u kunt meepraten"),
    "participation.check_running": gettext_lazy("Het meepraten begon"),
    "participation.check_fed_back": gettext_lazy("U leest hier wat wij met de inbreng doen"),
    "participation.check_evaluated": gettext_lazy("Wij keken terug op het meepraten"),
    "participation.check_revised": gettext_lazy("Wij bekeken opnieuw hoe u kunt meepraten"),
}


def public_timeline(project: Project, phases: list[ProjectPhase]) -> list[Row]:
    """The public steps of the project, its checks and its moments, oldest first; then the next planned phase."""
    moments = Moment.objects.filter(project=project).annotate(key=Cast("pk", CharField())).values("key")
    checks = project.checks.annotate(key=Cast("pk", CharField())).values("key")
    about = (
        Q(subject_type=Project._meta.label_lower, subject_id=str(project.pk))
        | Q(subject_type=Moment._meta.label_lower, subject_id__in=moments)
        | Q(subject_type="participation.participationcheck", subject_id__in=checks)
    )
    events = Event.objects.filter(about).visible_to_public().order_by("occurred_at", "pk")
    checked = {
        check.number: check for check in project.checks.select_related("phase").only("number", "outcome", "phase")
    }
    rows = [
        Row(
            label=_label(event, checked),
            text=_new_phase(event) or event.text or _about(event, checked),
            when=event.occurred_at,
        )
        for event in events.only("action", "text", "new", "occurred_at", "subject_type", "subject_label")
    ]
    return rows + [
        Row(label=str(phase), text=_expected(phase.planned_from), is_next=True)
        for phase in phases
        if phase.started_on is None and phase.planned_from and phase.planned_from >= today()
    ]


def _label(event: Event, checked: dict[int, ParticipationCheck]) -> str:
    """What happened; a check may say that nobody can take part."""
    check = checked.get(event.new.get("number", 0))
    if event.action == "participation.check_published" and check and check.outcome == Outcome.NONE:
        return _("U leest hier waarom u niet kunt meepraten")
    return str(PUBLIC_LABELS.get(event.action, event.action_label))


def _new_phase(event: Event) -> str:
    """The phase in the language of the reader: the trail has it in that of the office."""
    begun = event.action == "participation.phase_started" and event.new.get("phase")
    return str(PhaseKind(begun).label) if begun in PhaseKind.values else ""


def _about(event: Event, checked: dict[int, ParticipationCheck]) -> str:
    """Which moment, or which phase: each phase has a check of its own."""
    if event.subject_type == Moment._meta.label_lower:
        return event.subject_label
    check = checked.get(event.new.get("number", 0)) if event.action.startswith("participation.check_") else None
    return _("Fase: %(phase)s") % {"phase": str(check.phase).lower()} if check else ""


def _expected(day: date) -> str:
    """A plan is no promise of a day."""
    return _("Naar verwachting vanaf %(month)s") % {"month": format_date(day, "F Y")}


@dataclass(frozen=True)
class PhaseRow:
    """A phase with its period in words, and whether it is the one now."""

    label: str
    period: str
    is_now: bool


def phase_rows(project: Project, phases: list[ProjectPhase]) -> list[PhaseRow]:
    """The planning of the project."""
    return [PhaseRow(str(phase), _period(phase), phase.kind == project.phase) for phase in phases]


def decision_day(phases: list[ProjectPhase]) -> date | None:
    """When the decision is planned."""
    return next((phase.planned_to or phase.planned_from for phase in phases if phase.kind == PhaseKind.DECISION), None)


def _period(phase: ProjectPhase) -> str:
    first, last = phase.started_on or phase.planned_from, phase.ended_on or phase.planned_to
    if first and last and first != last:
        return _("%(first)s tot en met %(last)s") % {
            "first": format_date(first, "j F Y"),
            "last": format_date(last, "j F Y"),
        }
    if phase.ended_on:
        return format_date(phase.ended_on, "j F Y")
    return format_date(first, "F Y") if first else _("nog niet bekend")
