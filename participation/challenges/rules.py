"""Verdicts and dates of a challenge that need no database."""

from collections.abc import Mapping
from datetime import date

from participation.challenges.enums import Criterion, Verdict
from shared.terms import awb
from shared.terms.calendar import KNOWN, Calendar
from shared.terms.clock import Deadline
from shared.terms.lengths import weeks


def not_yet(verdicts: Mapping[str, str]) -> list[Criterion]:
    """The criteria that still stand in the way, in their order."""
    return [criterion for criterion in Criterion if verdicts.get(criterion) == Verdict.NOT_YET]


def is_complete(verdicts: Mapping[str, str]) -> bool:
    """Each criterion has a verdict."""
    return all(verdicts.get(criterion) in Verdict.values for criterion in Criterion)


def talk_by(received_on: date, working_days: int, calendar: Calendar = KNOWN) -> date:
    """The day on which the group has heard when the talk is."""
    return calendar.add_working_days(received_on, working_days)


def decide_by(
    received_on: date, *, is_request: bool, promised_weeks: int, calendar: Calendar = KNOWN
) -> tuple[date, Deadline | None]:
    """Until when the municipality decides, with the calculation when the law gives the term.

    A request for a decision (Awb 1:3) has a reasonable term, in any case late after eight weeks (Awb 4:13). Any other
    challenge is answered within what the municipality promises.
    """
    if is_request:
        deadline = awb.decision_due(received_on, calendar=calendar)
        return deadline.due_safe, deadline
    return calendar.working_day_from(weeks(promised_weeks).after(received_on)), None
