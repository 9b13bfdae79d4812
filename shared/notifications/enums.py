"""What a message can be, and how often a digest comes."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message leaves the building."""

    EMAIL = "email", _("e-mail")
    PRINT = "print", _("brief op papier")


class MessageStatus(models.TextChoices):
    """Where a message is. `SENDING`: the mail server has been asked to take it, and has not answered yet."""

    PENDING = "pending", _("staat klaar")
    SENDING = "sending", _("wordt verstuurd")
    SENT = "sent", _("verstuurd")
    PRINTED = "printed", _("geprint")
    FAILED = "failed", _("niet verstuurd")
    CANCELLED = "cancelled", _("ingetrokken")


class Frequency(models.TextChoices):
    """How often someone gets the news in one message."""

    DAILY = "daily", _("elke dag")
    WEEKLY = "weekly", _("elke week")


# For letters with a rhythm of their own; a digest waits no longer than a week.
MONTHLY = "monthly"
RHYTHMS = [*Frequency.choices, (MONTHLY, _("elke maand"))]


# The same as an answer to "how often?", in forms.
HOW_OFTEN = [
    (Frequency.DAILY.value, _("Hooguit één keer per dag")),
    (Frequency.WEEKLY.value, _("Eén keer per week, op maandag")),
]


# Kinds of topics whose news comes in a letter of its own and not in the digest: each with the address where its
# reader chooses how often, given the subscription; filled in `AppConfig.ready`.
OWN_RHYTHM: dict[str, Callable[[Any], str]] = {}

# What a category is called on a screen and as a heading in a digest; each app adds its own in `AppConfig.ready`.
CATEGORY_LABELS: dict[str, str | Promise] = {
    "digest": _("Nieuwsoverzicht"),
}


def category_label(category: str) -> str:
    """The words for a category."""
    return str(CATEGORY_LABELS.get(category, category))
