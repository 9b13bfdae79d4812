"""A plan comes in: sent, confirmed, entered by staff, looked at first, or thrown out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.enums import Channel, Status
from initiatives.models import Draft, Initiative, ReferenceCounter
from initiatives.rules import has_link, promised_by
from initiatives.workflow.case import (
    attach,
    lock,
    tell_initiator,
    tell_reviewers,
)
from shared import municipality
from shared.accounts import workflow as accounts
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.terms import legal_days
from shared.themes.models import Theme
from shared.wijken.models import Buurt, Wijk

# Makes the row of a new year, or waits for whoever holds it.


@dataclass(frozen=True)
class Plan:
    """The resident's answers about the plan."""

    title: str
    what: str
    theme: Theme
    wijk: Wijk
    buurt: Buurt | None = None
    benefit: str = ""
    place: str = ""
    planned_on: date | None = None
    who_joins: str = ""
    help_wanted: list[str] = field(default_factory=list)
    amount: Decimal | None = None


@dataclass(frozen=True)
class Initiator:
    """The resident's answers about themselves; e-mail or phone, or for staff entry a postal address."""

    name: str
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    postcode: str = ""
    house_number: str = ""
    shows_first_name: bool = False


@transaction.atomic
def submit(
    plan: Plan,
    initiator: Initiator,
    *,
    files: Iterable[StoredFile] = (),
    draft: Draft | None = None,
    language: str = "nl",
) -> Initiative:
    """Take in a plan from the website.

    With an e-mail address it waits until the address is confirmed; with only a phone number it comes in at once,
    since the coordinator calls anyway.
    """
    initiative = _create(plan, initiator, channel=Channel.WEB, language=language)
    attach(initiative, files)
    if draft is not None:
        _close_draft(draft, initiative)

    trail.record(
        "initiatives.submitted",
        subject=initiative,
        visibility=Visibility.RESIDENT,
        channel=Channel.WEB,
    )
    if initiative.email:
        tell_initiator(initiative, letters.confirm_address(initiative), "confirm")
    else:
        _receive(initiative)
    return initiative


@transaction.atomic
def enter_for_resident(
    plan: Plan,
    initiator: Initiator,
    *,
    channel: Channel,
    by: User,
    files: Iterable[StoredFile] = (),
    received_on: date | None = None,
) -> Initiative:
    """Take in a plan that a colleague writes down at the phone or desk, or copies from paper; needs no confirmation."""
    initiative = _create(plan, initiator, channel=channel, language="nl", entered_by=by)
    attach(initiative, files)

    trail.record(
        "initiatives.entered",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
        channel=channel,
    )
    _receive(initiative, by=by, received_on=received_on)
    return initiative


@transaction.atomic
def confirm_address(initiative: Initiative, *, email: str) -> Initiative:
    """The resident opened the link in the e-mail: the plan is in. A second time changes nothing."""
    initiative = lock(initiative)
    if initiative.status != Status.UNCONFIRMED or initiative.email != email:
        return initiative
    _receive(initiative)
    return initiative


@transaction.atomic
def send_confirmation_again(initiative: Initiative) -> bool:
    """The link was too old or got lost: a new one to the same address; false when none is needed any more."""
    initiative = lock(initiative)
    if initiative.status != Status.UNCONFIRMED:
        return False
    tell_initiator(
        initiative,
        letters.confirm_address(initiative),
        f"confirm_again.{timezone.now():%Y%m%d%H%M}",
    )
    return True


@transaction.atomic
def confirm_by_phone(initiative: Initiative, *, by: User, version: int | None = None) -> Initiative:
    """A colleague spoke to the resident, so the link in the e-mail is no longer needed."""
    initiative = lock(initiative, version)
    trail.record("initiatives.confirmed_by_phone", subject=initiative, by=by)
    _receive(initiative, by=by)
    return initiative


@transaction.atomic
def clear(initiative: Initiative, *, by: User, version: int | None = None) -> Initiative:
    """A plan that was held, or thrown out by mistake, is a real one after all."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.RECEIVED)
    initiative.screening_reason = ""
    initiative.closed_at = None
    initiative.save()

    trail.record("initiatives.cleared", subject=initiative, by=by)
    return initiative


@transaction.atomic
def mark_spam(initiative: Initiative, *, by: User, version: int | None = None) -> Initiative:
    """Put an unwanted message aside; nothing is sent, and it can be taken back."""
    initiative = lock(initiative, version)
    initiative.move_to(Status.SPAM)
    initiative.closed_at = timezone.now()
    initiative.save()

    trail.record("initiatives.marked_spam", subject=initiative, by=by)
    return initiative


def next_reference(year: int) -> str:
    """The next number of the year, as 2026-00123; holds the year's row until the transaction ends."""
    return f"{year}-{ReferenceCounter.take(year):05d}"


def _create(
    plan: Plan,
    initiator: Initiator,
    *,
    channel: Channel,
    language: str,
    entered_by: User | None = None,
) -> Initiative:
    now = timezone.now()
    answers = {name: getattr(plan, name) for name in plan.__dataclass_fields__}
    return Initiative.objects.create(
        reference=next_reference(timezone.localdate(now).year),
        channel=channel,
        language=language,
        submitted_at=now,
        entered_by=entered_by,
        **answers,
        **asdict(initiator),
    )


def _receive(initiative: Initiative, *, by: User | None = None, received_on: date | None = None) -> None:
    """The plan is in: the promise starts, the resident gets a receipt, the coordinator hears of it."""
    reason = "" if by else _screening_reason(initiative)
    now = timezone.now()
    initiative.move_to(Status.SCREENING if reason else Status.RECEIVED)
    initiative.screening_reason = reason
    initiative.received_at = now
    initiative.respond_by = promised_by(
        received_on or timezone.localdate(now),
        municipality.current().periods.answer_working_days,
        legal_days.calendar(),
    )
    if initiative.email:
        initiative.initiator = accounts.resident_for(initiative.email, name=initiative.name)
    initiative.save()

    trail.record(
        "initiatives.received",
        subject=initiative,
        by=by,
        visibility=Visibility.PUBLIC,
        channel=initiative.channel,
    )
    tell_initiator(initiative, letters.receipt(initiative), "receipt")
    tell_reviewers(initiative, letters.new_initiative(initiative), "new")


def _screening_reason(initiative: Initiative) -> str:
    """Why a person looks at this before anything else happens; known initiators are trusted."""
    known = (
        initiative.email
        and Initiative.objects.filter(email__iexact=initiative.email, received_at__isnull=False)
        .exclude(status=Status.SPAM)
        .exclude(pk=initiative.pk)
        .exists()
    )
    texts = [
        initiative.title,
        initiative.what,
        initiative.benefit,
        initiative.who_joins,
        initiative.place,
    ]
    return _("Er staat een internetadres in het eerste bericht.") if has_link(texts) and not known else ""


def _close_draft(draft: Draft, initiative: Initiative) -> None:
    draft.initiative = initiative
    draft.answers = {}
    draft.save(update_fields=["initiative", "answers"])
