"""Every message that leaves the building about a challenge: one function each, the same for preview and sending."""

from typing import Any

from django.urls import reverse

from participation.challenges.models import Challenge, ChallengeDraft
from shared import municipality
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.outbox import Recipient

CONFIRM = "challenges.confirm"
DRAFT = "challenges.draft"


def spokesperson(challenge: Challenge) -> Recipient:
    """Who speaks for the group; without an e-mail address the letter is printed."""
    return Recipient(
        name=challenge.name,
        email=challenge.email,
        postal_address=challenge.postal_address,
        phone=challenge.phone,
    )


def confirm_address(challenge: Challenge) -> Letter:
    """Ask to confirm the address; says what the task is and nothing else, since the address may be wrong."""
    return _letter("confirm_address", challenge, url=confirm_url(challenge))


def receipt(challenge: Challenge) -> Letter:
    """The confirmation that the request came in, with the day of receipt and what happens next."""
    return _letter("receipt", challenge)


def new_challenge(challenge: Challenge) -> Letter:
    """Tell the coordinator that a group wants to take over a task."""
    return _to_staff("new_challenge", challenge)


def reminder(challenge: Challenge) -> Letter:
    """Remind the coordinator of a promise or a legal term."""
    return _to_staff("reminder", challenge)


def from_group(challenge: Challenge, *, text: str) -> Letter:
    """Tell the coordinator that the group wrote."""
    return _to_staff("from_group", challenge, message=text)


def became_request(challenge: Challenge) -> Letter:
    """Tell the group that the municipality handles this as a request for a decision, and until when."""
    return _letter("became_request", challenge)


def talk(challenge: Challenge, *, text: str) -> Letter:
    """Invite the group to talk."""
    return _letter("talk", challenge, message=text)


def assessed(challenge: Challenge) -> Letter:
    """How the request does on each criterion, and what has still to be done."""
    return _letter("assessed", challenge)


def proposal(challenge: Challenge) -> Letter:
    """What the municipality proposes; the group can answer before it is decided on."""
    return _letter("proposal", challenge)


def decided(challenge: Challenge) -> Letter:
    """Yes, partly or no, with the reasons and the way on; with the way to object when it is a decision."""
    return _letter("decided", challenge)


def started(challenge: Challenge, *, text: str) -> Letter:
    """The group carries out the task from this day."""
    return _letter("started", challenge, message=text)


def evaluated(challenge: Challenge) -> Letter:
    """What the group and the municipality saw when they looked back."""
    return _letter("evaluated", challenge)


def ended(challenge: Challenge) -> Letter:
    """The group no longer carries out the task, and why."""
    return _letter("ended", challenge)


def message(challenge: Challenge, *, text: str) -> Letter:
    """A message from the municipality."""
    return _letter("message", challenge, message=text)


def withdrawn(challenge: Challenge, *, reason: str) -> Letter:
    """Confirm that the request was withdrawn."""
    return _letter("withdrawn", challenge, message=reason)


def published(challenge: Challenge) -> Letter:
    """The request can be followed on the website."""
    return _letter("published", challenge)


def draft_link(draft: ChallengeDraft) -> Letter:
    """The way back to a request that was not sent yet."""
    return _compose("draft_link", {"draft": draft, "url": draft_url(draft)}, draft.language)


def draft_warning(draft: ChallengeDraft) -> Letter:
    """Tell that a request that was not sent yet will be deleted."""
    days = municipality.current().periods.draft_warning_days
    return _compose("draft_warning", {"url": draft_url(draft), "warning_days": days}, draft.language)


def draft_url(draft: ChallengeDraft) -> str:
    """The full address at which a draft is continued."""
    return absolute(reverse("challenges:resume", args=[sign(DRAFT, draft=str(draft.pk))]))


def confirm_url(challenge: Challenge) -> str:
    """The full address at which the e-mail address is confirmed."""
    token = sign(CONFIRM, challenge=challenge.pk, email=challenge.email)
    return absolute(reverse("challenges:confirm", args=[token]))


def _letter(name: str, challenge: Challenge, **context: Any) -> Letter:
    mine = absolute(reverse("challenges:mine", args=[challenge.reference]))
    return _compose(name, {"challenge": challenge, "url": mine, **context}, challenge.language)


def _to_staff(name: str, challenge: Challenge, **context: Any) -> Letter:
    url = absolute(reverse("admin:challenges_challenge_change", args=[challenge.pk]))
    return _compose(name, {"challenge": challenge, "url": url, **context}, "nl")


def _compose(name: str, context: dict[str, Any], language: str) -> Letter:
    context = {"municipality": municipality.current(), **context}
    return compose(f"challenges/letters/{name}.txt", context, language=language)
