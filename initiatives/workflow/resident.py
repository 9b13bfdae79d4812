"""What the initiator does with an own plan: answer, write, change contact data, withdraw."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.enums import Sender, Status
from initiatives.models import Initiative, Message
from initiatives.workflow.case import (
    CATEGORY,
    attach,
    lock,
    refresh_public_pages,
    tell_followers,
    tell_initiator,
    tell_reviewers,
)
from shared.accounts import workflow as accounts
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.notifications import outbox
from shared.notifications.outbox import Recipient


@transaction.atomic
def answer_question(
    initiative: Initiative,
    *,
    text: str,
    files: Iterable[StoredFile] = (),
    by: User | None = None,
) -> Message:
    """The answer to the open question: the case is the coordinator's again."""
    initiative = lock(initiative)
    if initiative.status == Status.QUESTION:
        initiative.move_to(Status.IN_REVIEW)
    initiative.messages.filter(is_question=True, answered_at__isnull=True).update(answered_at=timezone.now())
    message = _write(initiative, text, files)

    trail.record(
        "initiatives.answered",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
    )
    tell_reviewers(initiative, letters.from_resident(initiative, text=text), "answered")
    refresh_public_pages(initiative)
    return message


@transaction.atomic
def write_message(
    initiative: Initiative,
    *,
    text: str,
    files: Iterable[StoredFile] = (),
    by: User | None = None,
) -> Message:
    """A message from the initiator, at any time."""
    initiative = lock(initiative)
    initiative.version += 1
    message = _write(initiative, text, files)

    trail.record(
        "initiatives.message_received",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
    )
    tell_reviewers(initiative, letters.from_resident(initiative, text=text), "wrote")
    return message


@transaction.atomic
def withdraw(initiative: Initiative, *, reason: str, by: User, version: int | None = None) -> Initiative:
    """The initiator stops with the plan, or a colleague records that on request."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.WITHDRAWN)
    initiative.closed_at = timezone.now()
    initiative.save()

    by_initiator = by.pk == initiative.initiator_id
    trail.record(
        "initiatives.withdrawn",
        subject=initiative,
        by=by,
        visibility=Visibility.PUBLIC,
        new={"reason": reason},
    )
    tell_initiator(
        initiative,
        letters.withdrawn(initiative, reason=reason, by_initiator=by_initiator),
        "withdrawn",
    )
    if by_initiator:
        tell_reviewers(
            initiative,
            letters.from_resident(initiative, text=reason or _("Ingetrokken.")),
            "withdrew",
        )
    tell_followers(initiative, _("ingetrokken door de indiener"))
    refresh_public_pages(initiative)
    return initiative


@transaction.atomic
def change_contact(
    initiative: Initiative,
    *,
    name: str,
    email: str,
    phone: str,
    postal_address: str,
    shows_first_name: bool,
    by: User,
) -> Initiative:
    """Change the contact data; a new e-mail address counts once it is confirmed by the link sent there."""
    initiative = lock(initiative)
    changed = {
        "name": name,
        "phone": phone,
        "postal_address": postal_address,
        "shows_first_name": shows_first_name,
    }
    fields = sorted(field for field, value in changed.items() if getattr(initiative, field) != value)
    for field, value in changed.items():
        setattr(initiative, field, value)
    initiative.version += 1
    initiative.save()

    # Which fields changed, never the data themselves: the trail outlives them.
    trail.record(
        "initiatives.contact_changed",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
        new={"fields": fields},
    )
    if email and email.lower() != initiative.email.lower():
        outbox.enqueue(
            letters.confirm_new_address(initiative, email),
            to=Recipient(name=name, email=email),
            key=f"initiatives.new_address:{initiative.pk}:{initiative.version}",
            category=CATEGORY,
            about=initiative,
        )
    refresh_public_pages(initiative)
    return initiative


@transaction.atomic
def confirm_new_address(initiative: Initiative, *, email: str) -> Initiative:
    """The link in the letter to the new address was opened: the plan moves to that address."""
    initiative = lock(initiative)
    if initiative.email == email:
        return initiative
    tell_initiator(initiative, letters.contact_changed(initiative), "address_changed")
    initiative.email = email
    initiative.initiator = accounts.resident_for(email, name=initiative.name)
    initiative.version += 1
    initiative.save()

    trail.record(
        "initiatives.contact_changed",
        subject=initiative,
        visibility=Visibility.RESIDENT,
    )
    return initiative


def _write(initiative: Initiative, text: str, files: Iterable[StoredFile]) -> Message:
    now = timezone.now()
    initiative.unread_since = initiative.unread_since or now
    initiative.save()
    attach(initiative, files)
    return Message.objects.create(initiative=initiative, sender=Sender.RESIDENT, text=text, sent_at=now)
