"""What a functional manager has to see coming: the evaluation of a scheme, and the next decree about free days."""

from datetime import date

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.terms import legal_days
from shared.terms.lengths import month, years
from subsidies.letters import scheme as letters
from subsidies.models import Scheme
from subsidies.querysets import SchemeQuerySet
from subsidies.workflow.case import CATEGORY

# A year ahead an evaluation can still be asked for, a month ahead it can still be published.
FIRST, LAST = years(1), month(1)


def to_evaluate(day: date) -> SchemeQuerySet:
    """The schemes that have to be evaluated within a year (Awb article 4:24), the first to come first."""
    return Scheme.objects.filter(evaluate_by__lte=FIRST.after(day)).order_by("evaluate_by", "pk")


def warn_of_evaluation(day: date) -> None:
    """Tell the functional managers a year and a month before the last day to evaluate; each once."""
    for scheme in to_evaluate(day):
        moment = "month" if scheme.evaluate_by <= LAST.after(day) else "year"
        key = f"subsidies.evaluate_scheme:{scheme.pk}:{scheme.evaluate_by:%Y%m%d}:{moment}"
        _tell_managers(letters.evaluation_due(scheme), key, about=scheme)


def warn_of_decree(day: date) -> None:
    """Tell the functional managers once that the known free days come to an end."""
    if legal_days.needs_next_decree(day):
        last = legal_days.last_known_day()
        _tell_managers(letters.next_decree(last), f"subsidies.next_decree:{last:%Y%m%d}")


def _tell_managers(letter: Letter, key: str, *, about: Scheme | None = None) -> None:
    for user in User.objects.active_in_role(Role.FUNCTIONAL_MANAGER):
        to = Recipient(name=user.name, email=user.email)
        outbox.enqueue(letter, to=to, key=f"{key}:{user.pk}", category=CATEGORY, about=about)
