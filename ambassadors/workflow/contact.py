"""Contacts between ambassadors and coordinators: noted, and what was agreed is ticked off."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import letters
from ambassadors.calendar import date_of
from ambassadors.models import ContactNote
from ambassadors.policies import may_finish, may_note_contact
from ambassadors.seats import seat_of
from ambassadors.workflow.case import CATEGORY
from shared.accounts.models import Department, User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.terms.calendar import today
from shared.wijken.models import Wijk


@transaction.atomic
def note(
    department: Department,
    *,
    held_on: date,
    with_whom: str,
    text: str,
    wijk: Wijk | None = None,
    planned: bool = False,
    follow_up: str = "",
    follow_up_on: date | None = None,
    by: User,
) -> ContactNote:
    """Keep a contact, or plan one; the department and the coordinator both see it, and hear of an appointment.

    Raises:
        WorkflowError: this department is not theirs.
    """
    if not may_note_contact(by, department):
        raise WorkflowError(_("Deze afdeling is niet van u."))
    kept = ContactNote.objects.create(
        department=department,
        wijk=wijk,
        author=by,
        planned=planned,
        held_on=held_on,
        with_whom=with_whom,
        text=text,
        follow_up=follow_up,
        follow_up_on=follow_up_on if follow_up else None,
    )
    trail.record("ambassadors.contact_noted", subject=kept, by=by)
    if planned:
        _tell_the_others(kept)
    return kept


@transaction.atomic
def finish(contact: ContactNote, *, by: User) -> ContactNote:
    """What was agreed is done.

    Raises:
        WorkflowError: it is not theirs, nothing was agreed, or it was done before.
    """
    contact = ContactNote.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not may_finish(by, contact):
        raise WorkflowError(_("Dit contact is niet van u."))
    if not contact.follow_up or contact.done_at is not None:
        raise WorkflowError(_("Dit is al gedaan."))
    contact.done_at, contact.done_by = timezone.now(), by
    contact.save(update_fields=["done_at", "done_by"])
    trail.record("ambassadors.follow_up_done", subject=contact, by=by, text=contact.follow_up)
    return contact


def _tell_the_others(note: ContactNote) -> None:
    """Who does the work of the ambassador and who coordinates get the appointment for their calendar.

    Without a wijk it concerns no coordinator in particular: those who are named get it, and the others read it on their
    page. Nobody's calendar fills with what colleagues agree.
    """
    acting = seat_of(note.department, today()).acting
    if note.wijk:
        coordinators = list(User.objects.coordinators_of(note.wijk))
    else:
        named = note.with_whom.casefold()
        coordinators = [person for person in User.objects.coordinators_of() if person.name.casefold() in named]
    people = {person.pk: person for person in (*([acting] if acting else []), *coordinators)}
    for person in people.values():
        if person != note.author:
            outbox.enqueue(
                letters.appointment(note, to=person),
                to=Recipient(name=person.name, email=person.email),
                key=f"ambassadors.appointment:{note.pk}:{person.pk}",
                category=CATEGORY,
                about=note,
                attachments=[date_of(note)],
            )
