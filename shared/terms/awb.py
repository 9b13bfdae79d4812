"""The terms of the Algemene wet bestuursrecht (Awb) that a municipality and its residents have to keep."""

from collections.abc import Iterable, Sequence
from datetime import date

from shared.terms.calendar import KNOWN, Calendar
from shared.terms.changes import Extension, Notice, Origin, Outage, Postponement, Suspension
from shared.terms.clock import Deadline, counted_back, ends
from shared.terms.lengths import Length, weeks, years

# Without a term in a regulation, a decision is in any case late after eight weeks (Awb article 4:13(2)).
REASONABLE = weeks(8)
# Awb article 4:5(4): the decision not to handle an application, after completion or after the unused term.
NOT_PROCESSED = weeks(4)
# Awb article 6:7.
OBJECTION = weeks(6)
# Awb article 7:10(1): with an advisory committee twelve weeks, if the objector was told so in time.
OBJECTION_DECISION = weeks(6)
OBJECTION_DECISION_COMMITTEE = weeks(12)
# Awb article 7:10(3).
OBJECTION_EXTENSION = weeks(6)
# Awb article 4:87(1).
PAYMENT = weeks(6)
# Awb article 6:9(2): posted in time, and received within a week after the term.
POST = weeks(1)
# Awb article 4:17(3) and 4:18.
PENALTY_GRACE = weeks(2)
PENALTY_DECISION = weeks(2)
# Awb article 4:57(4) and 4:49(3).
RECOVERY = years(5)
# Awb article 4:34(3): to invoke the proviso, from the adoption of the budget.
BUDGET_PROVISO = weeks(4)
# Awb article 9:11(1) and (2): the answer to a complaint, longer when a person or committee advises on it (section
# 9.1.3), and its one postponement; 9:8(3): that it is not handled.
COMPLAINT = weeks(6)
COMPLAINT_ADVISED = weeks(10)
COMPLAINT_EXTENSION = weeks(4)
COMPLAINT_REFUSED = weeks(4)
# Awb article 4:56: a stop on payments.
PAYMENT_STOP = weeks(13)


def decision_due(
    received_on: date,
    *,
    local_term: Length | None = None,
    atw_declared: bool = False,
    suspensions: Iterable[Suspension | None] = (),
    extensions: Iterable[Extension] = (),
    notices: Iterable[Notice] = (),
    calendar: Calendar = KNOWN,
) -> Deadline:
    """Until when the municipality may decide on an application (Awb articles 4:13-4:15).

    `local_term` is what the scheme says; it stays on a free day unless the scheme declares the Atw applicable.
    """
    origin = Origin.LOCAL if local_term and not atw_declared else Origin.STATUTORY
    return ends(
        received_on,
        local_term or REASONABLE,
        origin,
        suspensions=suspensions,
        extensions=extensions,
        notices=notices,
        calendar=calendar,
    )


def ex_officio_due(since: date, length: Length) -> Deadline:
    """Until when a subsidy is set without an application, in the term that the grant named (Awb article 4:47(a))."""
    return ends(since, length, Origin.LOCAL)


def not_processed_due(completion_ended_on: date, *, calendar: Calendar = KNOWN) -> Deadline:
    """Until when "buiten behandeling" can be sent, after completion or after the unused term (Awb article 4:5(4))."""
    return ends(completion_ended_on, NOT_PROCESSED, calendar=calendar)


def objection_due(notified_on: date, *, outages: Sequence[Outage] = (), calendar: Calendar = KNOWN) -> Deadline:
    """The last day to object: six weeks from the day after the decision was sent (Awb articles 6:7 and 6:8)."""
    return ends(notified_on, OBJECTION, outages=outages, calendar=calendar)


def objection_by_post_due(last_day: date) -> date:
    """The last day on which an objection that was posted in time may arrive (Awb article 6:9(2))."""
    return POST.after(last_day)


def objection_decision_due(
    objection_term_ended_on: date,
    *,
    committee: bool = False,
    suspensions: Iterable[Suspension | None] = (),
    extensions: Iterable[Extension] = (),
    postponements: Iterable[Postponement] = (),
    calendar: Calendar = KNOWN,
) -> Deadline:
    """Until when to decide on an objection, from the day after the term to object (Awb article 7:10).

    `committee`: an advisory committee is at work, and the objector was told so in time. `postponements` are the days
    that were agreed after the extension (the fourth paragraph).
    """
    return ends(
        objection_term_ended_on,
        OBJECTION_DECISION_COMMITTEE if committee else OBJECTION_DECISION,
        suspensions=suspensions,
        extensions=extensions,
        postponements=postponements,
        calendar=calendar,
    )


def objection_extension(sent_on: date) -> Extension:
    """Six weeks more to decide on an objection, once, announced in time (Awb article 7:10(3))."""
    return Extension(sent_on, OBJECTION_EXTENSION, origin=Origin.STATUTORY)


def complaint_due(
    received_on: date,
    *,
    advised: bool = False,
    extended_on: date | None = None,
    postponements: Iterable[Postponement] = (),
    calendar: Calendar = KNOWN,
) -> Deadline:
    """Until when to answer a complaint, from its receipt (Awb article 9:11).

    `advised`: a person or committee advises on it. `extended_on` is the day of the one extension. `postponements` are
    the later days to which the complainant agreed (the third paragraph).
    """
    longer = [Extension(extended_on, COMPLAINT_EXTENSION, origin=Origin.STATUTORY)] if extended_on else []
    return ends(
        received_on,
        COMPLAINT_ADVISED if advised else COMPLAINT,
        extensions=longer,
        postponements=postponements,
        calendar=calendar,
    )


def payment_due(notified_on: date, *, local_term: Length | None = None, calendar: Calendar = KNOWN) -> Deadline:
    """When the account must be credited (Awb articles 4:87(1) and 4:89(3)), or as the scheme says."""
    return ends(notified_on, local_term or PAYMENT, Origin.LOCAL if local_term else Origin.STATUTORY, calendar=calendar)


def proviso_due(adopted_on: date, *, calendar: Calendar = KNOWN) -> Deadline:
    """Until when the proviso of a grant can be invoked after the budget was adopted (Awb article 4:34(3))."""
    return ends(adopted_on, BUDGET_PROVISO, calendar=calendar)


def lead_time(activity_on: date, length: Length) -> Deadline:
    """The last day to apply before an activity, counted back, so it never moves."""
    return counted_back(activity_on, length)


def recovery_ends_on(settled_on: date) -> date:
    """The last day on which money can still be claimed back (Awb articles 4:49(3) and 4:57(4))."""
    return RECOVERY.after(settled_on)
