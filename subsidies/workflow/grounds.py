"""Which grounds of the catalogue can carry a decision now: what the portal can check is only offered when true."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from subsidies import budget, dates, findings
from subsidies.enums import GroundKind, GroundRule, Outcome
from subsidies.models import Application, Ground
from subsidies.rules import most_of_costs

KIND_OF = {
    Outcome.GRANT_PARTLY: GroundKind.REFUSAL,
    Outcome.REFUSE: GroundKind.REFUSAL,
    Outcome.NOT_PROCESSED: GroundKind.NOT_PROCESSED,
    Outcome.SETTLE_LOWER: GroundKind.LOWER,
    Outcome.CHANGE: GroundKind.REVOKE,
    Outcome.REVOKE: GroundKind.REVOKE,
}
BEFORE_SETTLEMENT = (GroundRule.GRANTED, GroundRule.FUTURE)
AFTER_SETTLEMENT = (GroundRule.SETTLED, GroundRule.BREACH)
# Without one of these there is nothing to rest the decision on.
NEEDS_GROUND = (
    Outcome.GRANT_PARTLY,
    Outcome.REFUSE,
    Outcome.NOT_PROCESSED,
    Outcome.SETTLE_LOWER,
    Outcome.REVOKE,
)


def offered(application: Application, outcome: Outcome, on: date) -> list[Ground]:
    """The grounds to choose from: those of the rules that the applicant read, without what is not true on this day."""
    if outcome not in KIND_OF:
        return []
    found = application.scheme_version.grounds.filter(kind=KIND_OF[outcome], active=True)
    return [ground for ground in found if holds(ground, application, outcome, on)]


def holds(ground: Ground, application: Application, outcome: Outcome, on: date) -> bool:
    """Whether the fact behind this ground is so; what the portal cannot check is up to the reviewer."""
    if ground.rule == GroundRule.CEILING:
        return ceiling_reached(application, outcome, on)
    if ground.rule == GroundRule.LEAD_TIME:
        return applied_too_late(application)
    if ground.rule == GroundRule.MAXIMUM:
        return asked(application) > most(application)
    if ground.rule == GroundRule.YEARS:
        return len(findings.consecutive_years(application)) >= findings.LONG
    if ground.rule in BEFORE_SETTLEMENT + AFTER_SETTLEMENT:
        # What was settled can be taken back on fewer grounds (Awb articles 4:48 to 4:50).
        return (application.settled_amount is not None) == (ground.rule in AFTER_SETTLEMENT)
    return True


def chosen(application: Application, keys: Iterable[int]) -> list[Ground]:
    """The grounds with these keys, as far as they belong to the rules that the applicant read."""
    return list(application.scheme_version.grounds.filter(pk__in=list(keys), active=True))


def ceiling_reached(application: Application, outcome: Outcome, on: date) -> bool:
    """Whether the money does not suffice, counted on the day by law (Awb article 4:25).

    What still fits has to be granted: a whole refusal is right only when less is left than the scheme's minimum. In a
    ranking nobody is refused for the money while the order can still change.
    """
    if budget.why_not_final(application, on):
        return False
    room, wanted = budget.room_for(application, on), min(asked(application), most(application))
    if outcome == Outcome.REFUSE:
        return room < min(wanted, max(application.scheme_version.minimum_amount, Decimal("0.01")))
    return room < wanted


def applied_too_late(application: Application) -> bool:
    """Whether the application came after the last day, counted back from the activity."""
    if application.starts_on is None:
        return False
    last_day = dates.last_day_to_apply(application.starts_on, application.scheme_version)
    return last_day is not None and application.received_on > last_day


def asked(application: Application) -> Decimal:
    """What the applicant asked."""
    return application.asked_amount or Decimal(0)


def most(application: Application) -> Decimal:
    """The most that the rules allow for this application, apart from what is left of the budget."""
    version = application.scheme_version
    limits = [version.maximum_amount]
    cap = version.category_caps.filter(name=application.category).first() if application.category else None
    if cap:
        limits.append(cap.maximum_amount)
    costs = sum((line.amount for line in application.cost_lines.all() if line.eligible), Decimal(0))
    if costs:
        limits.append(most_of_costs(costs, version.percent_of_costs, version.rounded_up_to))
    return min(limits)
