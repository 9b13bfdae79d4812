"""The dates of an application: counted by the legal clock from what stands in the file."""

from datetime import date
from decimal import Decimal

from shared.terms import awb, legal_days
from shared.terms.changes import Extension, Notice, Suspension
from shared.terms.clock import Deadline
from shared.terms.lengths import weeks
from subsidies.enums import ExtensionKind
from subsidies.models import Application, SchemeVersion


def decision_deadline(application: Application) -> Deadline:
    """Until when to decide (Awb articles 4:13-4:15), with every wait and message in the file."""
    rules = application.scheme_version
    return awb.decision_due(
        application.received_on,
        local_term=weeks(rules.decision_weeks) if rules.decision_weeks else None,
        atw_declared=rules.atw_applies,
        suspensions=_suspensions(application),
        extensions=_extensions(application),
        notices=_notices(application),
        calendar=legal_days.calendar(),
    )


def promised_on(received_on: date, asked: Decimal | None, rules: SchemeVersion) -> date:
    """The service promise: so many working days from a complete application, fewer for a small amount."""
    small = asked is not None and asked <= rules.service_small_until
    return legal_days.calendar().add_working_days(
        received_on, rules.service_days_small if small else rules.service_days
    )


def refresh(application: Application) -> Deadline:
    """Count the dates again and put them on the application in memory; the workflow step saves."""
    deadline = decision_deadline(application)
    application.due_legal, application.due_safe = deadline.due_legal, deadline.due_safe
    application.promised_on = promised_on(
        application.complete_on or application.received_on, application.asked_amount, application.scheme_version
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
    local = application.scheme_version.decision_weeks is not None
    return [
        # Without a local term the message names the weeks in all (Awb article 4:14(3)).
        Extension(later.sent_on, weeks(later.weeks or 0), from_start=not local)
        for later in application.later_decisions.all()
        if later.kind == ExtensionKind.EXTENSION
    ]


def _notices(application: Application) -> list[Notice]:
    return [
        Notice(later.sent_on, later.expected_on)
        for later in application.later_decisions.all()
        if later.kind == ExtensionKind.NOTICE
    ]
