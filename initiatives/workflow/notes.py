"""What staff write down for themselves: notes, and conversations outside the portal."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import ContactMoment, Initiative, Note
from initiatives.workflow.case import lock, note_first_answer
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError


@transaction.atomic
def save_note(initiative: Initiative, *, text: str, by: User, note: Note | None = None) -> Note:
    """Write or go on with an internal note; only its author changes it.

    Raises:
        WorkflowError: the note is somebody else's.
    """
    now = timezone.now()
    if note is None:
        note = Note(initiative=initiative, author=by, written_at=now)
    elif note.author_id != by.pk:
        raise WorkflowError(_("Alleen wie de notitie schreef, kan haar veranderen."))
    note.text, note.saved_at = text, now
    note.save()
    return note


@transaction.atomic
def record_contact(
    initiative: Initiative,
    *,
    kind: str,
    on: date,
    text: str,
    by: User,
    version: int | None = None,
) -> ContactMoment:
    """Record a conversation with the initiator; the first one counts as the promised answer."""
    initiative = lock(initiative, version)
    note_first_answer(initiative)
    initiative.unread_since = None
    initiative.save()
    moment = ContactMoment.objects.create(
        initiative=initiative,
        author=by,
        kind=kind,
        on=on,
        text=text,
        recorded_at=timezone.now(),
    )

    trail.record(
        "initiatives.contact_recorded",
        subject=initiative,
        by=by,
        text=moment.get_kind_display(),
    )
    return moment
