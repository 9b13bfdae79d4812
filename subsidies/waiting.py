"""Which decision the applicant waits for now: what a notice of default is about (Awb article 4:17)."""

from dataclasses import dataclass
from datetime import date

from subsidies.enums import ObjectionStatus
from subsidies.models import Application, Objection
from subsidies.settlement import settlement


@dataclass(frozen=True)
class Awaited:
    """A decision that the applicant waits for, and its last day: the first one, one on an objection, a settlement."""

    due_on: date | None
    objection: Objection | None = None
    is_settlement: bool = False
    # Nobody applied for it, so that being late costs no penalty (Awb article 4:17(1)).
    is_ex_officio: bool = False


def what_waits(application: Application) -> Awaited | None:
    """The decision that the applicant waits for; None when nothing does.

    With an objection and a settlement at once it is the one that should have come first. Where readings of the law
    differ it is the earlier day: a doubt of ours takes no right from who waits.
    """
    if application.is_undecided:
        return Awaited(application.due_safe or application.due_legal)
    waiting = Objection.objects.from_others(False).filter(against__application=application)
    waiting = waiting.exclude(status__in=[ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN])
    found = [
        Awaited(each.due_safe or each.due_legal, objection=each) for each in waiting.order_by("received_on", "pk")[:1]
    ]
    clock = settlement(application)
    if clock is not None:
        without_report = clock.applied_on is None
        found.append(Awaited(clock.deadline.due_safe, is_settlement=True, is_ex_officio=without_report))
    return min(found, key=lambda each: each.due_on or date.max, default=None)
