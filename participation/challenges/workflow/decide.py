"""Yes, partly or no; and what comes after a yes: the group carries out the task, and we look back together."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.challenges import letters, policies
from participation.challenges.enums import OUTCOMES, Status
from participation.challenges.models import Challenge
from participation.challenges.workflow.case import lock_for_review, refresh_public_pages, tell_group
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


@transaction.atomic
def decide(
    challenge: Challenge,
    *,
    outcome: str,
    reasons: str,
    way_on: str = "",
    decided_by: str,
    decided_on: date | None = None,
    by: User,
    version: int | None = None,
) -> Challenge:
    """Tell the group what was decided, by whom and why; a no comes with what can be done instead.

    Raises:
        WorkflowError: there are no reasons, a no has no way on, or the day lies ahead or before the request.
    """
    challenge = lock_for_review(challenge, by, version)
    if outcome not in OUTCOMES or not reasons.strip() or not decided_by.strip():
        raise WorkflowError(_("Kies de uitkomst, schrijf de redenen op en vul in wie besloot."))
    if outcome == Status.DECLINED and not way_on.strip():
        raise WorkflowError(_("Schrijf bij een nee ook op wat wel kan."))
    decided_on = decided_on or today()
    if refusal := policies.why_not_decided_on(challenge, decided_on):
        raise WorkflowError(f"{refusal}.")
    challenge.move_to(outcome)
    challenge.outcome, challenge.reasons, challenge.way_on = outcome, reasons, way_on
    challenge.decided_by, challenge.decided_on = decided_by, decided_on
    if outcome == Status.DECLINED:
        challenge.closed_at = timezone.now()
    challenge.save()
    trail.record(
        "challenges.decided",
        subject=challenge,
        by=by,
        visibility=Visibility.PUBLIC,
        text=challenge.public_status,
        new={"outcome": outcome, "decided_by": decided_by},
    )
    tell_group(challenge, letters.decided(challenge), "decided")
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def start(
    challenge: Challenge,
    *,
    runs_from: date,
    runs_until: date | None = None,
    text: str,
    by: User,
    version: int | None = None,
) -> Challenge:
    """The group begins, on the terms in the text."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.RUNNING)
    challenge.runs_from, challenge.runs_until = runs_from, runs_until
    challenge.save()
    trail.record("challenges.started", subject=challenge, by=by, visibility=Visibility.PUBLIC)
    tell_group(challenge, letters.started(challenge, text=text), "started")
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def evaluate(challenge: Challenge, *, evaluation: str, by: User, version: int | None = None) -> Challenge:
    """Write down what group and municipality saw when they looked back."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.EVALUATED)
    challenge.evaluation = evaluation
    challenge.save()
    trail.record("challenges.evaluated", subject=challenge, by=by, visibility=Visibility.PUBLIC)
    tell_group(challenge, letters.evaluated(challenge), "evaluated")
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def resume(
    challenge: Challenge, *, runs_until: date | None, text: str, by: User, version: int | None = None
) -> Challenge:
    """After looking back the group goes on."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.RUNNING)
    challenge.runs_until = runs_until
    challenge.save()
    trail.record("challenges.resumed", subject=challenge, by=by, visibility=Visibility.PUBLIC)
    tell_group(challenge, letters.message(challenge, text=text), "resumed")
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def end(challenge: Challenge, *, end_reason: str, by: User, version: int | None = None) -> Challenge:
    """The group no longer carries out the task: the time is over, or one of the two stopped."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.ENDED)
    challenge.end_reason, challenge.closed_at = end_reason, timezone.now()
    challenge.save()
    trail.record("challenges.ended", subject=challenge, by=by, visibility=Visibility.PUBLIC)
    tell_group(challenge, letters.ended(challenge), "ended")
    refresh_public_pages(challenge)
    return challenge
