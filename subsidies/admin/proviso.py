"""The budget that the council still has to adopt, and the steps on grants that wait for it (Awb article 4:34)."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies.admin import decide as deciding
from subsidies.admin.decide import DECIDE
from subsidies.admin.handling import why_not_own
from subsidies.admin.registry import StepPage, register, with_answers
from subsidies.enums import Outcome, Status
from subsidies.forms.first_decision import InvokeForm
from subsidies.forms.reference import MunicipalBudgetForm
from subsidies.models import Application, MunicipalBudget
from subsidies.policies import may_decide
from subsidies.workflow import case as cases
from subsidies.workflow import disadvantage, proviso

INVOKING = (Outcome.CHANGE, Outcome.REVOKE)


def _waits(case: Application, user: User) -> bool:
    return proviso.open_proviso(case) is not None


def _not_adopted(case: Application) -> str:
    found = proviso.open_proviso(case)
    if found is None or found.budget.adopted_on is None:
        return _("De raad heeft de begroting nog niet vastgesteld, of de dag is nog niet ingevuld.")
    return ""


def _why_not_invoked(case: Application, user: User) -> str:
    if not may_decide(user, case):
        return str(deciding.NOT_YOURS)
    if case.status != Status.GRANTED:
        return _("Kan niet vanuit de status “%(status)s”.") % {"status": case.get_status_display()}
    found = proviso.open_proviso(case)
    until = proviso.deadline(found) if found else None
    if until is None:
        return _not_adopted(case)
    if cases.notified_on(case, today()) > until.due_legal:
        return _("De vier weken om een beroep te doen op het voorbehoud zijn voorbij (Awb 4:34, derde lid).")
    if not any(hearing.outcome in INVOKING for hearing in disadvantage.announced(case, today())):
        return _("Vraag eerst een zienswijze over het intrekken of wijzigen (Awb 4:12).")
    return ""


def _values(case: Application, user: User) -> dict[str, Any]:
    found = proviso.open_proviso(case)
    until = proviso.deadline(found) if found else None
    return {**deciding.values(case, user), "proviso": found, "proviso_until": until}


register(
    StepPage(
        "begrotingsvoorbehoud-inroepen",
        gettext_lazy("Beroep doen op het voorbehoud"),
        gettext_lazy("Besluit nemen"),
        deciding.act,
        _why_not_invoked,
        InvokeForm,
        explains=gettext_lazy(
            "De raad stelde te weinig geld beschikbaar. Dit kan binnen vier weken na de vaststelling van de begroting, "
            "na een zienswijze (Awb 4:34 en 4:12)."
        ),
        position=67,
        concerns=_waits,
        values=_values,
        verb_for=deciding.verb_for,
        template=DECIDE,
    ),
    StepPage(
        "begrotingsvoorbehoud-vervalt",
        gettext_lazy("Voorbehoud laten vervallen"),
        gettext_lazy("Laten vervallen"),
        with_answers(proviso.let_lapse),
        lambda case, user: _not_adopted(case) or why_not_own(case, user),
        explains=gettext_lazy("Er is genoeg geld. De aanvrager hoort dat het geld zeker is, en de betaling kan door."),
        position=68,
        concerns=_waits,
    ),
)


@admin.register(MunicipalBudget)
class MunicipalBudgetAdmin(admin.ModelAdmin[MunicipalBudget]):
    """Which budgets the council has adopted, and when it will decide on the next."""

    form = MunicipalBudgetForm
    list_display = ["year", "expected_on", "adopted_on", "source"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Grants refer to it."""
        return False
