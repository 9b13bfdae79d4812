"""The register: a project comes in, changes, is planned, goes on, is decided on, and ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation import deadlines, letters, policies
from participation.enums import (
    FIRST_PHASES,
    PHASE_ORDER,
    BudgetBand,
    CheckStatus,
    DecidingBody,
    PhaseKind,
    ProjectKind,
    ProjectStatus,
)
from participation.models import Alderman, Project, ProjectCounter, ProjectPhase
from participation.workflow.case import end_with, lock, refresh_public_pages, refuse_if, tell, tell_news
from participation.workflow.versions import renew_check
from shared.accounts.models import Department, User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms import legal_days
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.models import Buurt, Wijk

PLACES = ("wijken", "buurten", "themes")


@dataclass(frozen=True)
class Details:
    """What the register says of a project."""

    title: str
    summary: str
    kind: ProjectKind
    department: Department
    deciding_body: DecidingBody
    started_on: date
    lead: User | None = None
    alderman: Alderman | None = None
    budget_band: BudgetBand = BudgetBand.UNKNOWN
    wijken: list[Wijk] = field(default_factory=list)
    buurten: list[Buurt] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class Planned:
    """When a phase is planned."""

    kind: PhaseKind
    planned_from: date | None = None
    planned_to: date | None = None


@transaction.atomic
def register(
    details: Details,
    planning: Iterable[Planned],
    *,
    by: User | None,
    phase: PhaseKind = PhaseKind.START_NOTE,
    source: str = "",
    source_id: str = "",
) -> Project:
    """Take a project into the register and set the last day of its first check.

    Raises:
        WorkflowError: this person may not, or the phase is beyond the start note while it comes from no list.
    """
    refuse_if(
        "" if by is None or policies.may_register(by, details.department) else _("U mag dit project niet aanmelden.")
    )
    if phase not in FIRST_PHASES and not source_id:
        raise WorkflowError(_("Een nieuw project begint bij het idee of de startnotitie."))
    now = timezone.now()
    project = Project(
        reference=next_reference(timezone.localdate(now).year),
        phase=phase,
        registered_at=now,
        registered_by=by,
        source=source,
        source_id=source_id,
        **_columns(details),
    )
    project.save()
    _put_places(project, details)
    _put_planning(project, planning, needed=(phase,))
    _begin(project, project.phases.get(kind=phase), project.started_on, _counted_from(project, project.started_on))

    action = "participation.imported" if source_id else "participation.registered"
    trail.record(action, subject=project, by=by, new={"phase": phase, "department": str(project.department)})
    if project.lead and project.lead != by:
        _tell_lead(project)
    return project


@transaction.atomic
def change(project: Project, details: Details, *, by: User, version: int | None = None) -> Project:
    """Change what the register says.

    Raises:
        WorkflowError: this person may not.
        StaleVersion: someone else was first.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_change(by, project))
    old, lead = _as_recorded(project), project.lead_id
    for name, value in _columns(details).items():
        setattr(project, name, value)
    project.version += 1
    project.save()
    _put_places(project, details)
    _set_check_day(project)

    trail.record("participation.project_changed", subject=project, by=by, old=old, new=_as_recorded(project))
    if project.lead_id != lead and project.lead and project.lead != by:
        _tell_lead(project)
    refresh_public_pages(project)
    return project


@transaction.atomic
def plan(project: Project, planning: Iterable[Planned], *, by: User, version: int | None = None) -> Project:
    """Say which phases there will be, and when; what has begun stays.

    Raises:
        WorkflowError: this person may not.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_change(by, project))
    _put_planning(project, planning, needed=())
    project.version += 1
    project.save()
    _set_check_day(project)
    trail.record("participation.phase_planned", subject=project, by=by, visibility=Visibility.PUBLIC)
    refresh_public_pages(project)
    return project


@transaction.atomic
def move_on(project: Project, *, by: User, version: int | None = None) -> Project:
    """Go on to the next phase, and ask for a new look at the check.

    Raises:
        WorkflowError: there is no signed check of the phase that it leaves, no next phase, or it is not theirs.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_move_on(by, project))
    following = policies.next_phase(project)
    if following is None:
        raise WorkflowError(_("Dit is de laatste fase."))
    on = today()
    project.phases.filter(kind=project.phase).update(ended_on=on)
    left, project.phase = project.phase, following.kind
    project.version += 1
    project.save()
    if left in FIRST_PHASES and following.kind in FIRST_PHASES:
        # One check serves both, and its last day stays.
        due = project.phases.get(kind=left).check_due_on
        project.phases.filter(pk=following.pk).update(started_on=on, check_due_on=due)
    else:
        _begin(project, following, on)
        renew_check(project, by=by)
        tell(
            project,
            [project.lead] if project.lead else [],
            letters.phase_started(project, due_on=project.phases.get(pk=following.pk).check_due_on),
            f"phase_started:{project.pk}:{project.version}",
        )

    trail.record(
        "participation.phase_started",
        subject=project,
        by=by,
        visibility=Visibility.PUBLIC,
        old={"phase": left},
        new={"phase": project.phase},
        text=project.phase_label,
    )
    tell_news(project, _("nieuwe fase: %(phase)s") % {"phase": project.phase_label})
    refresh_public_pages(project)
    return project


@transaction.atomic
def decide(project: Project, *, decided_on: date, reference: str, by: User, version: int | None = None) -> Project:
    """Write down the decision that the project prepared; the evaluation is counted from that day.

    Raises:
        WorkflowError: it stands there already, or the day lies ahead or before the signature under the check.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_decide(by, project))
    refuse_if(policies.why_not_decided_on(project, decided_on))
    project.decided_on, project.decision_reference = decided_on, reference
    project.evaluation_due_on = deadlines.evaluation_due(decided_on)
    project.version += 1
    project.save()
    trail.record(
        "participation.decided",
        subject=project,
        by=by,
        visibility=Visibility.PUBLIC,
        new={"decided_on": decided_on.isoformat(), "reference": reference},
    )
    tell_news(project, _("er is een besluit genomen"))
    refresh_public_pages(project)
    return project


@transaction.atomic
def publish(project: Project, *, by: User, version: int | None = None) -> Project:
    """Put the project on the website.

    Raises:
        WorkflowError: it is there already, or it is not theirs.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_publish_project(by, project))
    project.published_at = timezone.now()
    project.version += 1
    project.save()
    trail.record("participation.project_published", subject=project, by=by, visibility=Visibility.PUBLIC)
    tell_news(project, _("nieuw project bij u in de buurt"))
    page_cache.touch()
    return project


@transaction.atomic
def unpublish(project: Project, *, reason: str, by: User, version: int | None = None) -> Project:
    """Take the project off the website.

    Raises:
        WorkflowError: it is not there, or it is not theirs.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_unpublish_project(by, project))
    project.published_at = None
    project.version += 1
    project.save()
    trail.record("participation.project_unpublished", subject=project, by=by, text=reason)
    page_cache.touch()
    return project


@transaction.atomic
def finish(project: Project, *, by: User, version: int | None = None) -> Project:
    """The project is done.

    Raises:
        WorkflowError: a phase, a check or the evaluation is still to come.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_finish(by, project))
    project.phases.filter(kind=project.phase).update(ended_on=today())
    return _end(project, ProjectStatus.DONE, "participation.project_done", "", by)


@transaction.atomic
def stop(project: Project, *, reason: str, by: User, version: int | None = None) -> Project:
    """The project does not go on; a check in preparation lapses with it, and who would come hears that it is off.

    Raises:
        WorkflowError: it is not theirs, or it has ended.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_stop(by, project))
    for check in project.checks.filter(signed_on__isnull=True).exclude(status=CheckStatus.LAPSED):
        check.move_to(CheckStatus.LAPSED)
        check.lapsed_because, check.ended_at = reason, timezone.now()
        check.save()
        trail.record("participation.check_lapsed", subject=project, by=by, text=reason)
    project = _end(project, ProjectStatus.STOPPED, "participation.project_stopped", reason, by)
    end_with(project, reason, by)
    tell_news(project, _("het project gaat niet door"))
    return project


@transaction.atomic
def resume(project: Project, *, by: User, version: int | None = None) -> Project:
    """Go on with a project that was stopped.

    Raises:
        WorkflowError: it was not stopped, or it is not theirs.
    """
    project = lock(project, version)
    refuse_if(policies.why_not_resume(by, project))
    project.move_to(ProjectStatus.ACTIVE)
    project.ended_on, project.end_reason = None, ""
    project.save()
    trail.record("participation.project_resumed", subject=project, by=by, visibility=Visibility.PUBLIC)
    refresh_public_pages(project)
    return project


def next_reference(year: int) -> str:
    """The next number: 2026-P-00042."""
    return f"{year}-P-{ProjectCounter.take(year):05d}"


def _end(project: Project, status: ProjectStatus, action: str, reason: str, by: User) -> Project:
    project.move_to(status)
    project.ended_on, project.end_reason = today(), reason
    project.save()
    trail.record(action, subject=project, by=by, visibility=Visibility.PUBLIC, text=reason)
    refresh_public_pages(project)
    return project


def _columns(details: Details) -> dict[str, Any]:
    return {each.name: getattr(details, each.name) for each in fields(details) if each.name not in PLACES}


def _as_recorded(project: Project) -> dict[str, str]:
    """What of a project is worth comparing in the trail."""
    names = ("title", "summary", "kind", "department", "lead", "alderman", "deciding_body", "budget_band", "started_on")
    return {name: str(getattr(project, name) or "") for name in names}


def _put_places(project: Project, details: Details) -> None:
    project.wijken.set(details.wijken)
    project.buurten.set(details.buurten)
    project.themes.set(details.themes)


def _put_planning(project: Project, planning: Iterable[Planned], *, needed: tuple[str, ...]) -> None:
    """The phases that there will be; one that began, or that the project is in, stays whatever was planned."""
    rows = {entry.kind: entry for entry in planning}
    for kind in PHASE_ORDER:
        entry = rows.get(kind)
        if entry or kind in needed:
            dates = {"planned_from": entry and entry.planned_from, "planned_to": entry and entry.planned_to}
            position = PHASE_ORDER.index(kind)
            project.phases.update_or_create(kind=kind, defaults=dates, create_defaults={**dates, "position": position})
        else:
            project.phases.filter(kind=kind, started_on__isnull=True, checks__isnull=True).delete()


def _begin(project: Project, phase: ProjectPhase, on: date, counted_from: date | None = None) -> None:
    phase.started_on = on
    phase.check_due_on = deadlines.check_due(
        project, phase, started_on=counted_from or on, calendar=legal_days.calendar()
    )
    phase.save()


def _counted_from(project: Project, began: date) -> date:
    """A project that was under way when its list was taken over has its days from then on: nobody was told before."""
    return max(began, timezone.localdate(project.registered_at)) if project.source_id else began


def _set_check_day(project: Project) -> None:
    """Count the last day of the first check again: the planning of the start note moves it.

    What is promised is counted from the first day ever given, and a last day that has passed never moves later:
    otherwise a late check could be edited into one in time.
    """
    phase = project.phases.get(kind=project.phase)
    if phase.kind not in FIRST_PHASES:
        return
    begun = project.phases.filter(kind__in=FIRST_PHASES, started_on__isnull=False)
    first = begun.order_by("position").first() or phase
    first.started_on = min(project.started_on, first.started_on or project.started_on)
    first.save(update_fields=["started_on"])
    counted_from = _counted_from(project, first.started_on)
    due = deadlines.check_due(project, phase, started_on=counted_from, calendar=legal_days.calendar())
    if first.check_due_on and first.check_due_on < today():
        due = min(due, first.check_due_on)
    begun.update(check_due_on=due)


def _tell_lead(project: Project) -> None:
    if project.lead is None:
        return
    due_on = project.phases.get(kind=project.phase).check_due_on
    letter = letters.given_to_you(project, due_on=due_on)
    tell(project, [project.lead], letter, f"given:{project.pk}:{project.version}")
