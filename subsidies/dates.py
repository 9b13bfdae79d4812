"""The dates of an application: counted by the legal clock from what stands in the file."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from shared.terms import awb, legal_days
from shared.terms.calendar import Calendar
from shared.terms.changes import Extension, Notice, Outage, Postponement, Suspension
from shared.terms.clock import Deadline
from shared.terms.lengths import Length, days, weeks
from subsidies.enums import ExtensionKind
from subsidies.models import Application, Complaint, SchemeVersion

# Awb article 4:13(2): without a term in the scheme.
REASONABLE_WEEKS = awb.REASONABLE.number


def decision_deadline(application: Application, calendar: Calendar | None = None) -> Deadline:
    """Until when to decide (Awb articles 4:13-4:15), with every wait and message in the file.

    Who counts for many applications reads the calendar once, and gives it.
    """
    rules = application.scheme_version
    return awb.decision_due(
        application.received_on,
        local_term=own_term(application),
        atw_declared=rules.atw_applies,
        suspensions=_suspensions(application),
        extensions=_extensions(application),
        notices=_notices(application),
        calendar=calendar or legal_days.calendar(),
    )


def own_term(application: Application) -> Length | None:
    """The term that the regulation sets: that of the round, since plans are compared after it closed, else its weeks.

    None when the reasonable term of the Awb counts (article 4:13).
    """
    if application.round is not None:
        return days((application.round.decide_by - application.received_on).days)
    rules = application.scheme_version
    return weeks(rules.decision_weeks) if rules.decision_weeks else None


def last_day_to_apply(starts_on: date, rules: SchemeVersion, outages: Sequence[Outage] | None = None) -> date | None:
    """The last day to apply before an activity: so many weeks counted back; an outage on it gives more time (Wmebv).

    None when the scheme asks no lead time. Of a round the last day is `Round.last_day`.
    """
    if not rules.lead_time_weeks:
        return None
    counted = awb.lead_time(starts_on, weeks(rules.lead_time_weeks)).due_legal
    return legal_days.last_day_for_residents(counted, outages)


def promised_on(received_on: date, asked: Decimal | None, rules: SchemeVersion) -> date:
    """The service promise: so many working days from a complete application, fewer for a small amount."""
    small = asked is not None and asked <= rules.service_small_until
    return legal_days.calendar().add_working_days(
        received_on, rules.service_days_small if small else rules.service_days
    )


def completion_due(rules: SchemeVersion, asked_on: date) -> date:
    """The last day that the scheme gives to complete an application; always a working day, since no Act moves it."""
    return legal_days.calendar().working_day_from(asked_on + timedelta(days=rules.completion_days))


def hearing_due(rules: SchemeVersion, asked_on: date) -> date:
    """The last day that the scheme gives for a view; a working day."""
    return legal_days.calendar().working_day_from(asked_on + timedelta(days=rules.hearing_days))


def why_no_working_day(day: date) -> str:
    """Why the municipality does not work on this day; empty when it does."""
    return legal_days.calendar().why_free(day)


def not_processed_deadline(application: Application, day: date) -> Deadline | None:
    """Until when the application can be left unprocessed (Awb article 4:5(4)).

    The four weeks run from the day on which the last request was answered, or passed unused. None before that day, and
    when nothing was asked.
    """
    asked = list(application.completion_requests.all())
    if not asked:
        return None
    ended_on = asked[-1].completed_on or asked[-1].last_day
    if asked[-1].completed_on is None and ended_on >= day:
        return None
    return awb.not_processed_due(ended_on, calendar=legal_days.calendar())


def complaint_deadline(complaint: Complaint) -> Deadline:
    """Until when to answer a complaint, with its calculation (Awb article 9:11)."""
    return awb.complaint_due(
        complaint.received_on,
        advised=complaint.adviser != "",
        extended_on=complaint.extended_on,
        postponements=[Postponement(each.told_on, each.until) for each in complaint.agreed_delays.all()]
        if complaint.pk
        else (),
        calendar=legal_days.calendar(),
    )


def refresh(application: Application) -> Deadline:
    """Count the dates again and put them on the application in memory; the workflow step saves."""
    deadline = decision_deadline(application)
    application.due_legal, application.due_safe = deadline.due_legal, deadline.due_safe
    application.promised_on = (
        # In a round all plans are compared after it closed: the day that the round names is the promise.
        application.round.decide_by
        if application.round
        else promised_on(
            application.complete_on or application.received_on, application.asked_amount, application.scheme_version
        )
    )
    return deadline


def _suspensions(application: Application) -> list[Suspension | None]:
    waits: list[Suspension | None] = [
        Suspension.for_completion(invited_on=request.sent_on, due_on=request.due_on, completed_on=request.completed_on)
        for request in application.completion_requests.all()
    ]
    pauses = [
        Suspension(pause.first_day, pause.last_day, pause.last_day, str(pause.get_ground_display()))
        for pause in application.pauses.all()
    ]
    return [*waits, *pauses]


def _extensions(application: Application) -> list[Extension]:
    local = own_term(application) is not None
    return [
        # Without a local term the message names the weeks in all (Awb article 4:14(3)).
        Extension(later.sent_on, weeks(later.weeks or 0), from_start=not local)
        for later in application.later_decisions.all()
        if later.kind == ExtensionKind.EXTENSION and not later.about_settlement
    ]


def _notices(application: Application) -> list[Notice]:
    return [
        Notice(later.sent_on, later.expected_on)
        for later in application.later_decisions.all()
        if later.kind == ExtensionKind.NOTICE and not later.about_settlement
    ]
