"""Letters about a notice of default."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from shared import links
from shared.notifications.compose import Letter, compose
from shared.terms.penalty import Penalty
from subsidies.enums import MessageKind
from subsidies.letters.decision import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import CaseMessage, DefaultNotice


def receipt(notice: DefaultNotice, penalty: Penalty | None) -> Letter:
    """Tell the applicant whether the notice has effect, and what follows."""
    application = notice.application
    values = {
        "a": application,
        "notice": notice,
        "penalty": penalty,
        "from_objection": notice.message.kind == MessageKind.OBJECTION,
        "url": case_url(application),
    }
    return step_letter("default_notice", application, values, "nl")


def warning(notice: DefaultNotice, penalty: Penalty | None) -> Letter:
    """Warn reviewer and manager: decide before the penalty runs."""
    return compose(
        "subsidies/letters/default_notice_warning.txt",
        {"a": notice.application, "notice": notice, "penalty": penalty, "url": _file_url(notice)},
    )


def set_penalty(notice: DefaultNotice, due: date, owed: Decimal) -> Letter:
    """Ask to set the amount before the day that the law names."""
    return compose(
        "subsidies/letters/penalty_to_set.txt",
        {"a": notice.application, "notice": notice, "due": due, "owed": owed, "url": _file_url(notice)},
    )


def appeal(message: CaseMessage, since: date) -> Letter:
    """Explain that there is an appeal and no objection, from when, and that we pass it on."""
    return _about_appeal("appeal", message, since=since)


def forwarded(message: CaseMessage) -> Letter:
    """Tell who sent it that it went to the court."""
    return _about_appeal("appeal_forwarded", message)


def appeal_to_forward(message: CaseMessage, since: date) -> Letter:
    """Ask the reviewer to send it to the court."""
    application = message.application
    url = links.absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return compose(
        "subsidies/letters/appeal_to_forward.txt", {"a": application, "message": message, "since": since, "url": url}
    )


def _about_appeal(name: str, message: CaseMessage, **more: Any) -> Letter:
    application = message.application
    values = {"a": application, "message": message, "url": case_url(application), **more}
    return step_letter(name, application, values, "nl")


def _file_url(notice: DefaultNotice) -> str:
    return links.absolute(reverse("admin:subsidies_application_change", args=[notice.application_id]))
