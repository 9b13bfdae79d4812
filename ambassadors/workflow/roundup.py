"""The monthly round-up: what a department did, to its ambassador and its head; never empty, and sent once."""

import hashlib
from datetime import date

from django.db import transaction

from ambassadors import letters, roundup
from ambassadors.roundup import Month
from ambassadors.seats import Seat, seats
from ambassadors.workflow.case import CATEGORY
from shared.notifications import digest, outbox
from shared.notifications.outbox import Recipient

TOPIC = "ambassadors.roundup"


def send_roundups(day: date) -> int:
    """Write the round-ups of last month; run twice, it writes nothing twice. How many letters there were."""
    month = Month.before(day)
    return sum(_send(seat, month) for seat in seats(day))


@transaction.atomic
def _send(seat: Seat, month: Month) -> int:
    found = roundup.lines(seat.department, month)
    return sum(_tell(seat, month, found, to) for to in _readers(seat)) if found else 0


def _tell(seat: Seat, month: Month, found: list[roundup.Line], to: Recipient) -> bool:
    subscription = digest.subscription_for(to.email, category=TOPIC)
    key = f"{TOPIC}:{seat.department.pk}:{month.name}:{hashlib.sha256(to.email.lower().encode()).hexdigest()[:32]}"
    if not subscription.is_active or outbox.is_written(key):
        return False
    leave = digest.unsubscribe_url(subscription)
    letter = letters.roundup(seat.department, month, found, unsubscribe_url=leave)
    outbox.enqueue(letter, to=to, key=key, category=CATEGORY, about=seat.department, unsubscribe_url=leave)
    return True


def _readers(seat: Seat) -> list[Recipient]:
    """The ambassador, or who does the work without one; and the head of the department."""
    person = seat.ambassador.user if seat.ambassador else seat.acting
    found = [Recipient(name=person.name, email=person.email)] if person else []
    head = seat.department.head_email
    if head and all(each.email.lower() != head.lower() for each in found):
        found.append(Recipient(name=str(seat.department), email=head))
    return found
