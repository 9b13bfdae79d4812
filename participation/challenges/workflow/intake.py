"""A challenge comes in: kept, sent, confirmed, entered by staff, or thrown out."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.enums import Channel
from participation.challenges import letters
from participation.challenges.enums import Status
from participation.challenges.models import Challenge, ChallengeCounter, ChallengeDraft
from participation.challenges.workflow.case import (
    CATEGORY,
    count_dates,
    lock,
    lock_for_review,
    tell_group,
    tell_reviewers,
)
from shared import municipality
from shared.accounts import workflow as accounts
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.wijken.models import Buurt, Wijk


@dataclass(frozen=True)
class Task:
    """The group's answers about the task."""

    title: str
    now: str
    plan: str
    value: str
    support: str
    wijk: Wijk
    buurt: Buurt | None = None
    place: str = ""
    costs: str = ""


@dataclass(frozen=True)
class Group:
    """The answers about the group and who speaks for it."""

    group_name: str
    members: int
    name: str
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    may_publish: bool = False


# --- Not sent yet ----------------------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(answers: dict[str, Any], *, draft_id: str | None = None, language: str = "nl") -> ChallengeDraft:
    """Keep the answers as they were typed, right or wrong; nobody but who has the browser or the link finds them."""
    now = timezone.now()
    draft = ChallengeDraft.objects.unsent().filter(pk=draft_id).first() if draft_id else None
    draft = draft or ChallengeDraft()
    draft.answers, draft.language, draft.saved_at, draft.warned_at = answers, language, now, None
    draft.kept_until = now + timedelta(days=municipality.current().periods.draft_days)
    draft.save()
    return draft


@transaction.atomic
def send_draft_link(draft: ChallengeDraft, *, email: str) -> None:
    """Mail the way back to the draft."""
    draft.email = email
    draft.save(update_fields=["email"])
    outbox.enqueue(
        letters.draft_link(draft),
        to=Recipient(name="", email=email),
        key=f"challenges.draft:{draft.pk}:{timezone.now():%Y%m%d%H%M}",
        category=CATEGORY,
    )


def discard_draft(draft: ChallengeDraft) -> None:
    """Throw away what was not sent."""
    ChallengeDraft.objects.unsent().filter(pk=draft.pk).delete()


# --- Sent ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def submit(task: Task, group: Group, *, draft: ChallengeDraft | None = None, language: str = "nl") -> Challenge:
    """Take in a request from the website; with only a phone number it comes in at once."""
    challenge = _create(task, group, channel=Channel.WEB, language=language)
    if draft is not None:
        draft.challenge, draft.answers = challenge, {}
        draft.save(update_fields=["challenge", "answers"])

    trail.record("challenges.submitted", subject=challenge, visibility=Visibility.RESIDENT, channel=Channel.WEB)
    if challenge.email:
        tell_group(challenge, letters.confirm_address(challenge), "confirm")
    else:
        _receive(challenge)
    return challenge


@transaction.atomic
def enter_for_group(task: Task, group: Group, *, channel: Channel, received_on: date, by: User) -> Challenge:
    """Take in a request that came by phone, at the desk or on paper; needs no confirmation."""
    challenge = _create(task, group, channel=channel, language="nl", entered_by=by)
    trail.record("challenges.entered", subject=challenge, by=by, visibility=Visibility.RESIDENT, channel=channel)
    _receive(challenge, by=by, received_on=received_on)
    return challenge


@transaction.atomic
def confirm_address(challenge: Challenge, *, email: str) -> Challenge:
    """The group opened the link in the e-mail: the request is in. A second time changes nothing.

    The term counts from the day on which it was sent, not from the confirmation (Awb 2:13, 4:13).
    """
    challenge = lock(challenge)
    if challenge.status == Status.UNCONFIRMED and challenge.email == email:
        _receive(challenge)
    return challenge


@transaction.atomic
def mark_spam(challenge: Challenge, *, by: User, version: int | None = None) -> Challenge:
    """Put an unwanted message aside; nothing is sent, and it can be taken back."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.SPAM)
    challenge.closed_at = timezone.now()
    challenge.save()
    trail.record("challenges.marked_spam", subject=challenge, by=by)
    return challenge


@transaction.atomic
def restore(challenge: Challenge, *, by: User, version: int | None = None) -> Challenge:
    """What was thrown out is a real request after all."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.RECEIVED)
    challenge.closed_at = None
    challenge.save()
    trail.record("challenges.restored", subject=challenge, by=by)
    return challenge


def next_reference(year: int) -> str:
    """The next number of the year, as 2026-U-0001; holds the year's row until the transaction ends."""
    return f"{year}-U-{ChallengeCounter.take(year):04d}"


def _create(task: Task, group: Group, *, channel: str, language: str, entered_by: User | None = None) -> Challenge:
    now = timezone.now()
    answers = {name: getattr(task, name) for name in task.__dataclass_fields__}
    return Challenge.objects.create(
        reference=next_reference(timezone.localdate(now).year),
        channel=channel,
        language=language,
        submitted_at=now,
        entered_by=entered_by,
        **answers,
        **asdict(group),
    )


def _receive(challenge: Challenge, *, by: User | None = None, received_on: date | None = None) -> None:
    challenge.move_to(Status.RECEIVED)
    challenge.received_at = timezone.now()
    challenge.received_on = received_on or timezone.localdate(challenge.submitted_at)
    if challenge.email:
        challenge.contact = accounts.resident_for(challenge.email, name=challenge.name)
    count_dates(challenge)
    challenge.save()
    trail.record(
        "challenges.received", subject=challenge, by=by, visibility=Visibility.PUBLIC, channel=challenge.channel
    )
    tell_group(challenge, letters.receipt(challenge), "receipt")
    tell_reviewers(challenge, letters.new_challenge(challenge), "new")
