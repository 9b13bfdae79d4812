"""The letter of a wijk: how often it comes, where one is, and when the clock sends it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shared.notifications.enums import MONTHLY, Frequency

# The topic of a subscription; its number is that of the wijk.
TOPIC = "partners.newsletter"
CATEGORY = "newsletter"


class Rhythm(TextChoices):
    """How often a reader gets the letter; the same values as of every subscription."""

    WEEKLY = Frequency.WEEKLY.value, _("elke week")
    MONTHLY = MONTHLY, _("elke maand")


HOW_OFTEN = [
    (Rhythm.WEEKLY.value, _("Eén keer per week, op donderdag")),
    (Rhythm.MONTHLY.value, _("Eén keer per maand")),
]


class LetterStatus(TextChoices):
    """Where a letter is. A concept follows the news until the moment it is sent."""

    CONCEPT = "concept", _("concept")
    SENT = "sent", _("verstuurd")


TRANSITIONS: dict[str, set[str]] = {LetterStatus.CONCEPT: {LetterStatus.SENT}, LetterStatus.SENT: set()}

# When nobody sent it, the clock does: on Thursday, or on the fifth of the month.
AUTOMATIC_WEEKDAY = 3
AUTOMATIC_MONTHDAY = 5
AUTOMATIC_HOUR = 16

ACTION_LABELS = {
    "partners.newsletter_changed": _("Wijkbrief aangepast"),
    "partners.newsletter_sent": _("Wijkbrief verstuurd"),
    "partners.newsletter_settings_changed": _("Versturen van de wijkbrief ingesteld"),
}
