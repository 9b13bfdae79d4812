"""What every step does: lock the project or check, write to the people around it, and refresh what the public sees."""

from collections.abc import Callable, Iterable

from ambassadors.seats import seat_of
from participation.models import ParticipationCheck, Project
from participation.policies import Check
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.terms.calendar import today
from shared.ui import page_cache

CATEGORY = "participation"
# Who hears in words what happened with a project that everybody may read; the moments tell who follows it.
NEWS: list[Callable[[Project, str], object]] = []
# What ends with a project that stops, given the reason and by whom; the moments add theirs.
ENDING: list[Callable[[Project, str, User], object]] = []


def lock(project: Project, version: int | None = None) -> Project:
    """Lock the row and give its newest state; refuse when it changed after the person saw `version`.

    Raises:
        StaleVersion: someone else changed the project first.
    """
    related = ("department", "lead", "alderman")
    locked: Project = Project.objects.locked().select_related(*related).get(pk=project.pk)
    locked.check_version(version)
    return locked


def lock_check(check: Check, version: int | None = None) -> Check:
    """Lock the project and then the check: everybody in the same order, so that nobody waits for each other.

    `version` is that of the project: the page that the person saw is the project's file.

    Raises:
        StaleVersion: someone else changed the project or its check first.
    """
    project = lock(check.project, version)
    locked: Check = ParticipationCheck.objects.locked().select_related("phase").get(pk=check.pk)
    locked.project = project
    return locked


def touch(project: Project) -> None:
    """Another version of the file, for who still has the old page before them."""
    project.version += 1
    project.save(update_fields=["version"])


def refuse_if(reason: str) -> None:
    """Stop here when there is a reason.

    Raises:
        WorkflowError: the reason.
    """
    if reason:
        raise WorkflowError(reason)


def lead_of(project: Project) -> list[User]:
    """Who leads the project now, or the deputy; the ambassador when nobody does."""
    found = list(User.objects.standing_in_for(project.lead)) if project.lead else []
    return found or ambassadors_of(project)


def ambassadors_of(project: Project) -> list[User]:
    """Who does the work of the department's ambassador today; the functional managers when nobody does."""
    acting = seat_of(project.department, today()).acting
    return [acting] if acting else list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))


def coordinators_of(project: Project) -> list[User]:
    """The coordinators of the wijken; of a project for the whole municipality all of them."""
    found = User.objects.coordinators_of(*project.wijken.without_geometry())
    return list(found) or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))


def unique(users: Iterable[User]) -> list[User]:
    """Each person once, in the same order."""
    return list({user.pk: user for user in users}.values())


def tell(project: Project, users: Iterable[User], letter: Letter, key: str) -> None:
    """Send the letter to each of these colleagues; the key makes it happen once."""
    for user in unique(users):
        send(project, Recipient(name=user.name, email=user.email), letter, f"{key}:{user.pk}")


def send(project: Project, to: Recipient, letter: Letter, key: str) -> None:
    """Send the letter to one address."""
    outbox.enqueue(letter, to=to, key=f"participation.{key}", category=CATEGORY, about=project)


def refresh_public_pages(project: Project) -> None:
    """Let go of the kept public pages when this project is on them."""
    if project.is_published:
        page_cache.touch()


def end_with(project: Project, reason: str, by: User) -> None:
    """The project stops: end what goes with it."""
    for end in ENDING:
        end(project, reason, by)


def tell_news(project: Project, words: str) -> None:
    """Say what happened to everybody who wants to know; nothing when it is not on the website."""
    if project.is_published:
        for tell_readers in NEWS:
            tell_readers(project, words)
