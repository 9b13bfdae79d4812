"""Who owes whom: letting go of what was paid too much, paying back in parts, and interest for having paid late."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies import late
from subsidies.admin import decide as deciding
from subsidies.admin.decide import DECIDE
from subsidies.admin.registry import Seen, StepPage, register
from subsidies.enums import Status
from subsidies.forms.decide import DeferForm, WaiveForm
from subsidies.forms.late import InterestForm, NoInterestForm
from subsidies.models import Application
from subsidies.policies import may_decide
from subsidies.workflow import interest
from subsidies.workflow.owed import overpaid, still_claimed, waivable

OWING = (Status.SETTLED, Status.REVOKED, Status.PROPOSED)


def owed_to_us(case: Application) -> bool:
    """There is money that has to come back, asked already or not."""
    return case.status in OWING and waivable(case) > 0


def _why_not(case: Application, user: User) -> str:
    if not may_decide(user, case):
        return str(deciding.NOT_YOURS)
    return _("Er ligt al een voorstel.") if case.status == Status.PROPOSED else ""


def _values(case: Application, user: User) -> dict[str, Any]:
    return {**deciding.values(case, user), "claimed": still_claimed(case), "overpaid": overpaid(case)}


def _is_late(case: Application, user: User) -> bool:
    return bool(late.to_settle(case))


def _why_no_interest_decision(case: Application, user: User) -> str:
    if not may_decide(user, case):
        return str(deciding.NOT_YOURS)
    found = late.late(late.to_settle(case)[0], today())
    if found is not None and found.rate_is_missing:
        return interest.no_rate(found.first_day)
    return ""


def _set_interest(case: Application, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return interest.set_interest(
        form.payment, motivation=answers["motivation"], no_interest=answers["no_interest"], **seen.as_arguments()
    )


def _late_values(case: Application, user: User) -> dict[str, Any]:
    payment = late.to_settle(case)[0]
    return {**deciding.values(case, user), "hints": (), "late": late.late(payment, today()), "late_payment": payment}


register(
    StepPage(
        "afzien-van-terugvordering",
        gettext_lazy("Afzien van terugvordering"),
        gettext_lazy("Besluit nemen"),
        deciding.act,
        _why_not,
        WaiveForm,
        explains=gettext_lazy(
            "Geheel of voor een deel, als terugvragen meer kwaad doet dan goed (Awb 4:57 en 4:94a). Uw mandaat en een "
            "tweede paar ogen gelden zoals bij terugvorderen."
        ),
        position=65,
        concerns=lambda case, user: owed_to_us(case),
        values=_values,
        verb_for=deciding.verb_for,
        template=DECIDE,
    ),
    StepPage(
        "betalingsregeling",
        gettext_lazy("Betalingsregeling"),
        gettext_lazy("Besluit nemen"),
        deciding.act,
        _why_not,
        DeferForm,
        explains=gettext_lazy("Terugbetalen in delen, zonder rente. Tot het laatste deel gaat er geen aanmaning uit."),
        position=66,
        concerns=lambda case, user: case.status in OWING and still_claimed(case) > 0,
        values=_values,
        verb_for=deciding.verb_for,
        template=DECIDE,
    ),
    StepPage(
        "rente-vaststellen",
        gettext_lazy("Rente vaststellen: te laat betaald"),
        gettext_lazy("Besluit nemen"),
        _set_interest,
        _why_no_interest_decision,
        InterestForm,
        explains=gettext_lazy("De gemeente stelt de wettelijke rente zelf vast, met een besluit (Awb 4:99)."),
        main=True,
        position=82,
        concerns=_is_late,
        values=_late_values,
        template=DECIDE,
    ),
    StepPage(
        "geen-rente",
        gettext_lazy("Te laat betaald: geen rente"),
        gettext_lazy("Vastleggen"),
        lambda case, form, seen: interest.no_interest_because(
            form.payment, reason=form.cleaned_data["reason"], **seen.as_arguments()
        ),
        lambda case, user: "" if may_decide(user, case) else str(deciding.NOT_YOURS),
        NoInterestForm,
        explains=gettext_lazy("Bijvoorbeeld omdat de vertraging niet door de gemeente kwam (Awb 4:102, derde lid)."),
        silent=True,
        position=83,
        concerns=_is_late,
    ),
)
