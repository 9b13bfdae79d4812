"""Letters about offers and needs on their way: each reader gets each of them once."""

from partners.letters.matches import Reader
from partners.models import Match
from shared.notifications import outbox
from shared.notifications.compose import Letter

CATEGORY = "partners"


def send(letter: Letter, reader: Reader, key: str, about: Match) -> None:
    """Put a letter in the outbox; the same `key` never makes a second one for this reader."""
    outbox.enqueue(
        letter,
        to=reader.to,
        key=f"partners.{key}:{reader.user_pk or reader.to.email}",
        category=CATEGORY,
        about=about,
    )
