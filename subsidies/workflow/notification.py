"""The day on which a decision was made known: when the letter leaves later than thought, the terms move with it."""

from datetime import date

from django.db import transaction
from django.utils.translation import override

from shared.audit import trail
from shared.audit.enums import Visibility
from shared.terms import awb, legal_days
from subsidies.letters import decision as letters
from subsidies.models import Decision
from subsidies.workflow import case, objection


@transaction.atomic
def note_left(decision: Decision, on: date) -> bool:
    """The letter left on this day; true when that is later than the decision says, and the last day to object moved.

    A decision works from when it was sent (Awb articles 3:40 and 3:41), and the term to object starts the day after
    (6:8). It never moves to an earlier day: people were told the later one. The last day to pay stays as promised.
    """
    application = case.lock(decision.application)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if on <= decision.notified_on:
        return False
    old = {"notified_on": decision.notified_on, "objection_due": decision.objection_due}
    decision.notified_on = on
    decision.objection_due = awb.objection_due(on, calendar=legal_days.calendar()).due_legal
    decision.save(update_fields=["notified_on", "objection_due"])
    objection.count_again(decision)
    with override("nl"):
        told = letters.in_one_line(decision)
    trail.record(
        "subsidies.notified_later",
        subject=application,
        visibility=Visibility.RESIDENT,
        text=told,
        old=old,
        new={"notified_on": decision.notified_on, "objection_due": decision.objection_due},
    )
    return True
