"""A published check while people take part: it runs, everybody hears back, it is evaluated, it is closed.

The moments call `note_running` and `note_feedback`, so that the check follows what really happens.
"""

from django.db import transaction
from django.utils import timezone

from participation import policies
from participation.enums import CheckStatus
from participation.models import ParticipationCheck, Project
from participation.workflow.case import lock_check, refresh_public_pages, refuse_if
from participation.workflow.checks import take
from shared.accounts.models import User
from shared.audit.enums import Visibility
from shared.terms.calendar import today


@transaction.atomic
def run(check: ParticipationCheck, *, by: User | None, version: int | None = None) -> ParticipationCheck:
    """People can take part from now on.

    Raises:
        WorkflowError: the check is not published, or there is no participation.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_run(by, check) if by else "")
    check.running_at = check.running_at or timezone.now()
    take(check, CheckStatus.RUNNING, "participation.check_running", by, visibility=Visibility.PUBLIC)
    refresh_public_pages(check.project)
    return check


@transaction.atomic
def feed_back(check: ParticipationCheck, *, by: User | None, version: int | None = None) -> ParticipationCheck:
    """Everybody who took part heard what is done with it.

    Raises:
        WorkflowError: a moment still has no feedback, or nobody heard anything yet.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_feed_back(by, check) if by else policies.open_feedback(check))
    check.fed_back_at = timezone.now()
    take(check, CheckStatus.FED_BACK, "participation.check_fed_back", by, visibility=Visibility.PUBLIC)
    refresh_public_pages(check.project)
    return check


@transaction.atomic
def evaluate(check: ParticipationCheck, *, by: User, version: int | None = None) -> ParticipationCheck:
    """The participation was looked back on.

    Raises:
        WorkflowError: not everybody heard back yet.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_evaluate(by, check))
    check.evaluated_at = timezone.now()
    take(check, CheckStatus.EVALUATED, "participation.check_evaluated", by, visibility=Visibility.PUBLIC)
    project = check.project
    project.evaluated_on = today()
    project.save()
    refresh_public_pages(project)
    return check


@transaction.atomic
def close(check: ParticipationCheck, *, by: User, version: int | None = None) -> ParticipationCheck:
    """Nothing is to come of this check any more.

    Raises:
        WorkflowError: people were asked to take part, and it was not evaluated.
    """
    check = lock_check(check, version)
    refuse_if(policies.why_not_close(by, check))
    check.ended_at = timezone.now()
    take(check, CheckStatus.CLOSED, "participation.check_closed", by)
    refresh_public_pages(check.project)
    return check


def note_running(project: Project, *, by: User | None) -> None:
    """A moment was announced or held: a published check now runs; in any other state nothing changes."""
    check = _in_force(project)
    if check is not None and check.status in (CheckStatus.PUBLISHED, CheckStatus.FED_BACK):
        run(check, by=None if by is None or policies.why_not_run(by, check) else by)


def note_feedback(project: Project, *, by: User | None) -> None:
    """Feedback was given: when nothing is open any more, the check is fed back; else nothing changes."""
    check = _in_force(project)
    if check is not None and check.status == CheckStatus.RUNNING and not policies.open_feedback(check):
        feed_back(check, by=None if by is None or policies.why_not_feed_back(by, check) else by)


def _in_force(project: Project) -> ParticipationCheck | None:
    return project.checks.in_force().order_by("-number").first()
