"""Departments in the demonstration: their themes, who is away, what was said, and advice in every state."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import ContactNote, ThemeDuty
from ambassadors.workflow import contact, seats
from initiatives.models import Initiative
from shared.accounts import workflow as accounts
from shared.accounts.models import Department, User
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.wijken.models import Wijk
from subsidies.models import Application
from wbw_portal.demo import people
from wbw_portal.demo.advice_steps import advice_steps
from wbw_portal.demo.clock import clock_at, in_office_hours
from wbw_portal.demo.stage import Play

KINDS: dict[str, Any] = {"initiatief": Initiative, "aanvraag": Application}
STEPS = advice_steps(lambda story: story.case)


def load() -> None:
    """Themes of departments, absences and contacts; what is there already stays."""
    data = people.read("mensen.toml")
    wijken = {wijk.code: wijk for wijk in Wijk.objects.current()}
    for duty in data["duty"]:
        _give_themes(duty, wijken.get(duty.get("wijk", "")))
    for absence in data["absence"]:
        _send_away(absence)
    if not ContactNote.objects.exists():
        for note in data["contact"]:
            _note(note, wijken[note["wijk"]])


class AdviceStory:
    """The advice on one case, after the case itself has begun."""

    def __init__(self, data: dict[str, Any], now: datetime) -> None:
        self.data, self.now = data, now
        self.case: Any = None
        self.by: User = people.manager()

    def play(self) -> Play:
        """Ask, and take every step; gives the moment of each before it is taken."""
        moment = in_office_hours(self.now - timedelta(days=self.data["days_ago"]))
        yield moment
        self.case = KINDS[self.data["kind"]].objects.filter(title=self.data["case"]).latest("pk")
        self.by = people.coordinator_of(self.case.wijk)
        for number, step in enumerate(self.data["steps"]):
            moment = in_office_hours(moment + timedelta(days=step.get("after", 0), minutes=31 + number))
            yield moment
            STEPS[step["do"]](self, step)


def advice_plays(now: datetime) -> Iterator[Play]:
    """The invented requests for advice."""
    for data in people.read("adviezen.toml")["advice"]:
        yield AdviceStory(data, now).play()


def _give_themes(duty: dict[str, Any], wijk: Wijk | None) -> None:
    department, by = Department.objects.get(name=duty["department"]), people.manager()
    for theme in Theme.objects.filter(slug__in=duty["themes"]):
        if not ThemeDuty.objects.filter(department=department, theme=theme, wijk=wijk).exists():
            starts_on = today() - timedelta(days=400)
            seats.assign_theme(department, theme=theme, wijk=wijk, starts_on=starts_on, by=by)


def _send_away(absence: dict[str, Any]) -> None:
    user, deputy = (User.objects.get(email=people.address(absence[who])) for who in ("name", "deputy"))
    if not user.absences.exists():
        first, last = (today() + timedelta(days=days) for days in (-absence["since"], absence["until"]))
        accounts.register_absence(user, deputy=deputy, starts_on=first, ends_on=last, by=people.manager())


def _note(note: dict[str, Any], wijk: Wijk) -> None:
    now = timezone.now()
    held = now - timedelta(days=note["days_ago"])
    day = timezone.localdate(held)
    with clock_at(min(held, now)):
        contact.note(
            Department.objects.get(name=note["department"]),
            wijk=wijk,
            planned=held > now,
            held_on=day,
            with_whom=note["with_whom"],
            text=note["text"],
            follow_up=note.get("follow_up", ""),
            follow_up_on=day + timedelta(days=note["follow_up_in"]) if "follow_up_in" in note else None,
            by=User.objects.get(email=people.address(note["by"])),
        )
