"""The coordinator's steps: take up, ask, answer, pass on, carry out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.enums import Sender, Status
from initiatives.models import (
    Agreement,
    Attachment,
    Initiative,
    Message,
)
from initiatives.workflow.case import (
    CATEGORY,
    attach,
    lock,
    note_first_answer,
    refresh_public_pages,
    tell_followers,
    tell_initiator,
    tell_staff,
)
from shared.accounts.models import Department, User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.outbox import Recipient


@dataclass(frozen=True)
class Promise:
    """One agreement: who does what, and by when if that is known."""

    who: str
    what: str
    due_on: date | None = None


@transaction.atomic
def take_up(initiative: Initiative, *, by: User, version: int | None = None) -> Initiative:
    """The coordinator starts on a new plan and becomes its contact person; the initiator hears who it is."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.IN_REVIEW)
    initiative.owner = by
    initiative.save()

    trail.record("initiatives.taken_up", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    tell_initiator(initiative, letters.taken_up(initiative), "taken_up")
    refresh_public_pages(initiative)
    return initiative


@transaction.atomic
def assign(initiative: Initiative, *, to: User, by: User, version: int | None = None) -> Initiative:
    """Hand the case to a colleague, or take it over from one who is away; the colleague hears of it."""
    initiative = lock(initiative, version)
    old, initiative.owner = initiative.owner, to
    initiative.version += 1
    initiative.save()

    trail.record(
        "initiatives.assigned",
        subject=initiative,
        by=by,
        old={"owner": str(old or "")},
        new={"owner": str(to)},
    )
    if to != by:
        tell_staff(initiative, [to], letters.new_initiative(initiative), "assigned")
    return initiative


@transaction.atomic
def ask(
    initiative: Initiative,
    *,
    text: str,
    answer_by: date | None = None,
    by: User,
    version: int | None = None,
) -> Initiative:
    """Ask the initiator something; the case waits for the answer."""
    initiative = lock(initiative, version)
    _answer(initiative, Status.QUESTION, by)
    initiative.question_reminded_at = None
    initiative.save()
    Message.objects.create(
        initiative=initiative,
        sender=Sender.STAFF,
        author=by,
        text=text,
        is_question=True,
        answer_by=answer_by,
        sent_at=timezone.now(),
    )

    trail.record("initiatives.asked", subject=initiative, by=by, visibility=Visibility.RESIDENT)
    tell_initiator(
        initiative,
        letters.question(initiative, text=text, answer_by=answer_by),
        "question",
    )
    refresh_public_pages(initiative)
    return initiative


@transaction.atomic
def send_message(initiative: Initiative, *, text: str, by: User, version: int | None = None) -> Initiative:
    """Write to the initiator without changing the status; what the initiator wrote counts as read."""
    initiative = lock(initiative, version)
    initiative.unread_since = None
    initiative.version += 1
    note_first_answer(initiative)
    initiative.save()
    Message.objects.create(
        initiative=initiative,
        sender=Sender.STAFF,
        author=by,
        text=text,
        sent_at=timezone.now(),
    )

    trail.record(
        "initiatives.message_sent",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
    )
    tell_initiator(initiative, letters.message(initiative, text=text), "message")
    return initiative


@transaction.atomic
def accept(
    initiative: Initiative,
    *,
    text: str,
    agreements: Iterable[Promise] = (),
    next_step: str = "",
    next_step_on: date | None = None,
    by: User,
    version: int | None = None,
) -> Initiative:
    """The municipality helps, with agreements on who does what."""
    agreements = list(agreements)
    initiative = lock(initiative, version)
    _answer(initiative, Status.ACCEPTED, by)
    initiative.answer = text
    initiative.next_step, initiative.next_step_on = next_step, next_step_on
    initiative.save()
    Agreement.objects.bulk_create(Agreement(initiative=initiative, **asdict(promise)) for promise in agreements)

    trail.record("initiatives.accepted", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    letter = letters.accepted(initiative, text=text, agreements=[asdict(promise) for promise in agreements])
    tell_initiator(initiative, letter, "accepted")
    _news(initiative, _("de gemeente helpt mee"))
    return initiative


@transaction.atomic
def pass_on(
    initiative: Initiative,
    *,
    text: str,
    organisation: str,
    contact: str,
    department: Department | None = None,
    shares_contact: bool = False,
    by: User,
    version: int | None = None,
) -> Initiative:
    """Somebody else can help better; the initiator hears who, why and how.

    With a department and the initiator's consent (`shares_contact`) the department gets the plan and the contact data.
    """
    initiative = lock(initiative, version)
    _answer(initiative, Status.PASSED_ON, by)
    initiative.answer = text
    initiative.closed_at = timezone.now()
    initiative.save()

    trail.record(
        "initiatives.passed_on",
        subject=initiative,
        by=by,
        visibility=Visibility.PUBLIC,
        text=organisation,
    )
    letter = letters.passed_on(initiative, text=text, organisation=organisation, contact=contact)
    tell_initiator(initiative, letter, "passed_on")
    if department is not None and department.email and shares_contact:
        outbox.enqueue(
            letters.handed_over(initiative, text=text, organisation=organisation),
            to=Recipient(name=department.name, email=department.email),
            key=f"initiatives.handed_over:{initiative.pk}:{initiative.version}",
            category=CATEGORY,
            about=initiative,
        )
    _news(
        initiative,
        _("doorverwezen naar %(organisation)s") % {"organisation": organisation},
    )
    return initiative


@transaction.atomic
def decline(
    initiative: Initiative,
    *,
    reason: str,
    alternative: str,
    by: User,
    version: int | None = None,
) -> Initiative:
    """Tell the initiator no, with the reason and the way on; file entry and letter are saved with it or not at all.

    Raises:
        WorkflowError: the reason or the alternative is missing.
    """
    if not reason.strip() or not alternative.strip():
        raise WorkflowError(_("Schrijf waarom het niet kan en wat wel kan."))
    initiative = lock(initiative, version)
    _answer(initiative, Status.DECLINED, by)
    initiative.answer = reason
    initiative.closed_at = timezone.now()
    initiative.save()

    trail.record("initiatives.declined", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    tell_initiator(
        initiative,
        letters.declined(initiative, text=reason, alternative=alternative),
        "declined",
    )
    _news(initiative, _("gaat niet door"))
    return initiative


@transaction.atomic
def reopen(initiative: Initiative, *, text: str, by: User, version: int | None = None) -> Initiative:
    """Look again at a plan that was declined or passed on; the old answer stays in the file."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.IN_REVIEW)
    initiative.owner, initiative.closed_at = by, None
    initiative.save()

    trail.record("initiatives.reopened", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    tell_initiator(initiative, letters.reopened(initiative, text=text), "reopened")
    _news(initiative, _("wordt opnieuw bekeken"))
    return initiative


@transaction.atomic
def start(
    initiative: Initiative,
    *,
    text: str,
    next_step: str = "",
    next_step_on: date | None = None,
    by: User,
    version: int | None = None,
) -> Initiative:
    """The plan is being carried out."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.IN_PROGRESS)
    initiative.next_step, initiative.next_step_on = next_step, next_step_on
    initiative.save()

    trail.record("initiatives.started", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    tell_initiator(initiative, letters.started(initiative, text=text), "started")
    _news(initiative, _("de uitvoering is begonnen"))
    return initiative


@transaction.atomic
def finish(
    initiative: Initiative,
    *,
    result: str,
    photos: Iterable[tuple[StoredFile, str]] = (),
    by: User,
    version: int | None = None,
) -> Initiative:
    """The plan is done; the result and the photos (each with an alternative text) go on the public page."""
    photos = list(photos)
    initiative = lock(initiative, version)
    initiative.move_to(Status.DONE)
    initiative.result, initiative.closed_at = result, timezone.now()
    initiative.next_step, initiative.next_step_on = "", None
    initiative.save()
    attach(initiative, [file for file, _alt in photos])
    for file, alt_text in photos:
        Attachment.objects.filter(file=file).update(alt_text=alt_text, is_public=True)

    trail.record("initiatives.finished", subject=initiative, by=by, visibility=Visibility.PUBLIC)
    tell_initiator(initiative, letters.finished(initiative, text=result), "finished")
    _news(initiative, _("klaar"))
    return initiative


def _answer(initiative: Initiative, status: Status, by: User) -> None:
    """The steps that answer the initiator: whoever answers an unowned case becomes the contact person."""
    initiative.move_to(status)
    initiative.owner = initiative.owner or by
    initiative.unread_since = None
    note_first_answer(initiative)


def _news(initiative: Initiative, news: str) -> None:
    tell_followers(initiative, news)
    refresh_public_pages(initiative)
