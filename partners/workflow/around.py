"""What every step does: write to the people around something, each once, never to who took the step."""

from collections.abc import Iterable

from django.db import models

from shared.accounts.models import User
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
    """Send the letter to each of these people once; the answer is how many."""
    files = list(attachments)
    wanted = {user.pk: user for user in people if user != leaving_out}
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
