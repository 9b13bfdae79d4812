"""The steps of the project itself: on to the next phase, the decision, the website, the end."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation import policies, workflow
from participation.admin.registry import DESK
from participation.enums import PhaseKind, ProjectStatus
from participation.forms import steps as forms
from participation.forms.project import ChangeForm, PlanForm
from participation.models import Project
from shared.accounts.models import User
from shared.review.desk import Seen, StepPage, WhyNot, with_answers

T = gettext_lazy


def _policy(why_not: Callable[[User, Project], str]) -> WhyNot:
    return lambda project, user: why_not(user, project)


def _active(project: Project, user: User) -> bool:
    return project.is_active


def _next_title(project: Project) -> Any:
    following = policies.next_phase(project)
    return _("Naar de fase “%(phase)s”") % {"phase": following} if following else _("Naar de volgende fase")


def _change(project: Project, form: ChangeForm, seen: Seen) -> object:
    return workflow.change(project, form.details, **seen.as_arguments())


def _plan(project: Project, form: PlanForm, seen: Seen) -> object:
    return workflow.plan(project, form.planning, **seen.as_arguments())


def _has_next(project: Project, user: User) -> bool:
    return project.is_active and policies.next_phase(project) is not None


def _at_the_end(project: Project, user: User) -> bool:
    return project.is_active and policies.next_phase(project) is None


def _near_decision(project: Project, user: User) -> bool:
    late = (PhaseKind.DECISION, PhaseKind.EXECUTION, PhaseKind.EVALUATION)
    return project.is_active and project.decided_on is None and project.phase in late


DESK.register(
    StepPage(
        "volgende-fase",
        T("Naar de volgende fase"),
        T("Verder"),
        with_answers(workflow.move_on),
        _policy(policies.why_not_move_on),
        explains=T(
            "Na de startnotitie hoort bij elke fase een nieuwe versie van de participatiecheck. "
            "Die komt dan klaar te staan."
        ),
        title_for=_next_title,
        main=True,
        position=40,
        concerns=_has_next,
    ),
    StepPage(
        "besluit",
        T("Besluit vastleggen"),
        T("Besluit vastleggen"),
        with_answers(workflow.decide, "decided_on", "reference"),
        _policy(policies.why_not_decide),
        forms.DecideForm,
        explains=T("Vanaf deze dag telt de tijd voor de evaluatie."),
        silent=True,
        position=42,
        concerns=_near_decision,
    ),
    StepPage(
        "afronden",
        T("Project afronden"),
        T("Project afronden"),
        with_answers(workflow.finish),
        _policy(policies.why_not_finish),
        silent=True,
        main=True,
        position=44,
        concerns=_at_the_end,
    ),
    StepPage(
        "project-publiceren",
        T("Project op de website"),
        T("Op de website zetten"),
        with_answers(workflow.publish),
        _policy(policies.why_not_publish_project),
        explains=T(
            "Titel, samenvatting, plek, fasen en contact komen op de website. De check volgt als die is vastgesteld."
        ),
        silent=True,
        main=True,
        position=16,
        concerns=lambda project, user: project.is_active and not project.is_published,
    ),
    StepPage(
        "van-website",
        T("Van de website halen"),
        T("Van de website halen"),
        with_answers(workflow.unpublish, "reason"),
        _policy(policies.why_not_unpublish_project),
        forms.ReasonForm,
        silent=True,
        position=70,
        concerns=lambda project, user: project.is_published,
    ),
    StepPage(
        "wijzigen",
        T("Gegevens wijzigen"),
        T("Bewaren"),
        _change,
        _policy(policies.why_not_change),
        ChangeForm,
        position=50,
        concerns=_active,
    ),
    StepPage(
        "planning",
        T("Planning wijzigen"),
        T("Planning bewaren"),
        _plan,
        _policy(policies.why_not_change),
        PlanForm,
        explains=T("De dag van de startnotitie bepaalt mee wanneer de check klaar moet zijn."),
        silent=True,
        position=52,
        concerns=_active,
    ),
    StepPage(
        "stoppen",
        T("Project stoppen"),
        T("Project stoppen"),
        with_answers(workflow.stop, "reason"),
        _policy(policies.why_not_stop),
        forms.ReasonForm,
        explains=T(
            "Een check in voorbereiding vervalt. Wat is vastgesteld, blijft bewaard. Momenten die nog moeten komen, "
            "gaan niet door: wie meedoet, krijgt bericht met uw reden. Over wat al begon, koppelt u nog terug."
        ),
        position=82,
        concerns=_active,
    ),
    StepPage(
        "hervatten",
        T("Project hervatten"),
        T("Project hervatten"),
        with_answers(workflow.resume),
        _policy(policies.why_not_resume),
        silent=True,
        main=True,
        position=84,
        concerns=lambda project, user: project.status == ProjectStatus.STOPPED,
    ),
)
