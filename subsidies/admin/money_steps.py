"""What reviewers see and do about money on the file page: payments by their last four signs, and the stop of 4:56."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from subsidies.admin.payment_steps import stage
from subsidies.admin.registry import Part, Seen, StepPage, register, show_on_file
from subsidies.enums import AWARDED
from subsidies.forms.payment import StopForm
from subsidies.models import Application
from subsidies.policies import may_watch_payments
from subsidies.workflow import pay


def _stop(case: Application, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return pay.stop_payment(case, until=answers["until"], reason=answers["reason"], **seen.as_arguments())


def _why_not_stop(case: Application, user: User) -> str:
    return pay.why_not_stopped(case)


def _resume(case: Application, form: Any, seen: Seen) -> object:
    return pay.resume_payment(case, **seen.as_arguments())


def _payments(case: Application, request: HttpRequest) -> dict[str, Any]:
    payments = case.payments.select_related("account", "late_interest").order_by("pk")
    return {
        "payments": [(payment, stage(payment)) for payment in payments],
        "stopped_until": case.payment_stopped_until,
        "may_pay": may_watch_payments(request.user),
    }


register(
    StepPage(
        "betaling-stilleggen",
        gettext_lazy("Betaling stilleggen"),
        gettext_lazy("Stilleggen"),
        _stop,
        _why_not_stop,
        StopForm,
        explains=gettext_lazy(
            "Alleen bij een ernstig vermoeden dat wij het besluit moeten intrekken of wijzigen, ten hoogste 13 weken "
            "in totaal (Awb artikel 4:56). De aanvrager krijgt bericht."
        ),
        position=80,
        concerns=lambda case, user: case.status in AWARDED,
    ),
    StepPage(
        "betaling-hervatten",
        gettext_lazy("Betaling hervatten"),
        gettext_lazy("Hervatten"),
        _resume,
        lambda case, user: "",
        position=81,
        concerns=lambda case, user: pay.stop_holds(case),
    ),
)
show_on_file(Part("betalingen", "admin/subsidies/application/_payments.html", _payments, position=60))
