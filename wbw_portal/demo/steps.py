"""What can happen to an invented plan: each step of the stories as a call of the real workflow."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from initiatives import workflow
from initiatives.enums import InvolvementKind
from initiatives.models import Initiative
from initiatives.rules import public_text
from initiatives.workflow.review import Promise
from wbw_portal.demo import people

if TYPE_CHECKING:
    from wbw_portal.demo.stories import Story

Step = dict[str, Any]

_neighbours: Iterator[str] = cycle(people.read("mensen.toml")["neighbours"]["names"])


def _take_up(story: "Story", step: Step) -> None:
    workflow.take_up(story.initiative, by=story.by)


def _contact(story: "Story", step: Step) -> None:
    on = timezone.localdate()
    workflow.record_contact(story.initiative, kind=step["kind"], on=on, text=step["text"], by=story.by)


def _note(story: "Story", step: Step) -> None:
    workflow.save_note(story.initiative, text=step["text"], by=story.by)


def _publish(story: "Story", step: Step) -> None:
    plan = story.initiative
    photos = plan.attachments.values_list("pk", flat=True)
    alt_texts = dict.fromkeys(photos, story.data.get("alt", ""))
    text = public_text(plan.what, plan.benefit)
    workflow.publish(plan, title=plan.title, text=text, alt_texts=alt_texts, by=story.by)


def _ask(story: "Story", step: Step) -> None:
    answer_by = timezone.localdate() + timedelta(days=step["days"])
    workflow.ask(story.initiative, text=step["text"], answer_by=answer_by, by=story.by)


def _answer(story: "Story", step: Step) -> None:
    workflow.answer_question(story.initiative, text=step["text"], by=story.initiative.initiator)


def _message(story: "Story", step: Step) -> None:
    workflow.send_message(story.initiative, text=step["text"], by=story.by)


def _write(story: "Story", step: Step) -> None:
    workflow.write_message(story.initiative, text=step["text"], by=story.initiative.initiator)


def _accept(story: "Story", step: Step) -> None:
    today = timezone.localdate()
    agreements = [Promise(who, what, today + timedelta(days=days)) for who, what, days in step["agreements"]]
    workflow.accept(story.initiative, text=step["text"], agreements=agreements, by=story.by, **_next_step(step))


def _start(story: "Story", step: Step) -> None:
    workflow.start(story.initiative, text=step["text"], by=story.by, **_next_step(step))


def _finish(story: "Story", step: Step) -> None:
    workflow.finish(story.initiative, result=step["text"], by=story.by)


def _decline(story: "Story", step: Step) -> None:
    workflow.decline(story.initiative, reason=step["text"], alternative=step["alternative"], by=story.by)


def _reopen(story: "Story", step: Step) -> None:
    workflow.reopen(story.initiative, text=step["text"], by=story.by)


def _pass_on(story: "Story", step: Step) -> None:
    organisation, contact = step["organisation"], step["contact"]
    workflow.pass_on(story.initiative, text=step["text"], organisation=organisation, contact=contact, by=story.by)


def _merge(story: "Story", step: Step) -> None:
    into = Initiative.objects.get(title=step["into"])
    workflow.merge(story.initiative, into=into, by=story.by)


def _spam(story: "Story", step: Step) -> None:
    workflow.mark_spam(story.initiative, by=story.by)


def _withdraw(story: "Story", step: Step) -> None:
    workflow.withdraw(story.initiative, reason=step["text"], by=story.initiative.initiator)


def _update(story: "Story", step: Step) -> None:
    workflow.post_update(story.initiative, text=step["text"], by=story.initiative.initiator)


def _neighbours(story: "Story", step: Step) -> None:
    for kind in InvolvementKind:
        for name in islice(_neighbours, step.get(kind.value, 0)):
            email = people.address(name)
            asked = workflow.ask_involvement(story.initiative, kind=kind, email=email, name=name)
            workflow.confirm_involvement(asked)


def _next_step(step: Step) -> dict[str, Any]:
    """What is said about the next step, when the story says something."""
    if not step["next_step"]:
        return {}
    return {"next_step": step["next_step"], "next_step_on": timezone.localdate() + timedelta(days=step["next_in"])}


STEPS: dict[str, Callable[["Story", Step], None]] = {
    "take_up": _take_up,
    "contact": _contact,
    "note": _note,
    "publish": _publish,
    "ask": _ask,
    "answer": _answer,
    "message": _message,
    "write": _write,
    "accept": _accept,
    "start": _start,
    "finish": _finish,
    "decline": _decline,
    "reopen": _reopen,
    "pass_on": _pass_on,
    "merge": _merge,
    "spam": _spam,
    "withdraw": _withdraw,
    "update": _update,
    "neighbours": _neighbours,
}
