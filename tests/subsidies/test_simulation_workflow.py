"""Four months of an office through the real steps and the real clock, day by day, held against a count by hand."""

import random
from collections import Counter, defaultdict
from datetime import date

import pytest
import time_machine

from shared import municipality
from shared.notifications.models import OutboxMessage
from subsidies import dates, tasks
from subsidies.enums import ExtensionKind, MessageKind, Status, SuspensionGround
from subsidies.models import Application
from subsidies.workflow import messages, review
from subsidies.workflow.clock import PASSED
from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import ApplicationFactory, SchemeVersionFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory
from tests.subsidies.test_simulation import DAY, Life, working_day

pytestmark = pytest.mark.django_db

NUMBER = 40
FIRST = date(2026, 9, 7)
DAYS = 100
SHARES = [*municipality.current().periods.term_warning_percents, PASSED]
STORIES = ["quiet", "completed", "lapsed", "paused", "extended", "asked twice"]


class Case:
    """An application with the day of each thing that will happen to it, and the same story on paper."""

    def __init__(self, number: int, chance: random.Random, owner, version, **around) -> None:
        self.story = STORIES[number % len(STORIES)]
        self.received_on = FIRST + DAY * chance.randrange(8)
        self.owner, self.life = owner, Life(self.received_on, version.decision_weeks)
        self.plan = self._plan(chance)
        self.due = self.life.counted_by_hand()
        self.pk = ApplicationFactory(
            scheme_version=version, owner=owner, status=Status.IN_REVIEW, received_on=self.received_on, **around
        ).pk

    @property
    def now(self) -> Application:
        return Application.objects.get(pk=self.pk)

    def _plan(self, chance: random.Random) -> dict[date, str]:
        first = self.received_on + DAY * chance.randint(3, 12)
        if self.story == "quiet":
            return {}
        if self.story in ("paused", "extended"):
            return {first: "pause" if self.story == "paused" else "extend"}
        plan = {first: "ask"}
        if self.story != "lapsed":
            plan[first + DAY * chance.randint(1, 12)] = "add"
        if self.story == "asked twice":
            plan[first + DAY * 15] = "ask"
        return plan

    def live(self, day: date) -> None:
        """Take today's step, and write it down for the count by hand."""
        what, case = self.plan.get(day), self.now
        by = {"by": self.owner, "version": case.version}
        if what == "ask":
            due = working_day(day + DAY * 14)
            review.request_completion(case, items=["Een offerte"], due_on=due, **by)
            self.life.requests.append((day, due, None))
        elif what == "add":
            messages.receive_message(case, kind=MessageKind.ADDITION, text="Hier is zij.", by=case.applicant)
            asked, due, _none = self.life.requests[-1]
            self.life.requests[-1] = (asked, due, day)
        elif what == "pause":
            until = day + DAY * 9
            ground = SuspensionGround.CONSENT
            review.pause(case, ground=ground, first_day=day, last_day=until, text="Per brief.", **by)
            self.life.pauses.append((day, until))
        elif what == "extend":
            self.life.extended_on, self.life.extended_weeks = day, 4 if self.life.local_weeks else 12
            weeks = self.life.extended_weeks
            review.extend(case, kind=ExtensionKind.EXTENSION, weeks=weeks, reason="Ziekte.", **by)
        self.due = self.life.counted_by_hand()


@pytest.fixture
def office():
    """Cases under a term of the law and under one of a scheme, all with one handler."""
    chance = random.Random("vier maanden")
    with time_machine.travel(f"{FIRST}T07:00:00+02:00", tick=False):
        versions = [SchemeVersionFactory(), SchemeVersionFactory(decision_weeks=6, extension_weeks=4)]
        buurt, theme = BuurtFactory(), ThemeFactory()
        owner = CoordinatorFactory(wijk=buurt.wijk)
        return [Case(n, chance, owner, versions[n // 6 % 2], buurt=buurt, theme=theme) for n in range(NUMBER)]


def work(office: list[Case], day: date) -> None:
    """One day: what people do, then the clock, then who gives up because nobody decided in time."""
    for case in office:
        if day in case.plan:
            case.live(day)
    tasks.watch_waits()
    tasks.watch_terms()
    if day.day == 1:
        # The clock ticks each hour: a second tick says nothing new.
        tasks.watch_terms()
    for case in office:
        if day == case.due + DAY:
            messages.receive_message(case.now, kind=MessageKind.WITHDRAWAL, text="", by=None)


def test_each_deadline_equals_the_count_by_hand_and_each_warning_comes_once(office):
    wrong: list[tuple[str, date, date, date]] = []
    told: dict[int, dict[str, list[date]]] = {case.pk: defaultdict(list) for case in office}
    seen = 0
    for day in (FIRST + DAY * number for number in range(DAYS)):
        with time_machine.travel(f"{day}T08:00:00+02:00", tick=False):
            work(office, day)
        for message in OutboxMessage.objects.filter(pk__gt=seen).order_by("pk"):
            seen = message.pk
            told[int(message.about_id)][message.key.split(":")[0].removeprefix("subsidies.")].append(day)
        due = dict(Application.objects.values_list("pk", "due_legal"))
        counted = [(case.story, day, due[case.pk], case.due) for case in office]
        wrong += [row for row in counted if row[2] != row[3]]

    assert wrong[:3] == []
    assert Counter(case.now.status for case in office) == {Status.WITHDRAWN: NUMBER}
    for case in office:
        check_warnings(case, told[case.pk])


def check_warnings(case: Case, told: dict[str, list[date]]) -> None:
    """Nothing twice; each share of the last term in its order; and the wait for an addition as the story goes."""
    again = {name: on for name, on in told.items() if len(on) > 1 and name.startswith(("term_", "put_", "lapsed_"))}
    assert again == {}, case.story
    assert len(told["completion_request"]) == len(case.life.requests), case.story
    passed = [day for name, days in told.items() if name.startswith(f"term_{PASSED}_") for day in days]
    assert passed == [case.due + DAY], case.story
    last = [max(day for name, days in told.items() if name.startswith(f"term_{n}_") for day in days) for n in SHARES]
    assert last == sorted(last), case.story
    unanswered = [row for row in case.life.requests if row[2] is None]
    assert len([name for name in told if name.startswith("lapsed_")]) == len(unanswered), case.story
    window = [day for name, days in sorted(told.items()) if name.startswith("put_aside_") for day in days]
    assert len(window) == (3 if unanswered else 0), case.story
    if unanswered:
        ends = dates.not_processed_deadline(case.now, FIRST + DAY * DAYS)
        assert ends is not None
        assert max(window) == ends.due_safe + DAY
