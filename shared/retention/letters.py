"""What we write about destruction: to who decides about it."""

from django.urls import reverse

from shared.links import absolute
from shared.notifications.compose import Letter, compose
from shared.retention.models import DestructionList


def proposed(found: DestructionList, count: int) -> Letter:
    """There are files on the list to look at."""
    url = absolute(reverse("admin:retention_destructionlist_change", args=[found.pk]))
    return compose("retention/letters/proposed.txt", {"count": count, "url": url}, language="nl")
