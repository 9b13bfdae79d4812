"""What every step does: write to the people around something, each once, never to who took the step."""

from collections.abc import Iterable

from django.db import models

from shared.accounts.models import RoleAssignment, User
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Attachment, Recipient

CATEGORY = "partners"


def tell(
    people: Iterable[User],
    letter: Letter,
    *,
    about: models.Model,
    key: str,
    leaving_out: User | None = None,
    attachments: Iterable[Attachment] = (),
) -> int:
    """Send the letter to each of these people once; the answer is how many.

    Who has no role any more reads nothing of the network, whatever they once took part in.
    """
    files = list(attachments)
    wanted = {user.pk: user for user in people if user != leaving_out}
    still_here = set(RoleAssignment.objects.active().filter(user__in=wanted).values_list("user", flat=True))
    wanted = {key: user for key, user in wanted.items() if key in still_here}
    for user in wanted.values():
        outbox.enqueue(
            letter,
            to=Recipient(name=user.name, email=user.email),
            key=f"partners.{key}:{user.pk}",
            category=CATEGORY,
            about=about,
            attachments=files,
        )
    return len(wanted)
