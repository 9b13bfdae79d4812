"""What happened with a challenge and what comes next, as rows for the timeline on a page."""

from django.utils.translation import gettext as _

from initiatives.timeline import Moment
from participation.challenges.enums import UNDECIDED, Status
from participation.challenges.models import Challenge
from shared.audit.models import Event
from shared.audit.querysets import EventQuerySet
from shared.terms.calendar import today


def public_timeline(challenge: Challenge) -> list[Moment]:
    """The public steps, oldest first, and the next one."""
    return _timeline(challenge, Event.objects.about(challenge).visible_to_public())


def group_timeline(challenge: Challenge) -> list[Moment]:
    """The steps that the group may read, oldest first, and the next one."""
    return _timeline(challenge, Event.objects.about(challenge).visible_to_resident())


def next_moments(challenge: Challenge) -> list[Moment]:
    """What comes next; never a day that has passed."""
    day = today()
    if challenge.status == Status.RECEIVED and challenge.talk_by and challenge.talk_by >= day:
        return [Moment(_("Wij spreken een gesprek af, uiterlijk op deze dag"), when=challenge.talk_by, is_next=True)]
    if challenge.status == Status.TALK and challenge.talk_on and challenge.talk_on >= day:
        return [Moment(_("Gesprek"), challenge.talk_place, challenge.talk_on, is_next=True)]
    if challenge.status in UNDECIDED and challenge.decide_by:
        if challenge.decide_by < day:
            return [Moment(_("Wij beslissen later dan beloofd. Wilt u niet wachten? Bel ons."), is_next=True)]
        return [Moment(_("Wij beslissen uiterlijk op deze dag"), when=challenge.decide_by, is_next=True)]
    if challenge.status in (Status.ACCEPTED, Status.PARTLY):
        return [Moment(_("Wij spreken af wanneer de groep begint"), is_next=True)]
    if challenge.status == Status.RUNNING and challenge.runs_until and challenge.runs_until >= day:
        return [Moment(_("De afspraak loopt tot en met deze dag"), when=challenge.runs_until, is_next=True)]
    return []


def _timeline(challenge: Challenge, events: EventQuerySet) -> list[Moment]:
    moments = [
        Moment(label=event.action_label, text=event.text, when=event.occurred_at)
        for event in events.only("action", "text", "occurred_at").order_by("occurred_at", "pk")
    ]
    return moments + next_moments(challenge)
