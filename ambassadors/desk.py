"""Advice on the file of any case: `offer_advice(desk)` adds the steps and the answers to the review of a programme."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.forms import steps as forms
from ambassadors.models import AdviceRequest
from ambassadors.policies import may_ask
from ambassadors.subjects import kind_of
from ambassadors.workflow import advice
from shared.accounts.models import User
from shared.review.desk import Case, Desk, Part, Seen, StepPage
from shared.terms.calendar import today

PART = "admin/ambassadors/_advice.html"


def offer_advice(
    desk: Desk,
    *,
    main: bool = False,
    main_when: Callable[[Case, User], bool] = lambda case, user: True,
    position: int = 50,
    part_position: int = 40,
    why_not: Callable[[Case, User], str] | None = None,
) -> None:
    """Let who reviews these cases ask for advice and see what came of it. `why_not` refuses with better words."""
    refuses = why_not or _why_not
    desk.register(
        StepPage(
            "advies-vragen",
            gettext_lazy("Advies vragen"),
            gettext_lazy("Advies vragen"),
            _ask,
            refuses,
            forms.AskAdviceForm,
            explains=gettext_lazy("De adviseur krijgt een link en hoeft niet in te loggen."),
            main=main,
            main_when=main_when,
            position=position,
            concerns=_is_open,
        ),
        StepPage(
            "advies-intrekken",
            gettext_lazy("Adviesvraag intrekken"),
            gettext_lazy("Adviesvraag intrekken"),
            _revoke,
            _why_none_open,
            forms.RevokeAdviceForm,
            position=position + 10,
            concerns=_is_open,
        ),
    )
    desk.show_on_file(Part("advies", PART, values, part_position))


def values(case: Case, request: HttpRequest) -> dict[str, Any]:
    """What was asked about the case and what came of it, the oldest first."""
    return {"advices": about(case), "today": today(), "can_ask": _is_open(case, request.user)}


def about(case: Case) -> list[AdviceRequest]:
    """Everything that was asked about this case, with who did what."""
    related = ("asked_by", "owner", "department", "answered_by")
    return list(AdviceRequest.objects.about(case).select_related(*related).prefetch_related("handovers__by"))


def request_url(request: AdviceRequest) -> str:
    """The page of one request, for staff."""
    return reverse("admin:ambassadors_advicerequest_change", args=[request.pk])


def _is_open(case: Case, user: Any) -> bool:
    return not kind_of(case).why_closed(case)


def _why_not(case: Case, user: User) -> str:
    return "" if may_ask(user, case) else _("U behandelt deze zaak niet, of het is uw eigen zaak.")


def _why_none_open(case: Case, user: User) -> str:
    return "" if AdviceRequest.objects.about(case).open().exists() else _("Er staat geen adviesvraag open.")


def _ask(case: Case, form: forms.AskAdviceForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return advice.ask(case, to=form.to, question=answers["question"], due_on=answers["due_on"], **seen.as_arguments())


def _revoke(case: Case, form: forms.RevokeAdviceForm, seen: Seen) -> object:
    answers = form.cleaned_data
    return advice.revoke(answers["advice"], reason=answers["reason"], **seen.as_arguments())
