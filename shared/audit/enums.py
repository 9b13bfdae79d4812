"""Who may read an event, and what the actions are called."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """The widest circle that may read an event; the resident also reads what is public, staff read all."""

    PUBLIC = "public", _("openbaar")
    RESIDENT = "resident", _("inwoner")
    STAFF = "staff", _("medewerkers")


# What an action is called on a screen; each app adds its own rows in `AppConfig.ready`.
ACTION_LABELS: dict[str, str | Promise] = {
    "audit.read": _("bekeken"),
    "audit.exported": _("geëxporteerd"),
}
