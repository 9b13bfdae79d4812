"""What a functional manager finds on the start page: what the law asks within a year."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies.workflow import ahead


@dataclass(frozen=True)
class Coming:
    """Something to do in time, and where."""

    text: str
    url: str


def coming(user: User) -> list[Coming]:
    """Schemes to evaluate and free days to look up; nothing for who does not manage them."""
    if not has_role(user, Role.FUNCTIONAL_MANAGER):
        return []
    found = [
        Coming(
            _("Evalueer %(scheme)s vóór of op %(day)s (Awb 4:24).")
            % {"scheme": scheme.name, "day": format_date(scheme.evaluate_by, "j F Y")},
            reverse("admin:subsidies_scheme_change", args=[scheme.pk]),
        )
        for scheme in ahead.to_evaluate(today())
    ]
    if legal_days.needs_next_decree(today()):
        text = _("Vrije dagen zijn bekend tot en met %(day)s. Vul de volgende in.")
        day = format_date(legal_days.last_known_day(), "j F Y")
        found.append(Coming(text % {"day": day}, reverse("admin:terms_equatedday_changelist")))
    return found
