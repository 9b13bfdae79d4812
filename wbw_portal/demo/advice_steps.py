"""Advice in the demonstration: asked on a plan or an application, of a department or of somebody by e-mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ambassadors.enums import AdviceVerdict
from ambassadors.models import AdviceRequest
from ambassadors.routing import Adviser
from ambassadors.seats import seat_of
from ambassadors.workflow import advice
from shared.accounts.models import Department
from shared.terms import legal_days
from shared.terms.calendar import today

Step = dict[str, Any]


def advice_steps(case_of: Callable[[Any], Any]) -> dict[str, Callable[[Any, Step], None]]:
    """The steps of a story around advice; `case_of` finds the case of the story."""

    def ask(story: Any, step: Step) -> None:
        due_on = legal_days.calendar().working_day_from(today() + timedelta(days=step["days"]))
        advice.ask(case_of(story), to=_adviser(step), question=step["question"], due_on=due_on, by=story.by)

    def answer(story: Any, step: Step) -> None:
        request, verdict = _open(case_of(story)), AdviceVerdict(step["verdict"])
        advice.answer(request, verdict=verdict, text=step.get("text", ""), by=request.owner)

    def hand_over(story: Any, step: Step) -> None:
        request = _open(case_of(story))
        advice.hand_over(request, to=_adviser(step), note=step["text"], by=request.owner)

    def revoke(story: Any, step: Step) -> None:
        advice.revoke(_open(case_of(story)), reason=step["text"], by=story.by)

    def hand_back(story: Any, step: Step) -> None:
        request = _open(case_of(story))
        advice.hand_back(request, note=step["text"], turn=request.turn)

    return {
        "advise": ask,
        "answer_advice": answer,
        "hand_over_advice": hand_over,
        "revoke_advice": revoke,
        "hand_back_advice": hand_back,
    }


def _adviser(step: Step) -> Adviser:
    """Whom the step names: a department, or somebody by e-mail."""
    if "department" not in step:
        return Adviser(name=step["name"], email=step["email"])
    department = Department.objects.get(name=step["department"])
    acting = seat_of(department, today()).acting
    if acting:
        return Adviser(department=department, user=acting)
    return Adviser(department=department, name=department.name, email=department.email)


def _open(case: Any) -> AdviceRequest:
    """What was asked last and waits for an answer."""
    found: AdviceRequest = AdviceRequest.objects.about(case).open().latest("asked_at")
    return found
