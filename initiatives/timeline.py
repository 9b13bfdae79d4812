"""What happened and what comes next, as rows for the timeline on a page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from initiatives.enums import CLOSED, UNANSWERED, Status
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.audit.querysets import EventQuerySet
from shared.terms.calendar import today


@dataclass(frozen=True)
class Moment:
    """A row of the timeline; `is_next` marks what is still to come, of which the day may be unknown."""

    label: str
    text: str = ""
    when: datetime | date | None = None
    is_next: bool = False


def public_timeline(initiative: Initiative) -> list[Moment]:
    """The public steps, oldest first, and the next one."""
    return _timeline(initiative, Event.objects.about(initiative).visible_to_public())


def resident_timeline(initiative: Initiative) -> list[Moment]:
    """The steps that the initiator may read, oldest first, and the next one."""
    return _timeline(initiative, Event.objects.about(initiative).visible_to_resident())


def _timeline(initiative: Initiative, events: EventQuerySet) -> list[Moment]:
    moments = [
        Moment(label=event.action_label, text=event.text, when=event.occurred_at)
        for event in events.only("action", "text", "occurred_at").order_by("occurred_at", "pk")
    ]
    return moments + next_moments(initiative)


def next_moments(initiative: Initiative) -> list[Moment]:
    """What comes next: the step that was agreed, or the promised answer; never a day that has passed."""
    if initiative.status in CLOSED:
        return []
    if initiative.next_step:
        day = initiative.next_step_on
        return [Moment(label=initiative.next_step, when=day if day and day >= today() else None, is_next=True)]
    if initiative.status == Status.QUESTION:
        return [Moment(label=_("Wij gaan verder zodra onze vraag is beantwoord."), is_next=True)]
    return [_answer_to_come(initiative)] if initiative.status in UNANSWERED else []


def _answer_to_come(initiative: Initiative) -> Moment:
    if initiative.answered_at or not initiative.respond_by:
        return Moment(label=_("Wij kijken wat er kan. Dat leest u hier."), is_next=True)
    if initiative.respond_by < today():
        return Moment(label=_("Wij antwoorden later dan beloofd. Wilt u niet wachten? Bel ons."), is_next=True)
    return Moment(label=_("Wij reageren uiterlijk op deze dag"), when=initiative.respond_by, is_next=True)
