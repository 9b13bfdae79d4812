"""What a functional manager finds on the start page: what the law asks within a year."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies.models import Complaint
from subsidies.workflow import ahead


@dataclass(frozen=True)
class Coming:
    """Something to do in time, and where."""

    text: str
    url: str


def coming(user: User) -> list[Coming]:
    """Complaints to answer; and for who manages them, schemes to evaluate and free days to look up."""
    complaints = _complaints(user)
    if not has_role(user, Role.FUNCTIONAL_MANAGER):
        return complaints
    found = [
        *complaints,
        *(
            Coming(
                _("Evalueer %(scheme)s vóór of op %(day)s (Awb 4:24).")
                % {"scheme": scheme.name, "day": format_date(scheme.evaluate_by, "j F Y")},
                reverse("admin:subsidies_scheme_change", args=[scheme.pk]),
            )
            for scheme in ahead.to_evaluate(today())
        ),
    ]
    if legal_days.needs_next_decree(today()):
        text = _("Vrije dagen zijn bekend tot en met %(day)s. Vul de volgende in.")
        day = format_date(legal_days.last_known_day(), "j F Y")
        found.append(Coming(text % {"day": day}, reverse("admin:terms_equatedday_changelist")))
    return found


def _complaints(user: User) -> list[Coming]:
    """Those that this person handles, and for a manager those that nobody handles yet."""
    mine = Q(handler=user)
    if has_role(user, Role.FUNCTIONAL_MANAGER):
        mine |= Q(handler=None)
    return [
        Coming(
            _("Klacht bij %(number)s: antwoord vóór of op %(day)s (Awb 9:11).")
            % {"number": complaint.application.reference, "day": format_date(complaint.due_on, "j F Y")},
            reverse("admin:subsidies_application_change", args=[complaint.application_id]),
        )
        for complaint in Complaint.objects.open().filter(mine).select_related("application").order_by("due_on", "pk")
    ]
