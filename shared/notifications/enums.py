"""What a message can be, and how often a digest comes."""

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


# The same as an answer to "how often?", in forms.
HOW_OFTEN = [
    (Frequency.DAILY.value, _("Hooguit één keer per dag")),
    (Frequency.WEEKLY.value, _("Eén keer per week, op maandag")),
]


# What a category is called on a screen and as a heading in a digest; each app adds its own in `AppConfig.ready`.
CATEGORY_LABELS: dict[str, str | Promise] = {
    "digest": _("Nieuwsoverzicht"),
}


def category_label(category: str) -> str:
    """The words for a category."""
    return str(CATEGORY_LABELS.get(category, category))
