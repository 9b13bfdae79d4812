"""Letters about a grant under the proviso of a budget (Awb article 4:34)."""

from django.urls import reverse

from shared.links import absolute
from shared.notifications.compose import Letter, compose
from shared.terms.clock import Deadline
from subsidies.letters.applicant import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import BudgetProviso


def can_be_invoked(proviso: BudgetProviso, until: Deadline) -> Letter:
    """Tell the reviewers until when the proviso can be invoked, and what happens when nobody does."""
    return _to_staff("proviso_open", proviso, until=until)


def adoption_missing(proviso: BudgetProviso) -> Letter:
    """Ask the manager to enter the day on which the budget was adopted: the four weeks run from it."""
    url = absolute(reverse("admin:subsidies_municipalbudget_change", args=[proviso.budget_id]))
    return compose("subsidies/letters/budget_expected.txt", {"budget": proviso.budget, "url": url})


def lapsed(proviso: BudgetProviso) -> Letter:
    """Tell the recipient that the money is certain now."""
    application = proviso.application
    values = {"application": application, "proviso": proviso, "url": case_url(application)}
    return step_letter("proviso_lapsed", application, values, application.language)


def _to_staff(name: str, proviso: BudgetProviso, **context: object) -> Letter:
    application = proviso.application
    url = absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return compose(
        f"subsidies/letters/{name}.txt", {"application": application, "proviso": proviso, "url": url, **context}
    )
