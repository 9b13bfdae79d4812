"""Letters about a notice of default."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from shared import links
from shared.notifications.compose import Letter, compose
from shared.terms.penalty import Penalty
from subsidies.letters.decision import case_url
from subsidies.models import DefaultNotice


def receipt(notice: DefaultNotice, penalty: Penalty | None) -> Letter:
    """Tell the applicant whether the notice has effect, and what follows."""
    application = notice.application
    return compose(
        "subsidies/letters/default_notice.txt",
        {"a": application, "notice": notice, "penalty": penalty, "url": case_url(application)},
    )


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


def _file_url(notice: DefaultNotice) -> str:
    return links.absolute(reverse("admin:subsidies_application_change", args=[notice.application_id]))
