"""What happened with an application and what comes next, as the applicant reads it."""

from django.utils.translation import gettext as _

from initiatives.timeline import Moment
from shared.audit.models import Event
from subsidies.models import Application
from subsidies.offers import Standing


def timeline(application: Application, now: Standing) -> list[Moment]:
    """The steps that the applicant may read, oldest first, and the next one."""
    events = Event.objects.about(application).visible_to_resident()
    moments = [
        Moment(label=event.action_label, text=event.text, when=event.occurred_at)
        for event in events.only("action", "text", "occurred_at").order_by("occurred_at", "pk")
    ]
    return moments + next_moments(application, now)


def next_moments(application: Application, now: Standing) -> list[Moment]:
    """What comes next: what we wait for, or our decision."""
    if now.request:
        return [Moment(label=_("Wij wachten op uw aanvulling, uiterlijk"), when=now.request.last_day, is_next=True)]
    if now.hearing:
        return [Moment(label=_("Wij wachten op uw reactie, uiterlijk"), when=now.hearing.last_day, is_next=True)]
    if now.undecided and application.due_legal:
        if application.due_legal < now.today:
            return [Moment(label=_("Wij zijn te laat met ons besluit. Bel ons gerust."), is_next=True)]
        return [Moment(label=_("Wij beslissen uiterlijk op deze dag"), when=application.due_legal, is_next=True)]
    return []
