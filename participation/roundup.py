"""What a department did with its projects in a month, for the letter to its ambassador."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.roundup import Line, Month, shortened
from participation.enums import Outcome, PhaseKind
from participation.letters import review_url
from participation.models import ParticipationCheck, Project, ProjectPhase
from shared.accounts.models import Department


def lines(department: Department, month: Month) -> list[Line]:
    """Projects that were registered, checks that were confirmed, and phases that began."""
    return [
        *shortened(
            _registered(department, month), lambda n: ngettext("en nog %(n)d project", "en nog %(n)d projecten", n)
        ),
        *shortened(_confirmed(department, month), lambda n: ngettext("en nog %(n)d check", "en nog %(n)d checks", n)),
        *shortened(
            _moved_on(department, month),
            lambda n: ngettext("en nog %(n)d nieuwe fase", "en nog %(n)d nieuwe fasen", n),
        ),
    ]


def _registered(department: Department, month: Month) -> list[Line]:
    found = Project.objects.filter(department=department, registered_at__range=month.moments)
    return [
        Line(_("%(title)s: nieuw project") % {"title": project.title}, review_url(project))
        for project in found.order_by("registered_at", "pk")
    ]


def _confirmed(department: Department, month: Month) -> list[Line]:
    found = ParticipationCheck.objects.signed().filter(
        project__department=department, signed_on__range=(month.first_day, month.last_day)
    )
    return [
        Line(
            _("%(title)s: check vastgesteld, %(outcome)s")
            % {"title": check.project.title, "outcome": str(Outcome(check.outcome).label).lower()},
            review_url(check.project),
        )
        for check in found.select_related("project").order_by("signed_on", "pk")
    ]


def _moved_on(department: Department, month: Month) -> list[Line]:
    """Phases that began because another ended: the one that a project came in with is no step."""
    left = ProjectPhase.objects.filter(
        project=OuterRef("project"), position__lt=OuterRef("position"), ended_on__isnull=False
    )
    found = ProjectPhase.objects.filter(
        Exists(left), project__department=department, started_on__range=(month.first_day, month.last_day)
    )
    return [
        Line(
            _("%(title)s: nieuwe fase, %(phase)s")
            % {"title": phase.project.title, "phase": str(PhaseKind(phase.kind).label).lower()},
            review_url(phase.project),
        )
        for phase in found.select_related("project").order_by("started_on", "pk")
    ]
