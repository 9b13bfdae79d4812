"""What every step does: lock the case, count its dates, and write to the people around it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from participation.challenges import letters, rules
from participation.challenges.models import Challenge
from participation.challenges.policies import may_review
from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.terms import legal_days
from shared.ui import page_cache

CATEGORY = "challenges"


def lock(challenge: Challenge, version: int | None = None) -> Challenge:
    """Lock the row and give its newest state; refuse when it changed after the person saw `version`.

    Raises:
        StaleVersion: someone else changed the case first.
    """
    locked: Challenge = Challenge.objects.locked().select_related("wijk", "owner").get(pk=challenge.pk)
    locked.check_version(version)
    return locked


def lock_for_review(challenge: Challenge, by: User, version: int | None = None) -> Challenge:
    """Lock the row for somebody who handles it.

    Raises:
        StaleVersion: someone else changed the case first.
        WorkflowError: this person does not handle the case, or speaks for the group (Awb article 2:4).
    """
    locked = lock(challenge, version)
    if not may_review(by, locked):
        raise WorkflowError(_("U behandelt dit verzoek niet."))
    if locked.contact_id == by.pk:
        raise WorkflowError(_("Dit is uw eigen verzoek. Laat een collega het behandelen (Awb 2:4)."))
    return locked


def count_dates(challenge: Challenge) -> None:
    """Set the promised and the legal days again; they follow from the day of receipt."""
    if challenge.received_on is None:
        return
    periods, calendar = municipality.current().challenges, legal_days.calendar()
    challenge.talk_by = rules.talk_by(challenge.received_on, periods.talk_working_days, calendar)
    challenge.decide_by, deadline = rules.decide_by(
        challenge.received_on,
        is_request=challenge.is_request,
        promised_weeks=periods.decision_weeks,
        calendar=calendar,
    )
    challenge.term_explained = deadline.sentence if deadline else ""


def tell_group(challenge: Challenge, letter: Letter, name: str) -> None:
    """Send a letter to who speaks for the group: by e-mail, or printed for who has no address."""
    outbox.enqueue(
        letter,
        to=letters.spokesperson(challenge),
        key=f"challenges.{name}:{challenge.pk}:{challenge.version}",
        category=CATEGORY,
        about=challenge,
    )


def tell_reviewers(challenge: Challenge, letter: Letter, name: str) -> None:
    """Tell the owner, else the coordinators of the wijk or their deputies, else the functional managers."""
    _tell(challenge, reviewers(challenge), letter, name)


def reviewers(challenge: Challenge) -> list[User]:
    """Who should hear about this case now; never nobody while there is a functional manager."""
    owner = challenge.owner
    return (
        (list(User.objects.standing_in_for(owner)) if owner else [])
        or list(User.objects.coordinators_of(challenge.wijk))
        or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))
    )


def refresh_public_pages(challenge: Challenge) -> None:
    """Let go of the kept public pages when this case is on them."""
    if challenge.is_published:
        page_cache.touch()


def _tell(challenge: Challenge, users: Iterable[User], letter: Letter, name: str) -> None:
    for user in users:
        outbox.enqueue(
            letter,
            to=Recipient(name=user.name, email=user.email),
            key=f"challenges.{name}:{challenge.pk}:{challenge.version}:{user.pk}",
            category=CATEGORY,
            about=challenge,
        )
