"""Letters about a complaint (Awb chapter 9)."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from shared.accounts.models import User
from shared.links import absolute
from shared.notifications.compose import Letter, compose
from shared.terms.calendar import today
from subsidies import dates
from subsidies.letters.applicant import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import Complaint, ComplaintDelay


def received(complaint: Complaint) -> Letter:
    """What happens with it, and by when we answer."""
    return _to_complainant("complaint_received", complaint)


def taken_up(complaint: Complaint) -> Letter:
    """Who handles it, and that we want to hear the complainant."""
    return _to_complainant("complaint_taken_up", complaint)


def extended(complaint: Complaint, reason: str) -> Letter:
    """The answer comes later, with the new day and why."""
    return _to_complainant("complaint_extended", complaint, reason=reason)


def postponed(complaint: Complaint, later: ComplaintDelay) -> Letter:
    """The answer comes still later, as the complainant agreed (Awb article 9:11(3))."""
    return _to_complainant("complaint_postponed", complaint, later=later)


def answered(complaint: Complaint) -> Letter:
    """What we found, what we do about it, and where the complainant can go then (Awb article 9:12)."""
    return _to_complainant("complaint_answered", complaint)


def new(complaint: Complaint) -> Letter:
    """Tell the managers that there is a complaint."""
    return _to_staff("complaint_new", complaint)


def given(complaint: Complaint, by: User) -> Letter:
    """Tell a colleague that the complaint is theirs now."""
    return _to_staff("complaint_given", complaint, by=by.name)


def due(complaint: Complaint, *, passed: bool) -> Letter:
    """Warn that the day to answer is near, or has passed."""
    return _to_staff("complaint_due", complaint, passed=passed)


def _to_complainant(name: str, complaint: Complaint, **context: Any) -> Letter:
    application = complaint.application
    # The explanation of the date is made of words, so it is counted in the reader's language.
    with translation.override(application.language):
        deadline = dates.complaint_deadline(complaint)
    around = {
        "application": application,
        "complaint": complaint,
        "deadline": deadline,
        "is_late": deadline.due_legal < today(),
        "url": case_url(application),
    }
    values = around | context
    return step_letter(name, application, values, application.language)


def _to_staff(name: str, complaint: Complaint, **context: Any) -> Letter:
    application = complaint.application
    url = absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    values = {"application": application, "complaint": complaint, "url": url, **context}
    return compose(f"subsidies/letters/{name}.txt", values, language="nl")
