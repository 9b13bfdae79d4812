"""What can happen to an invented plan: each step of the stories as a call of the real workflow."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from initiatives import workflow
from initiatives.enums import InvolvementKind
from initiatives.models import Initiative, Involvement
from initiatives.rules import public_text
from initiatives.workflow.review import Promise
from wbw_portal.demo import people
from wbw_portal.demo.advice_steps import advice_steps

if TYPE_CHECKING:
    from wbw_portal.demo.stories import Story

Step = dict[str, Any]

_names: Iterator[str] = cycle(people.read("mensen.toml")["neighbours"]["names"])

_CALLS = [
    "Gebeld om kennis te maken. Het plan is helder, ik kom deze week kijken.",
    "Gebeld. De indiener vertelt met plezier wie er meedoen en wat er nog nodig is.",
    "Gebeld en een afspraak gemaakt op de plek zelf.",
    "Teruggebeld. Uitgelegd wat de volgende stap is en wie er bij de gemeente meedenkt.",
]


def _take_up(story: "Story", step: Step) -> None:
    workflow.take_up(story.initiative, by=story.by)
    if not step.get("silent"):
        # A good coordinator calls the same day; that is the answer that was promised.
        _contact(story, {"kind": "phone", "text": _CALLS[len(story.data["title"]) % len(_CALLS)]})


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
    into = Initiative.objects.filter(title=step["into"]).latest("pk")
    workflow.merge(story.initiative, into=into, by=story.by)


def _spam(story: "Story", step: Step) -> None:
    workflow.mark_spam(story.initiative, by=story.by)


def _withdraw(story: "Story", step: Step) -> None:
    workflow.withdraw(story.initiative, reason=step["text"], by=story.initiative.initiator)


def _update(story: "Story", step: Step) -> None:
    workflow.post_update(story.initiative, text=step["text"], by=story.initiative.initiator)


def _neighbours(story: "Story", step: Step) -> None:
    """The first ones come through the workflow, with their letters; the crowd is written down in one go at the end."""
    for kind in InvolvementKind:
        for number, name in enumerate(islice(_names, step.get(kind.value, 0))):
            email = people.address(name)
            if number == 0 and kind is not InvolvementKind.FOLLOW:
                asked = workflow.ask_involvement(story.initiative, kind=kind, email=email, name=name)
                workflow.confirm_involvement(asked)
            else:
                now = timezone.now()
                story.crowd.append(Involvement(kind=kind, email=email, name=name, asked_at=now, confirmed_at=now))


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
    **advice_steps(lambda story: story.initiative),
}
