"""Play the invented participation moments and challenges through the real workflow, each step at its own moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from participation.challenges import workflow as challenges
from participation.challenges.models import Challenge
from participation.models import Project
from participation.moments import workflow as moments
from participation.moments.models import Contribution, Moment, SignUp
from shared.accounts.models import User
from shared.terms.calendar import AMSTERDAM, today
from shared.wijken.models import Buurt
from wbw_portal.demo import people
from wbw_portal.demo.clock import in_office_hours
from wbw_portal.demo.stage import Play

Step = dict[str, Any]


@dataclass
class MomentStory:
    """One moment while it is played; it takes place `days_ago` before now, or so many days ahead when negative."""

    data: dict[str, Any]
    now: datetime
    number: int
    moment: Moment = field(init=False)

    def play(self) -> Play:
        """Plan it in time, and take every step; gives the moment of each before it is taken."""
        day = timezone.localdate(self.now) - timedelta(days=self.data["days_ago"])
        at = in_office_hours(self.now - timedelta(days=self.data["planned_days_ago"], minutes=7 * self.number))
        yield at
        project = Project.objects.filter(title=self.data["project"], published_at__isnull=False).first()
        if project is None or project.lead is None:
            return
        self.moment = moments.plan(project, self.details(day), by=project.lead)
        for number, step in enumerate(self.data["steps"]):
            at = in_office_hours(at + timedelta(days=step["after"], minutes=17 + number))
            yield at
            self.moment = Moment.objects.get(pk=self.moment.pk)
            STEPS[step["do"]](self, step)

    @property
    def by(self) -> User:
        """Who leads the project."""
        return self.moment.project.lead or people.manager()

    def details(self, day: Any) -> moments.Details:
        """What the story says of it."""
        data = self.data
        begins, ends = (time.fromisoformat(hour) for hour in data.get("hours", ["19:30", "21:30"]))
        last = day + timedelta(days=data.get("days_long", 0))
        names = ("text", "invited", "place", "access", "question", "choice_question", "choices")
        return moments.Details(
            title=data["title"],
            form=data.get("form", "table"),
            starts_at=datetime.combine(day, begins, AMSTERDAM),
            ends_at=datetime.combine(last, ends, AMSTERDAM),
            takes_sign_ups=data.get("sign_ups", True),
            capacity=data.get("capacity"),
            takes_contributions="question" in data or "choice_question" in data,
            **{name: data.get(name, "") for name in names},
        )


def _sign_up(story: MomentStory, step: Step) -> None:
    names = people.read("mensen.toml")["neighbours"]["names"]
    for name in islice(cycle(names), story.number * 9, story.number * 9 + step["people"]):
        moments.confirm(moments.ask(story.moment, name=name, email=people.address(name)))
    for name, phone in step.get("by_phone", []):
        moments.enter(story.moment, name=name, phone=phone, by=story.by)


def _sign_off(story: MomentStory, step: Step) -> None:
    for sign_up in SignUp.objects.placed().filter(moment=story.moment).order_by("pk")[: step["people"]]:
        moments.sign_off(sign_up)


def _say(story: MomentStory, step: Step) -> None:
    for text, choice, name in step["words"]:
        words = moments.Words(text=text, choice=choice)
        said = moments.contribute(story.moment, words, email=people.address(name) if name else "")
        if name:
            moments.confirm_contribution(said)


def _moderate(story: MomentStory, step: Step) -> None:
    for number, said in enumerate(Contribution.objects.pending().filter(moment=story.moment)):
        if number in step.get("hide", []):
            moments.hide(said, reason=step["reason"], by=story.by)
        else:
            moments.show(said, by=story.by)


def _hold(story: MomentStory, step: Step) -> None:
    moments.hold(story.moment, attended=step["attended"], by=story.by)


def _paper(story: MomentStory, step: Step) -> None:
    for text in step.get("words", []):
        moments.enter_from_paper(story.moment, moments.Words(text=text), by=story.by)
    if step.get("counts"):
        moments.enter_counts(story.moment, step["counts"], by=story.by)


def _feed_back(story: MomentStory, step: Step) -> None:
    texts = {name: step[name] for name in ("heard", "doing", "not_doing")}
    moments.give_feedback(story.moment, **texts, by=story.by)


def _score(story: MomentStory, step: Step) -> None:
    for number, (spoke, clear, result) in enumerate(step["scores"]):
        answers = {"could_speak": spoke, "was_clear": clear, "sees_result": result}
        moments.give_score(story.moment, key=f"demo-{number}", answers=answers)


STEPS: dict[str, Callable[[MomentStory, Step], object]] = {
    "announce": lambda story, step: moments.announce(story.moment, by=story.by),
    "sign_up": _sign_up,
    "sign_off": _sign_off,
    "say": _say,
    "moderate": _moderate,
    "hold": _hold,
    "paper": _paper,
    "feed_back": _feed_back,
    "score": _score,
    "close": lambda story, step: moments.close(story.moment, by=story.by),
    "cancel": lambda story, step: moments.cancel(story.moment, reason=step["text"], by=story.by),
}


@dataclass
class ChallengeStory:
    """One challenge while it is played."""

    data: dict[str, Any]
    now: datetime
    challenge: Challenge = field(init=False)

    def play(self) -> Play:
        """Bring the request in, and take every step."""
        at = self.now - timedelta(days=self.data["days_ago"], minutes=23)
        yield at
        self.bring_in()
        for number, step in enumerate(self.data["steps"]):
            at = in_office_hours(at + timedelta(days=step["after"], minutes=19 + number))
            yield at
            self.challenge = Challenge.objects.get(pk=self.challenge.pk)
            CHALLENGE_STEPS[step["do"]](self, step)

    @property
    def by(self) -> User:
        """The coordinator of the wijk."""
        return people.coordinator_of(self.challenge.wijk)

    def bring_in(self) -> None:
        """The group sends its request and confirms the address."""
        data = self.data
        buurt = Buurt.objects.current().select_related("wijk").get(code=data["buurt"])
        texts = {name: data[name] for name in ("title", "now", "plan", "value", "support", "place", "costs")}
        group = challenges.Group(
            group_name=data["group"],
            members=data["members"],
            name=data["by"],
            email=people.address(data["by"]),
            may_publish=True,
        )
        sent = challenges.submit(challenges.Task(wijk=buurt.wijk, buurt=buurt, **texts), group)
        self.challenge = challenges.confirm_address(sent, email=sent.email)


CHALLENGE_STEPS: dict[str, Callable[[ChallengeStory, Step], object]] = {
    "request": lambda story, step: challenges.treat_as_request(story.challenge, by=story.by),
    "talk": lambda story, step: challenges.plan_talk(
        story.challenge,
        talk_on=today() + timedelta(days=step["days"]),
        talk_place=step["place"],
        text=step["text"],
        by=story.by,
    ),
    "write": lambda story, step: challenges.write_message(
        story.challenge, text=step["text"], by=story.challenge.contact or story.by
    ),
    "message": lambda story, step: challenges.send_message(story.challenge, text=step["text"], by=story.by),
    "assess": lambda story, step: challenges.assess(
        story.challenge, verdicts=step["verdicts"], assessment=step["text"], by=story.by
    ),
    "propose": lambda story, step: challenges.propose(story.challenge, proposal=step["text"], by=story.by),
    "publish": lambda story, step: challenges.publish(story.challenge, public_text=step["text"], by=story.by),
    "decide": lambda story, step: challenges.decide(
        story.challenge,
        outcome=step["outcome"],
        reasons=step["text"],
        way_on=step.get("way_on", ""),
        decided_by=step["who"],
        by=story.by,
    ),
    "start": lambda story, step: challenges.start(
        story.challenge, runs_from=today(), runs_until=today() + timedelta(days=365), text=step["text"], by=story.by
    ),
}
