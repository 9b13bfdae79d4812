"""Letters after the activity: the report, money that comes back, and what people thought of us."""

from typing import Any

from django.urls import reverse

from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from subsidies.letters.applicant import case_token
from subsidies.letters.own_words import step_letter
from subsidies.models import Application, Recovery, Report

EVALUATION = "subsidies.evaluation"
# The last part of the address of the form, as `offers` calls it.
REPORT = "verslag"


def report_reminder(report: Report) -> Letter:
    """Remind the recipient of the report, before its last day."""
    return _about("report_reminder", report)


def report_late(report: Report) -> Letter:
    """The report did not come: a second term, and what happens after it (Awb articles 4:44(3) and 4:47)."""
    return _about("report_late", report)


def report_returned(report: Report, *, reason: str) -> Letter:
    """The report is not complete: why, and until when it can be sent again."""
    return _about("report_returned", report, reason=reason)


def report_approved(report: Report) -> Letter:
    """The report is in order."""
    return _about("report_approved", report)


def sampled(report: Report) -> Letter:
    """The sample drew this case: the receipts go along with the report."""
    return _about("sampled", report)


def report_missing(report: Report) -> Letter:
    """Tell the reviewers that no report came, also not after the reminder."""
    return _to_staff("report_missing", report.application, report=report)


def recovery_received(recovery: Recovery) -> Letter:
    """Money came back; how much is left, if anything."""
    return _letter("recovery_received", recovery.application, recovery=recovery)


def recovery_reminder(recovery: Recovery) -> Letter:
    """The money did not come back in time (Awb article 4:112: two more weeks)."""
    return _letter("recovery_reminder", recovery.application, recovery=recovery)


def evaluation(application: Application) -> Letter:
    """One question about how we did; never required."""
    url = absolute(reverse("subsidies:evaluate", args=[evaluation_token(application)]))
    return _letter("evaluation", application, url=url)


def evaluation_token(application: Application) -> str:
    """Proof that the question went to this address."""
    return sign(EVALUATION, application=application.pk, email=application.email)


def report_url(application: Application) -> str:
    """The full address of the form; for who has no e-mail address the front door."""
    if not application.reads_email:
        return absolute(reverse("overview"))
    return absolute(reverse("subsidies:case_message_by_link", args=[case_token(application), REPORT]))


def _about(name: str, report: Report, **context: Any) -> Letter:
    application = report.application
    return _letter(name, application, report=report, url=report_url(application), **context)


def _letter(name: str, application: Application, **context: Any) -> Letter:
    values = {"application": application, **context}
    return step_letter(name, application, values, application.language)


def _to_staff(name: str, application: Application, **context: Any) -> Letter:
    url = absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return compose(f"subsidies/letters/{name}.txt", {"application": application, "url": url, **context}, language="nl")
