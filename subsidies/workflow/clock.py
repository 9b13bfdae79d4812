"""What wakes by itself before a decision: warnings, reminders and days that pass. All are safe to run twice."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.notifications import outbox
from shared.terms.clock import Deadline
from subsidies import dates, settlement
from subsidies.enums import AWARDED, Status
from subsidies.letters import review as letters
from subsidies.models import Application, CompletionRequest, Hearing
from subsidies.workflow.case import lock, reviewers, tell_applicant, tell_once, tell_staff

PASSED = 100
# Of the four weeks of Awb article 4:5(4): after two weeks, and with five days left.
WINDOW_SHARES = (50, 80)


def share_reached(deadline: Deadline, day: date) -> int:
    """The highest share of the term, of those we warn at, that is used on this day; 100 when the term is over.

    Days on which the clock stands still do not count.
    """
    if day > deadline.due_legal:
        return PASSED
    return _highest(deadline, day, municipality.current().periods.term_warning_percents)


@transaction.atomic
def warn_term(application: Application, day: date) -> bool:
    """Warn once at each share of the term, and when it is over; true when somebody was told.

    A term that was made longer can pass the same share again: then the warning comes again, with the new date.
    """
    application = lock(application)
    if not application.is_undecided:
        return False
    deadline = dates.decision_deadline(application)
    reached, before = share_reached(deadline, day), application.warned_share
    if reached == before:
        return False
    application.warned_share = reached
    # No new version: whoever has the case open can go on with it.
    application.save(update_fields=["warned_share"])
    if reached < before:
        return False

    passed = reached == PASSED
    trail.record(
        "subsidies.term_passed" if passed else "subsidies.term_warned",
        subject=application,
        new={"warned_share": reached, "due_safe": deadline.due_safe},
    )
    letter = (
        letters.term_passed(application, deadline) if passed else letters.term_warning(application, reached, deadline)
    )
    tell_staff(application, _who_is_warned(application, reached), letter, f"term_{reached}_{deadline.due_safe:%Y%m%d}")
    return True


def warn_not_processed(application: Application, day: date) -> bool:
    """Warn once at half and near the end of the four weeks to leave it unprocessed, and when they are over.

    True when somebody was told (Awb article 4:5(4)). The outbox refuses the same warning twice.
    """
    if application.status != Status.IN_REVIEW or application.complete_on is not None:
        return False
    window = dates.not_processed_deadline(application, day)
    if window is None:
        return False
    share = PASSED if day > window.due_safe else _highest(window, day, WINDOW_SHARES)
    if not share:
        return False
    name = f"put_aside_{share}_{window.due_safe:%Y%m%d}.{application.pk}"
    people = [each for each in reviewers(application) if not outbox.is_written(f"subsidies.{name}:{each.pk}")]
    if not people:
        return False
    letter = letters.put_aside_warning(application, window, is_over=share == PASSED)
    for user in people:
        tell_once(application, user, letter, name)
    return True


def _highest(deadline: Deadline, day: date, shares: Iterable[int]) -> int:
    return max((share for share in shares if deadline.share_used_on(share / 100) <= day), default=0)


@transaction.atomic
def warn_settlement(application: Application, day: date) -> bool:
    """Count again until when the amount has to be set, and warn at the same shares; true when somebody was told."""
    application = lock(application)
    found = settlement.refresh(application)
    if found is None:
        return False
    before = application.settle_warned_share
    application.settle_warned_share = reached = share_reached(found.deadline, day)
    # No new version: whoever has the case open can go on with it.
    application.save(update_fields=["settle_due_legal", "settle_due_safe", "settle_warned_share"])
    if reached <= before:
        return False

    passed = reached == PASSED
    trail.record(
        "subsidies.settlement_passed" if passed else "subsidies.settlement_warned",
        subject=application,
        new={"settle_warned_share": reached, "settle_due_safe": found.deadline.due_safe},
    )
    letter = (
        letters.settlement_passed(application, found)
        if passed
        else letters.settlement_warning(application, reached, found)
    )
    key = f"settlement_{reached}_{found.deadline.due_safe:%Y%m%d}"
    tell_staff(application, _who_is_warned(application, reached), letter, key)
    return True


@transaction.atomic
def remind_completion(request: CompletionRequest, day: date) -> bool:
    """Remind the applicant once, some days before the last day to complete; true when a letter was written."""
    application = lock(request.application)
    request = CompletionRequest.objects.select_for_update().get(pk=request.pk)
    ahead = timedelta(days=municipality.current().periods.completion_reminder_days)
    in_time = day <= request.last_day <= day + ahead
    if application.status != Status.INCOMPLETE or request.reminded_at or request.completed_on or not in_time:
        return False
    if day == request.sent_on:
        return False
    request.reminded_at = timezone.now()
    request.save(update_fields=["reminded_at"])
    trail.record("subsidies.completion_reminded", subject=application, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.completion_reminder(application, request), f"completion_reminder_{request.pk}")
    return True


@transaction.atomic
def remind_hearing(hearing: Hearing, day: date) -> bool:
    """Remind the applicant once that a view can still be given; true when a letter was written."""
    application = lock(hearing.application)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    ahead = timedelta(days=municipality.current().periods.completion_reminder_days)
    in_time = day <= hearing.last_day <= day + ahead
    # Before lower settlement or withdrawal the grant itself stands as it is while we wait (Awb article 4:12(2)).
    waits = application.status in (Status.HEARING, *AWARDED)
    if not waits or hearing.reminded_at or hearing.ended_on or not in_time:
        return False
    if day == hearing.asked_on:
        return False
    hearing.reminded_at = timezone.now()
    hearing.save(update_fields=["reminded_at"])
    trail.record("subsidies.hearing_reminded", subject=application, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.hearing_reminder(application, hearing), f"hearing_reminder_{hearing.pk}")
    return True


def _who_is_warned(application: Application, share: int) -> list[User]:
    people = reviewers(application)
    if share >= municipality.current().periods.term_warning_percents[-1]:
        people += [each for each in User.objects.active_in_role(Role.FUNCTIONAL_MANAGER) if each not in people]
    return people
