"""What happened with an application and what comes next, as the applicant reads it."""

from datetime import date

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from initiatives.timeline import Moment
from shared.audit.models import Event
from subsidies.enums import MessageKind
from subsidies.letters.decision import in_one_line
from subsidies.models import Application, Decision
from subsidies.offers import Standing


def timeline(application: Application, now: Standing) -> list[Moment]:
    """The steps that the applicant may read, oldest first, and the next one."""
    events = Event.objects.about(application).visible_to_resident()
    words = _in_this_language(application)
    moments = [
        Moment(label=event.action_label, text=words.get(event.text, event.text), when=event.occurred_at)
        for event in events.only("action", "text", "occurred_at").order_by("occurred_at", "pk")
    ]
    return moments + next_moments(application, now)


def _in_this_language(application: Application) -> dict[str, str]:
    """What the portal itself wrote in the trail, which keeps Dutch, beside the same words for who reads on."""
    if get_language() == "nl":
        return {}
    decisions = list(application.decisions.only("outcome", "amount", "objection_due"))
    # What was told before the letter turned out to leave later.
    moved = Event.objects.about(application).filter(action="subsidies.notified_later").values_list("old", flat=True)
    earlier = {date.fromisoformat(old["objection_due"]) for old in moved if "objection_due" in old}
    decisions += [
        Decision(outcome=each.outcome, amount=each.amount, objection_due=day) for each in decisions for day in earlier
    ]

    def said() -> list[str]:
        return [*map(in_one_line, decisions), *(str(kind.label) for kind in MessageKind)]

    with override("nl"):
        kept = said()
    return dict(zip(kept, said(), strict=True))


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
    if application.is_to_settle and application.settle_due_legal:
        if application.settle_due_legal < now.today:
            return [Moment(label=_("Wij zijn te laat met het vaststellen. Bel ons gerust."), is_next=True)]
        label = _("Wij stellen het bedrag uiterlijk op deze dag vast")
        return [Moment(label=label, when=application.settle_due_legal, is_next=True)]
    return []
