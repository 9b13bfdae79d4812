"""The steps on the page of one request: answer it, hand it over, remind of it, take it back."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from ambassadors import subjects
from ambassadors.enums import AdviceVerdict
from ambassadors.forms import steps as forms
from ambassadors.models import AdviceRequest
from ambassadors.policies import may_answer, may_ask, may_hand_over, may_look_after
from ambassadors.workflow import advice
from shared.accounts.models import User
from shared.review.desk import Desk, Part, Seen, StepPage

DESK = Desk("ambassadors_advicerequest")


def _closed(request: AdviceRequest, user: User) -> str:
    return advice.why_closed(request, subjects.find(request.subject_type, request.subject_id))


def _not_reminded(request: AdviceRequest, user: User) -> str:
    return _closed(request, user) or advice.why_no_reminder(request)


def _answers(request: AdviceRequest, user: User) -> bool:
    return may_answer(user, request)


def _looks_after(request: AdviceRequest, user: User) -> bool:
    return may_look_after(user, request)


def _answer(request: AdviceRequest, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return advice.answer(request, verdict=AdviceVerdict(answers["verdict"]), text=answers["text"], by=seen.by)


def _hand_over(request: AdviceRequest, form: forms.HandOverForm, seen: Seen) -> object:
    return advice.hand_over(request, to=form.to, note=form.cleaned_data["note"], **seen.as_arguments())


def _summary(request: AdviceRequest, visit: Any) -> dict[str, Any]:
    """The case as the adviser reads it; empty when it is over, or no more."""
    subject = subjects.find(request.subject_type, request.subject_id)
    if subject is None:
        return {"summary": None, "subject_url": ""}
    kind = subjects.kind_of(subject)
    user: Any = getattr(visit, "user", visit)
    return {
        "summary": kind.describe(subject),
        # Who reviews the case reads on in its file; an adviser reads the summary only.
        "subject_url": kind.file_url(subject) if may_ask(user, subject) else "",
    }


def _work(request: AdviceRequest, visit: HttpRequest) -> dict[str, Any]:
    return {"handovers": request.handovers.select_related("by")}


DESK.register(
    StepPage(
        "antwoorden",
        gettext_lazy("Advies geven"),
        gettext_lazy("Advies geven"),
        _answer,
        _closed,
        forms.AnswerForm,
        explains=gettext_lazy("Uw antwoord gaat naar de behandelaar en staat daarna vast."),
        main=True,
        position=10,
        concerns=_answers,
        values=_summary,
        template="admin/ambassadors/answer.html",
    ),
    StepPage(
        "overdragen",
        gettext_lazy("Overdragen"),
        gettext_lazy("Overdragen"),
        _hand_over,
        _closed,
        forms.HandOverForm,
        explains=gettext_lazy("Aan een collega of een andere afdeling. De dag van het antwoord blijft gelijk."),
        main=True,
        position=20,
        concerns=lambda request, user: may_hand_over(user, request),
    ),
    StepPage(
        "herinneren",
        gettext_lazy("Herinneren"),
        gettext_lazy("Herinneren"),
        lambda request, form, seen: advice.remind(request, by=seen.by),
        _not_reminded,
        explains=gettext_lazy("De adviseur krijgt de vraag nog een keer, met een nieuwe link."),
        position=30,
        concerns=_looks_after,
    ),
    StepPage(
        "intrekken",
        gettext_lazy("Intrekken"),
        gettext_lazy("Intrekken"),
        lambda request, form, seen: advice.revoke(request, reason=form.cleaned_data["reason"], by=seen.by),
        _closed,
        forms.ReasonForm,
        explains=gettext_lazy("De adviseur hoort dat er niets meer hoeft te gebeuren."),
        position=40,
        concerns=_looks_after,
    ),
)
DESK.show_on_file(
    Part("zaak", "admin/ambassadors/_subject.html", _summary, 10, left=True),
    Part("verloop", "admin/ambassadors/_request.html", _work, 10),
)
