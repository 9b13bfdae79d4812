"""Who may do what with a project and its check: the same answers for views, admin and templates.

Each `why_not` says in one sentence why a step is not possible now, or nothing.
"""

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participation import rules
from participation.deadlines import later_phases
from participation.enums import CHECK_IN_FORCE, PHASE_ORDER, CheckStatus, Outcome, PhaseKind, ProjectStatus
from participation.models import ParticipationCheck, Project, ProjectPhase
from participation.questions import missing
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import Visitor, assignments_of, has_role
from shared.terms.calendar import today

# They may register a project.
REGISTRARS = (Role.PROJECT_LEAD, Role.AMBASSADOR, Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
# They may read one, each within what is theirs (`Project.objects.visible_to`).
READERS = (*REGISTRARS, Role.COUNCIL_STAFF)
Check = ParticipationCheck

# Why the feedback of a check is not complete yet, and what a project still has to end; the moments add theirs.
OPEN_FEEDBACK: list[Callable[[Check], str]] = []
OPEN_MOMENTS: list[Callable[[Project], str]] = []


def is_manager(user: Visitor) -> bool:
    """Manages the portal."""
    return has_role(user, Role.FUNCTIONAL_MANAGER)


def is_lead(user: Visitor, project: Project) -> bool:
    """Leads this project, or replaces an absent colleague who does."""
    return any(a.role == Role.PROJECT_LEAD and a.user_id == project.lead_id for a in assignments_of(user))


def is_ambassador(user: Visitor, project: Project) -> bool:
    """The ambassador of the department, or the deputy."""
    return any(a.role == Role.AMBASSADOR and a.department_id == project.department_id for a in assignments_of(user))


def is_coordinator(user: Visitor, project: Project) -> bool:
    """The coordinator of one of the wijken; of a project for the whole municipality every coordinator."""
    held = {a.wijk_id for a in assignments_of(user) if a.role == Role.COORDINATOR}
    wijken = {wijk.pk for wijk in project.wijken.all()}
    return bool(held) and (not wijken or bool(held & wijken))


def may_see(user: Visitor, project: Project) -> bool:
    """Read the file."""
    return may_work_on(user, project) or has_role(user, Role.COUNCIL_STAFF)


def may_work_on(user: Visitor, project: Project) -> bool:
    """Change what the register says of it."""
    return is_manager(user) or is_lead(user, project) or is_ambassador(user, project) or is_coordinator(user, project)


def may_register(user: Visitor, department: Department | None = None) -> bool:
    """Register a project; lead and ambassador for their own department only."""
    if is_manager(user) or has_role(user, Role.COORDINATOR):
        return True
    held = [a for a in assignments_of(user) if a.role in (Role.PROJECT_LEAD, Role.AMBASSADOR)]
    return bool(held) and (department is None or any(a.department_id == department.pk for a in held))


def may_carry(user: Visitor, project: Project) -> bool:
    """Act for the project: its lead, the ambassador when nobody leads it, and the manager."""
    return is_manager(user) or is_lead(user, project) or (project.lead_id is None and is_ambassador(user, project))


def _not_yours(allowed: bool, who: str) -> str:
    return "" if allowed else _("Dit doet %(who)s.") % {"who": who}


def _lead_only(user: User, project: Project) -> str:
    return _not_yours(may_carry(user, project), _("de projectleider"))


def _ambassador_only(user: User, project: Project) -> str:
    return _not_yours(is_manager(user) or is_ambassador(user, project), _("de ambassadeur van de afdeling"))


def _coordinator_only(user: User, project: Project) -> str:
    return _not_yours(is_manager(user) or is_coordinator(user, project), _("de wijkcoördinator"))


def _anyone_at_work(user: User, project: Project) -> str:
    return _not_yours(may_work_on(user, project), _("wie aan dit project werkt"))


def _inactive(project: Project) -> str:
    if project.is_active:
        return ""
    return _("Het project is %(status)s.") % {"status": project.get_status_display().lower()}


# The project


def why_not_change(user: User, project: Project) -> str:
    """Change the details or the planning."""
    return _inactive(project) or _anyone_at_work(user, project)


def why_not_publish_project(user: User, project: Project) -> str:
    """Put the project on the website."""
    return _anyone_at_work(user, project) or (_("Het project staat al op de website.") if project.is_published else "")


def why_not_unpublish_project(user: User, project: Project) -> str:
    """Take the project off the website."""
    refusal = "" if project.is_published else _("Het project staat niet op de website.")
    return _anyone_at_work(user, project) or refusal


def next_phase(project: Project) -> ProjectPhase | None:
    """The phase that comes now, if any."""
    return next(later_phases(project), None)


def gate_refusal(project: Project, following: str) -> str:
    """Why the project is held before this phase: without a signed check of the phase that it leaves."""
    if not rules.has_gate(project.phase, following):
        return ""
    if project.checks.signed().filter(phase__kind__in=rules.looked_at(project.phase)).exists():
        return ""
    if project.phase in rules.looked_at(PhaseKind.START_NOTE):
        return _(
            "Dit project kan niet verder dan de startnotitie: er is nog geen vastgestelde participatiecheck. "
            "Laat de check eerst vaststellen."
        )
    return _(
        "Dit project kan niet verder na de fase “%(phase)s”: de participatiecheck is voor deze fase nog niet opnieuw "
        "bekeken en vastgesteld."
    ) % {"phase": project.phase_label}


def why_not_move_on(user: User, project: Project) -> str:
    """Go on to the next phase."""
    following = next_phase(project)
    if refusal := _inactive(project) or _lead_only(user, project):
        return refusal
    return gate_refusal(project, following.kind) if following else _("Dit is de laatste fase.")


def why_not_decide(user: User, project: Project) -> str:
    """Write down the decision that the project prepared."""
    if refusal := _inactive(project) or _lead_only(user, project):
        return refusal
    if project.decided_on is not None:
        return _("Het besluit staat er al in.")
    return decision_refusal(project)


def decision_refusal(project: Project) -> str:
    """Why no decision can be written down yet: a project is checked before it is decided on."""
    looked_at = rules.looked_at_before_decision(project.phase)
    if project.checks.signed().filter(phase__kind__in=looked_at).exists():
        return ""
    return _(
        "Het besluit kan er nog niet in: de participatiecheck is voor de fase “%(phase)s” nog niet vastgesteld."
    ) % {"phase": project.phase_label}


def why_not_decided_on(project: Project, day: date) -> str:
    """Why it cannot have been decided on this day: never before the check was signed.

    What a list brought in beyond its decision was decided on before anybody could check it here.
    """
    if day > today():
        return _("De dag van het besluit kan niet in de toekomst liggen.")
    beyond = PHASE_ORDER.index(PhaseKind(project.phase)) > PHASE_ORDER.index(PhaseKind.DECISION)
    if project.source_id and beyond and day < timezone.localdate(project.registered_at):
        return ""
    looked_at = rules.looked_at_before_decision(project.phase)
    first = project.checks.signed().filter(phase__kind__in=looked_at).order_by("signed_on").first()
    if first is None or first.signed_on is None or first.signed_on <= day:
        return ""
    return _("De participatiecheck is vastgesteld op %(day)s. Het besluit kan niet van vóór die dag zijn.") % {
        "day": date_format(first.signed_on, "j F Y")
    }


def why_not_finish(user: User, project: Project) -> str:
    """Close the project as done."""
    if refusal := _inactive(project) or _lead_only(user, project):
        return refusal
    if next_phase(project) is not None:
        return _("Er komt nog een fase. Ga eerst naar de laatste fase, of stop het project.")
    if refusal := gate_refusal_at_the_end(project):
        return refusal
    if needs_evaluation(project):
        return _("De participatie is nog niet geëvalueerd.")
    return next(filter(None, (why(project) for why in OPEN_MOMENTS)), "")


def gate_refusal_at_the_end(project: Project) -> str:
    """Also the last phase asks for its own look."""
    signed = project.checks.signed().filter(phase__kind__in=rules.looked_at(project.phase)).exists()
    return "" if signed else _("De participatiecheck is voor deze fase nog niet vastgesteld.")


def needs_evaluation(project: Project) -> bool:
    """Somebody was asked to take part, and nobody looked back yet."""
    asked = project.checks.signed().filter(outcome=Outcome.PARTICIPATION).exists()
    return asked and project.evaluated_on is None


def why_not_stop(user: User, project: Project) -> str:
    """Stop the project."""
    return _inactive(project) or _lead_only(user, project)


def why_not_resume(user: User, project: Project) -> str:
    """Go on with a project that was stopped."""
    refusal = "" if project.status == ProjectStatus.STOPPED else _("Het project is niet gestopt.")
    return _lead_only(user, project) or refusal


# The check


def current_check(project: Project) -> Check | None:
    """The newest check: the one that is worked on or in force."""
    return project.checks.exclude(status=CheckStatus.LAPSED).order_by("-number").first()


def why_not_start_check(user: User, project: Project) -> str:
    """Begin a check for the present phase, or a new version of it."""
    refusal = _inactive(project) or _not_yours(
        may_carry(user, project) or is_ambassador(user, project), _("de projectleider of de ambassadeur")
    )
    current = current_check(project)
    if refusal or current is None or current.status in CHECK_IN_FORCE or current.status == CheckStatus.REVISED:
        return refusal
    return _("Er is al een check in voorbereiding.")


def _status_refusal(check: Check, *statuses: CheckStatus) -> str:
    if check.status in statuses:
        return ""
    return _("Past niet bij de status “%(status)s”.") % {"status": check.get_status_display()}


def why_not_write(user: User, check: Check) -> str:
    """Fill in the check."""
    own = may_carry(user, check.project) or is_ambassador(user, check.project)
    return _status_refusal(check, CheckStatus.DRAFT, CheckStatus.RETURNED) or _not_yours(
        own, _("de projectleider of de ambassadeur")
    )


def why_not_hand_in(user: User, check: Check) -> str:
    """Send the check to the ambassador."""
    refusal = _status_refusal(check, CheckStatus.DRAFT, CheckStatus.RETURNED) or _lead_only(user, check.project)
    lacking = [] if refusal else missing(check)
    return _("Dit ontbreekt nog: %(items)s.") % {"items": ", ".join(lacking)} if lacking else refusal


def why_not_pass(user: User, check: Check) -> str:
    """Say that the check is complete."""
    return _status_refusal(check, CheckStatus.AMBASSADOR) or _ambassador_only(user, check.project)


def why_not_advise(user: User, check: Check) -> str:
    """Advise on reach and level."""
    return _status_refusal(check, CheckStatus.ADVICE) or _coordinator_only(user, check.project)


def why_not_return(user: User, check: Check) -> str:
    """Send the check back: who has it before them now."""
    if check.status == CheckStatus.AMBASSADOR:
        return _ambassador_only(user, check.project)
    if check.status == CheckStatus.ADVISED:
        return _lead_only(user, check.project)
    return _status_refusal(check, CheckStatus.ADVICE) or _coordinator_only(user, check.project)


def why_not_confirm(user: User, check: Check) -> str:
    """Write down that it was signed."""
    allowed = may_carry(user, check.project) or is_ambassador(user, check.project)
    who = _("de projectleider of de ambassadeur")
    return _status_refusal(check, CheckStatus.ADVISED) or _not_yours(allowed, who)


def why_not_publish(user: User, check: Check) -> str:
    """Put the check on the website."""
    if refusal := _status_refusal(check, CheckStatus.CONFIRMED) or _anyone_at_work(user, check.project):
        return refusal
    return "" if check.project.is_published else _("Zet eerst het project op de website.")


def why_not_run(user: User, check: Check) -> str:
    """Say that people can take part from now on."""
    refusal = _status_refusal(check, CheckStatus.PUBLISHED, CheckStatus.FED_BACK)
    if refusal or check.outcome != Outcome.NONE:
        return refusal or _anyone_at_work(user, check.project)
    return _("De uitkomst is “geen participatie”.")


def why_not_feed_back(user: User, check: Check) -> str:
    """Say that everybody heard what is done with what they said."""
    return _status_refusal(check, CheckStatus.RUNNING) or _anyone_at_work(user, check.project) or open_feedback(check)


def open_feedback(check: Check) -> str:
    """Who took part and did not hear yet what is done with it."""
    return next(filter(None, (why(check) for why in OPEN_FEEDBACK)), "")


def why_not_evaluate(user: User, check: Check) -> str:
    """Say that the participation was evaluated."""
    return _status_refusal(check, CheckStatus.FED_BACK) or _anyone_at_work(user, check.project)


def why_not_close(user: User, check: Check) -> str:
    """Close the check."""
    if refusal := _anyone_at_work(user, check.project):
        return refusal
    if check.status == CheckStatus.PUBLISHED and check.outcome == Outcome.PARTICIPATION:
        return _("De participatie is nog niet begonnen, teruggekoppeld en geëvalueerd.")
    return _status_refusal(check, CheckStatus.PUBLISHED, CheckStatus.EVALUATED)


def why_not_lapse(user: User, check: Check) -> str:
    """Drop a check that nobody needs any more; one that opened a gate stays."""
    if check.is_signed and check.project.is_active:
        return _("Deze check is vastgesteld. Maak een nieuwe versie, of stop het project.")
    if not check.can_move_to(CheckStatus.LAPSED):
        return _status_refusal(check)
    return _lead_only(user, check.project)
