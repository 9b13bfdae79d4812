"""Letters about a notice of default."""

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
    application = notice.application
    url = links.absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return compose(
        "subsidies/letters/default_notice_warning.txt",
        {"a": application, "notice": notice, "penalty": penalty, "url": url},
    )
