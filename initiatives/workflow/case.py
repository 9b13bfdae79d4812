"""What every step does: lock the case, write to the people around it, and refresh what the public sees."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from initiatives import letters
from initiatives.models import Attachment, Initiative
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.documents.models import StoredFile
from shared.notifications import digest, outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.ui import page_cache

CATEGORY = "initiatives"


def lock(initiative: Initiative, version: int | None = None) -> Initiative:
    """Lock the row and give its newest state; refuse when it changed after the person saw `version`.

    Raises:
        StaleVersion: someone else changed the case first.
    """
    locked: Initiative = Initiative.objects.locked().select_related("wijk", "theme", "owner").get(pk=initiative.pk)
    locked.check_version(version)
    return locked


def tell_initiator(initiative: Initiative, letter: Letter, name: str) -> None:
    """Send a letter to the initiator: by e-mail, or printed for who has no address."""
    outbox.enqueue(
        letter,
        to=letters.initiator(initiative),
        key=f"initiatives.{name}:{initiative.pk}:{initiative.version}",
        category=CATEGORY,
        about=initiative,
    )


def tell_reviewers(initiative: Initiative, letter: Letter, name: str) -> None:
    """Tell the owner, else the coordinators of the wijk or their deputies, else the functional managers."""
    tell_staff(initiative, reviewers(initiative), letter, name)


def tell_managers(initiative: Initiative, letter: Letter, name: str) -> None:
    """Tell the functional managers."""
    tell_staff(initiative, User.objects.active_in_role(Role.FUNCTIONAL_MANAGER), letter, name)


def tell_staff(initiative: Initiative, users: Iterable[User], letter: Letter, name: str) -> None:
    """Send the letter to each of these colleagues once."""
    for user in users:
        outbox.enqueue(
            letter,
            to=Recipient(name=user.name, email=user.email),
            key=f"initiatives.{name}:{initiative.pk}:{initiative.version}:{user.pk}",
            category=CATEGORY,
            about=initiative,
        )


def reviewers(initiative: Initiative) -> list[User]:
    """Who should hear about this case now; never nobody while there is a functional manager."""
    owner = initiative.owner
    return (
        (list(User.objects.standing_in_for(owner)) if owner else [])
        or list(User.objects.coordinators_of(initiative.wijk))
        or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))
    )


def tell_followers(initiative: Initiative, news: str) -> None:
    """Put a line of news in the next digest of everyone around the plan; each address once."""
    if not initiative.is_published:
        return
    addresses = initiative.involvements.followers().values_list("email", flat=True)
    for email in sorted({address.lower() for address in addresses}):
        digest.add(
            email,
            category=CATEGORY,
            title=f"{initiative.public_title}: {news}",
            url=initiative.get_absolute_url(),
            key=f"initiatives.news:{initiative.pk}:{initiative.version}:{email}",
            # One click in the digest leaves this plan, not every plan.
            about=initiative,
        )


def attach(initiative: Initiative, files: Iterable[StoredFile]) -> None:
    """Keep the files with the plan; they are not public."""
    for file in files:
        Attachment.objects.create(initiative=initiative, file=file)
        file.mark_attached()


def refresh_public_pages(initiative: Initiative) -> None:
    """Let go of the kept public pages when this plan is on them."""
    if initiative.is_published:
        page_cache.touch()


def note_first_answer(initiative: Initiative, now: datetime | None = None) -> None:
    """Remember when a person first answered: the promise has been kept, or broken, from then on."""
    if initiative.answered_at is None:
        initiative.answered_at = now or timezone.now()
