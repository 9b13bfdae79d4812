"""Official messages of the applicant: kept as they came, confirmed with the time, and passed on to be acted on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from subsidies.enums import Channel, MessageKind, ObjectorRole
from subsidies.letters import applicant as letters
from subsidies.models import Application, CaseMessage
from subsidies.workflow import apply, complaint, default_notice, objection, review
from subsidies.workflow.after import report
from subsidies.workflow.case import attach, lock, tell_applicant, tell_reviewers
from subsidies.workflow.objector import APPLICANT, Objector, check


@transaction.atomic
def receive_message(
    application: Application,
    *,
    kind: MessageKind,
    text: str,
    files: Iterable[StoredFile] = (),
    by: User | None,
    channel: Channel = Channel.WEB,
    received_on: date | None = None,
    posted_on: date | None = None,
    now: datetime | None = None,
    objector: Objector = APPLICANT,
) -> CaseMessage:
    """Keep the message, confirm it with its time and a copy, tell the reviewers, and do what it asks.

    `by` is who typed it in: the applicant, a colleague, or nobody for who came by the link of a letter. The time of
    receipt is that of the portal (Awb article 2:17); for paper it is the day it came in. An objection, and that it is
    taken back, can come from somebody else: then the receipt goes to that person, and to nobody else.

    Raises:
        WorkflowError: what it asks is not possible now; then nothing was kept either.
    """
    check(objector)
    application = lock(application)
    now = now or timezone.now()
    message = CaseMessage.objects.create(
        application=application,
        kind=kind,
        text=text,
        channel=channel,
        received_at=now,
        received_on=received_on or timezone.localdate(now),
        posted_on=posted_on,
        entered_by=by if by and channel != Channel.WEB else None,
    )
    application.unread_since = application.unread_since or now
    application.version += 1
    application.save()
    attach(application, files, message)

    trail.record(
        "subsidies.message_received",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=_kind_words(message),
        channel=channel,
    )
    sender = objector.recipient
    name = sender.name if sender else ""
    tell_applicant(application, letters.message_receipt(message, sender=name), f"message.{message.pk}", to=sender)
    tell_reviewers(application, letters.from_applicant(message, sender=name), f"message.{message.pk}")
    if kind == MessageKind.OBJECTION:
        objection.receive_message(application, message, by, objector)
    elif kind == MessageKind.NO_OBJECTION:
        _withdraw_objection(application, message, by, objector)
    elif act := ACTS.get(kind):
        act(application, message, by)
    return message


def _kind_words(message: CaseMessage) -> str:
    return str(message.get_kind_display())


def _withdraw(application: Application, message: CaseMessage, by: User | None) -> None:
    apply.withdraw(application, by=by, on=message.received_on)


def _withdraw_objection(application: Application, message: CaseMessage, by: User | None, objector: Objector) -> None:
    found = objection.receive_withdrawal(application, message, by, by_other=objector.role == ObjectorRole.OTHER)
    # The letter that confirms it is the answer, also to the objection itself.
    application.messages.filter(pk__in=[message.pk, found.message_id]).update(answered_at=timezone.now())
    if not application.messages.filter(answered_at=None).exists():
        Application.objects.filter(pk=application.pk).update(unread_since=None)


def _add(application: Application, message: CaseMessage, by: User | None) -> None:
    """What was missing from the application, or from an objection."""
    waiting = objection.waiting_for_repair(application)
    if waiting is not None:
        objection.repaired(waiting, received_on=message.received_on, by=None, version=None)
    else:
        review.complete(application, message)


def _give_view(application: Application, message: CaseMessage, by: User | None) -> None:
    hearing = application.hearings.filter(ended_on__isnull=True).last() or application.hearings.last()
    if hearing is None:
        raise WorkflowError(_("Wij hebben u nog niet om een zienswijze gevraagd."))
    review.receive_view(hearing, message)


Act = Callable[[Application, CaseMessage, User | None], object]

# What a message sets in motion; a question only waits for its answer.
ACTS: dict[MessageKind, Act] = {
    MessageKind.ADDITION: _add,
    MessageKind.WITHDRAWAL: _withdraw,
    MessageKind.PRIOR_VIEW: _give_view,
    MessageKind.DEFAULT_NOTICE: default_notice.receive,
    MessageKind.COMPLAINT: complaint.receive,
    MessageKind.REPORT: report.take_in,
}
