"""A project as a row for staff: how long there is left for its check, and the step that it asks for."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import CheckStatus
from participation.models import Project
from participation.worklist import Due, check_label, due

T = gettext_lazy
# What a check in this state asks for: the step, and the words on its button.
NEXT: dict[str, tuple[str, str | Promise]] = {
    CheckStatus.DRAFT: ("check-invullen", T("Invullen")),
    CheckStatus.RETURNED: ("check-invullen", T("Aanpassen")),
    CheckStatus.AMBASSADOR: ("check-compleet", T("Nakijken")),
    CheckStatus.ADVICE: ("check-adviseren", T("Advies geven")),
    CheckStatus.ADVISED: ("check-vaststellen", T("Vaststellen")),
}


@dataclass(frozen=True)
class ProjectRow:
    """One line; `url` is the file, `action_url` the next step when this person takes it."""

    project: Project
    due: Due
    state: str
    url: str
    action: str | Promise
    action_url: str


def project_rows(projects: Iterable[Project], day: date, *, turns: Container[str] = NEXT) -> list[ProjectRow]:
    """The rows of projects from `with_checks`; no queries per row.

    `turns` are the states of a check whose next step is for who reads the list; other rows open the file.
    """
    return [_row(project, day, turns) for project in projects]


def _row(project: Project, day: date, turns: Container[str]) -> ProjectRow:
    status = project.check_status  # type: ignore[attr-defined]
    url = reverse("admin:participation_project_change", args=[project.pk])
    # The ambassador first looks at the answers, which stand on the file.
    step, label = NEXT[status] if status in NEXT and status in turns else ("", _("Openen"))
    to_file = not step or status == CheckStatus.AMBASSADOR
    action_url = url if to_file else reverse("admin:participation_project_step", args=[project.pk, step])
    return ProjectRow(project, due(project, day), check_label(status), url, label, action_url)
