"""Until when the amount has to be set after the activity: on the report, or of our own accord without one."""

from dataclasses import dataclass
from datetime import date

from shared.terms import awb, legal_days
from shared.terms.changes import Extension, Notice, Suspension
from shared.terms.clock import Deadline
from shared.terms.lengths import Length, weeks
from subsidies.enums import ExtensionKind
from subsidies.models import Application, Report


@dataclass(frozen=True)
class Settlement:
    """The clock of a settlement that has to come."""

    deadline: Deadline
    # When the recipient applied for it, by the report. Without one there is no penalty for being late (Awb 4:17(1)).
    applied_on: date | None


def settlement(application: Application) -> Settlement | None:
    """Until when to set the amount; None when there is nothing to set, or it is not known yet when that starts.

    The report is the application for it (Awb articles 4:44 and 4:45): the term is that of the scheme, else eight weeks
    (4:13), and stands still while the recipient completes the report (4:15). Without a report it is set of our own
    accord, in the term that the grant named (4:47).
    """
    if not application.is_to_settle:
        return None
    report = Report.objects.filter(application=application).prefetch_related("returns").first()
    if report is not None and report.applied_on is not None:
        return Settlement(_on_application(application, report, report.applied_on), report.applied_on)
    since = _starts_on(application, report)
    return Settlement(_of_our_own_accord(application, since), None) if since else None


def own_term(application: Application) -> Length | None:
    """The term that the regulation sets for a settlement; None when the reasonable term of the Awb counts."""
    own = application.scheme_version.settlement_weeks
    return weeks(own) if own else None


def refresh(application: Application) -> Settlement | None:
    """Count the dates again and put them on the application in memory; the workflow step saves.

    What was settled keeps its last day: a penalty for being late counts from it.
    """
    found = settlement(application)
    if found is not None:
        application.settle_due_legal, application.settle_due_safe = found.deadline.due_legal, found.deadline.due_safe
    return found


def _on_application(application: Application, report: Report, applied_on: date) -> Deadline:
    local = own_term(application)
    later = [each for each in application.later_decisions.all() if each.about_settlement]
    return awb.decision_due(
        applied_on,
        local_term=local,
        atw_declared=application.scheme_version.atw_applies,
        suspensions=[
            Suspension.for_completion(invited_on=each.sent_on, due_on=each.due_on, completed_on=each.completed_on)
            for each in report.returns.all()
        ],
        extensions=[
            # Without a local term the message names the weeks in all (Awb article 4:14(3)).
            Extension(each.sent_on, weeks(each.weeks or 0), from_start=local is None)
            for each in later
            if each.kind == ExtensionKind.EXTENSION
        ],
        notices=[Notice(each.sent_on, each.expected_on) for each in later if each.kind == ExtensionKind.NOTICE],
        calendar=legal_days.calendar(),
    )


def _of_our_own_accord(application: Application, since: date) -> Deadline:
    return awb.ex_officio_due(since, weeks(application.scheme_version.ex_officio_weeks))


def _starts_on(application: Application, report: Report | None) -> date | None:
    """The last day for the report; where none is asked, the last day of the activity."""
    if report is not None:
        return report.second_due_on or report.due_on
    last = application.decisions.exclude(execute_until=None).order_by("-decided_at", "-pk")
    found: date | None = last.values_list("execute_until", flat=True).first()
    return found or application.ends_on or application.starts_on
