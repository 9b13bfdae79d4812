"""The municipality handles a challenge: talks, judges, proposes; and what is on the website meanwhile."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.enums import Sender
from initiatives.models import Initiative
from participation.challenges import letters, policies, rules
from participation.challenges.enums import Status
from participation.challenges.models import Challenge, Message
from participation.challenges.workflow.case import count_dates, lock_for_review, refresh_public_pages, tell_group
from participation.models import Project
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.ui import page_cache


@transaction.atomic
def assign(challenge: Challenge, *, to: User, by: User, version: int | None = None) -> Challenge:
    """A colleague goes on with it."""
    challenge = lock_for_review(challenge, by, version)
    old, challenge.owner = challenge.owner, to
    challenge.version += 1
    challenge.save()
    trail.record("challenges.assigned", subject=challenge, by=by, old={"owner": str(old or "")}, new={"owner": str(to)})
    return challenge


@transaction.atomic
def link(
    challenge: Challenge,
    *,
    initiative: Initiative | None,
    project: Project | None,
    by: User,
    version: int | None = None,
) -> Challenge:
    """Say which plan of residents and which project of the municipality it belongs to."""
    challenge = lock_for_review(challenge, by, version)
    old = {"initiative": str(challenge.initiative or ""), "project": str(challenge.project or "")}
    challenge.initiative, challenge.project = initiative, project
    challenge.version += 1
    challenge.save()
    new = {"initiative": str(initiative or ""), "project": str(project or "")}
    trail.record("challenges.linked", subject=challenge, by=by, old=old, new=new)
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def treat_as_request(challenge: Challenge, *, by: User, version: int | None = None) -> Challenge:
    """The group asks for a decision in the sense of the Awb: from now on the term of article 4:13 holds.

    Raises:
        WorkflowError: it is one already, or there is nothing left to decide.
    """
    challenge = lock_for_review(challenge, by, version)
    if refusal := policies.why_not_request(challenge):
        raise WorkflowError(refusal)
    challenge.is_request = True
    challenge.version += 1
    challenge.reminded_on = None
    count_dates(challenge)
    challenge.save()
    trail.record("challenges.became_request", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    tell_group(challenge, letters.became_request(challenge), "request")
    return challenge


@transaction.atomic
def plan_talk(
    challenge: Challenge, *, talk_on: date, talk_place: str, text: str, by: User, version: int | None = None
) -> Challenge:
    """Invite the group; who invites goes on with the case."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.TALK)
    challenge.talk_on, challenge.talk_place = talk_on, talk_place
    challenge.owner = challenge.owner or by
    challenge.reminded_on = None
    challenge.save()
    trail.record("challenges.talk_planned", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    tell_group(challenge, letters.talk(challenge, text=text), "talk")
    return challenge


@transaction.atomic
def assess(
    challenge: Challenge, *, verdicts: Mapping[str, str], assessment: str, by: User, version: int | None = None
) -> Challenge:
    """Judge the request by every criterion; the group reads how it does and what has still to be done.

    Raises:
        WorkflowError: a criterion has no verdict.
    """
    challenge = lock_for_review(challenge, by, version)
    if not rules.is_complete(verdicts):
        raise WorkflowError(_("Geef een oordeel bij elk punt."))
    challenge.move_to(Status.ASSESSED)
    challenge.verdicts, challenge.assessment = dict(verdicts), assessment
    challenge.save()
    trail.record("challenges.assessed", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    tell_group(challenge, letters.assessed(challenge), "assessed")
    return challenge


@transaction.atomic
def propose(challenge: Challenge, *, proposal: str, by: User, version: int | None = None) -> Challenge:
    """Tell the group what will be proposed to who decides; it can answer first."""
    challenge = lock_for_review(challenge, by, version)
    challenge.move_to(Status.PROPOSAL)
    challenge.proposal = proposal
    challenge.save()
    trail.record("challenges.proposed", subject=challenge, by=by, visibility=Visibility.PUBLIC)
    tell_group(challenge, letters.proposal(challenge), "proposal")
    refresh_public_pages(challenge)
    return challenge


@transaction.atomic
def send_message(challenge: Challenge, *, text: str, by: User, version: int | None = None) -> Message:
    """Write to the group; with the number of the case and the day.

    Raises:
        WorkflowError: nobody confirmed the address.
    """
    challenge = lock_for_review(challenge, by, version)
    if refusal := policies.why_not_message(challenge):
        raise WorkflowError(refusal)
    challenge.unread_since = None
    challenge.version += 1
    challenge.save()
    message = Message.objects.create(
        challenge=challenge, sender=Sender.STAFF, author=by, text=text, sent_at=timezone.now()
    )
    trail.record("challenges.message_sent", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    tell_group(challenge, letters.message(challenge, text=text), "message")
    return message


@transaction.atomic
def publish(challenge: Challenge, *, public_text: str, by: User, version: int | None = None) -> Challenge:
    """Show on the website how it stands; only when the group agreed to that.

    Raises:
        WorkflowError: the group did not agree, or it is still a conversation.
    """
    challenge = lock_for_review(challenge, by, version)
    if refusal := policies.why_not_publish(challenge):
        raise WorkflowError(refusal)
    first_time = not challenge.is_published
    challenge.public_text = public_text
    challenge.published_at = challenge.published_at or timezone.now()
    challenge.version += 1
    challenge.save()
    trail.record("challenges.published", subject=challenge, by=by, visibility=Visibility.RESIDENT)
    if first_time:
        tell_group(challenge, letters.published(challenge), "published")
    page_cache.touch()
    return challenge


@transaction.atomic
def unpublish(challenge: Challenge, *, reason: str, by: User, version: int | None = None) -> Challenge:
    """Take it off the website; the file stays.

    Raises:
        WorkflowError: it is not on the website.
    """
    challenge = lock_for_review(challenge, by, version)
    if refusal := policies.why_not_unpublish(challenge):
        raise WorkflowError(refusal)
    challenge.published_at = None
    challenge.version += 1
    challenge.save()
    trail.record("challenges.unpublished", subject=challenge, by=by, text=reason)
    page_cache.touch()
    return challenge
