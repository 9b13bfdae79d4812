"""Every message about a project that leaves the building: one function each, the same for preview and sending."""

from datetime import date
from typing import Any

from django.urls import reverse

from participation.models import ParticipationCheck, Project
from shared import municipality
from shared.links import absolute
from shared.notifications.compose import Letter, compose
from shared.terms.calendar import days_left_in_words


def given_to_you(project: Project, *, due_on: date | None) -> Letter:
    """Tell a colleague that a project is theirs from now on."""
    return _letter("given_to_you", project, due_on=due_on)


def handed_in(check: ParticipationCheck) -> Letter:
    """Tell the ambassador that a check waits."""
    return _of_check("handed_in", check)


def returned(check: ParticipationCheck, *, text: str) -> Letter:
    """Tell the lead what is still missing."""
    return _of_check("returned", check, message=text)


def advice_asked(check: ParticipationCheck) -> Letter:
    """Ask the coordinator for advice on reach and level."""
    return _of_check("advice_asked", check)


def advised(check: ParticipationCheck) -> Letter:
    """Tell the lead what the coordinator advises."""
    return _of_check("advised", check)


def confirmed(check: ParticipationCheck) -> Letter:
    """Tell who worked on it that the check was signed."""
    return _of_check("confirmed", check)


def phase_started(project: Project, *, due_on: date | None) -> Letter:
    """Tell the lead that the new phase asks for a look at the check."""
    return _letter("phase_started", project, due_on=due_on)


def lapsed(check: ParticipationCheck) -> Letter:
    """Tell who worked on it that the check is not needed any more."""
    return _of_check("lapsed", check)


def check_reminder(project: Project, *, due_on: date, today: date, waits_for: str) -> Letter:
    """Remind of a check that is not signed yet."""
    return _reminder("check_reminder", project, due_on, today, waits_for=waits_for)


def evaluation_reminder(project: Project, *, due_on: date, today: date) -> Letter:
    """Remind of an evaluation."""
    return _reminder("evaluation_reminder", project, due_on, today)


def to_management(project: Project, *, due_on: date, today: date, what: str) -> Letter:
    """Tell the management what is too late."""
    return _reminder("to_management", project, due_on, today, what=what)


def review_url(project: Project) -> str:
    """The file of the project, for staff."""
    return absolute(reverse("admin:participation_project_change", args=[project.pk]))


def _of_check(name: str, check: ParticipationCheck, **context: Any) -> Letter:
    return _letter(name, check.project, check=check, **context)


def _reminder(name: str, project: Project, due_on: date, today: date, **context: Any) -> Letter:
    return _letter(
        name,
        project,
        due_on=due_on,
        is_late=today > due_on,
        left=days_left_in_words(due_on, today),
        **context,
    )


def _letter(name: str, project: Project, **context: Any) -> Letter:
    values = {
        "project": project,
        "approach": municipality.current().participation.approach,
        "url": review_url(project),
        **context,
    }
    return compose(f"participation/letters/{name}.txt", values, language="nl")
