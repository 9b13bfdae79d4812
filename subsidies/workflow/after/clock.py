"""What wakes by itself after the decision; all of it is safe to run twice."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from shared import municipality
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.terms import legal_days
from subsidies import settlement
from subsidies.enums import AWARDED
from subsidies.letters import after as letters
from subsidies.models import Report
from subsidies.workflow.case import lock, tell_applicant, tell_reviewers


def reminds_until(day: date) -> date:
    """The last day of a report for which there can be something to do today."""
    return day + timedelta(days=municipality.current().periods.report_reminder_days)


@transaction.atomic
def watch_report(report: Report, day: date) -> str:
    """Remind before the last day; set a second term after it; tell the reviewer when that passed. Says what it did."""
    application = lock(report.application)
    report = Report.objects.select_for_update().get(pk=report.pk)
    report.application = application
    if report.received_on or report.is_judged or application.status not in AWARDED:
        return ""
    if report.second_due_on and report.last_day < day and report.missed_at is None:
        return _tell_missed(report)
    periods = municipality.current().periods
    # A few days of patience, then a second term (Awb article 4:44(3)).
    if report.second_reminded_at is None and report.last_day + timedelta(days=periods.report_patience_days) < day:
        return _set_second_term(report, day)
    if report.reminded_at is None and day <= report.due_on <= reminds_until(day):
        return _remind(report)
    return ""


def _remind(report: Report) -> str:
    report.reminded_at = timezone.now()
    report.save(update_fields=["reminded_at"])
    trail.record("subsidies.report_reminded", subject=report.application, visibility=Visibility.RESIDENT)
    tell_applicant(report.application, letters.report_reminder(report), f"report_reminder_{report.due_on:%Y%m%d}")
    return "reminded"


def _set_second_term(report: Report, day: date) -> str:
    report.second_reminded_at = timezone.now()
    term = timedelta(days=municipality.current().periods.report_second_term_days)
    report.second_due_on = legal_days.calendar().working_day_from(day + term)
    report.save(update_fields=["second_reminded_at", "second_due_on"])
    # Without the report the amount is set so many weeks after this day.
    settlement.refresh(report.application)
    report.application.save()
    trail.record(
        "subsidies.report_second_term",
        subject=report.application,
        visibility=Visibility.RESIDENT,
        new={"due_on": report.second_due_on},
    )
    tell_applicant(report.application, letters.report_late(report), f"report_late_{report.due_on:%Y%m%d}")
    return "second_term"


def _tell_missed(report: Report) -> str:
    report.missed_at = timezone.now()
    report.save(update_fields=["missed_at"])
    trail.record("subsidies.report_missed", subject=report.application)
    tell_reviewers(report.application, letters.report_missing(report), f"report_missing_{report.due_on:%Y%m%d}")
    return "missed"
