"""Letters about an objection, up to the decision on it (that one is in `decision`)."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from shared import links
from shared.accounts.models import User
from shared.notifications.compose import Letter
from shared.terms.clock import Deadline
from subsidies.letters.decision import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import Objection

Writes = Callable[[Objection, Deadline, str], Letter]


def received(objection: Objection) -> Letter:
    """Tell who may handle it that there is an objection."""
    return _compose("objection_received", objection)


def given(objection: Objection, by: User) -> Letter:
    """Tell a colleague that the objection is theirs now."""
    return _compose("objection_given", objection, by=by.name)


def due(objection: Objection, *, passed: bool) -> Letter:
    """Warn who handles it that the day to decide is near, or has passed."""
    letter = "objection_late" if passed else "objection_due"
    return _compose(letter, objection)


def taken_up(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """Who handles it, by when, and whether a committee advises."""
    return _compose("objection_taken_up", objection, deadline, text)


def repair_asked(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """What is missing, and until when to send it."""
    return _compose("objection_repair", objection, deadline, text)


def extended(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """The decision comes later, with the new day and why."""
    return _compose("objection_extended", objection, deadline, text)


def postponed(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """The decision comes still later, with the new day, on what that rests, and why (Awb article 7:10(5))."""
    return _compose("objection_postponed", objection, deadline, text, later=objection.postponements.latest("pk"))


def hearing_planned(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """The invitation to be heard."""
    return _compose("objection_hearing", objection, deadline, text)


def applicant_invited(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """Tell the applicant that somebody else objects, and when both can be heard (Awb article 7:2)."""
    applicant = objection.against.application.name
    return _compose("objection_hearing_applicant", objection, deadline, text, to=applicant)


def withdrawn(objection: Objection, deadline: Deadline, text: str) -> Letter:
    """The objection was taken back."""
    last_day, withdrawn_on = objection.against.objection_due, objection.withdrawn_on
    again = last_day if withdrawn_on and last_day > withdrawn_on else None
    return _compose("objection_withdrawn", objection, deadline, text, may_again_until=again)


def _compose(name: str, objection: Objection, deadline: Deadline | None = None, text: str = "", **more: Any) -> Letter:
    application = objection.against.application
    to_staff = deadline is None
    file_url = links.absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    values = {
        "a": application,
        "o": objection,
        "deadline": deadline,
        "text": text,
        "contact_name": objection.handler.name if objection.handler else "",
        "url": file_url if to_staff else case_url(application),
        **more,
    }
    return step_letter(name, application, values, "nl")
