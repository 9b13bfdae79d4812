"""What an item of the agenda can be, and who may see it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shared.accounts.enums import ADMIN_ROLES


class Visibility(TextChoices):
    """Who may see it; each one includes those before it."""

    PUBLIC = "public", _("iedereen")
    PARTNERS = "partners", _("wijkpartners in de wijk en de gemeente")
    STAFF = "staff", _("alleen de gemeente")


class ItemKind(TextChoices):
    """What it is."""

    ACTIVITY = "activity", _("activiteit")
    MEETING = "meeting", _("bijeenkomst of overleg")


class Repeats(TextChoices):
    """How it comes back: on the same day of the week, at the same time on the clock."""

    ONCE = "once", _("Eén keer")
    WEEKLY = "weekly", _("Elke week, op dezelfde dag")
    MONTHLY = "monthly", _("Elke maand, bijvoorbeeld elke tweede dinsdag")


class ItemStatus(TextChoices):
    """Whether it goes on."""

    PLANNED = "planned", _("gaat door")
    CANCELLED = "cancelled", _("gaat niet door")


TRANSITIONS: dict[str, set[str]] = {
    ItemStatus.PLANNED: {ItemStatus.CANCELLED},
    ItemStatus.CANCELLED: {ItemStatus.PLANNED},
}

# Who works at the municipality itself sees what is only for the municipality; the council's staff see what is public.
INSIDE = ADMIN_ROLES

ACTION_LABELS = {
    "partners.agenda_item_added": _("In de agenda gezet"),
    "partners.agenda_item_changed": _("Gewijzigd in de agenda"),
    "partners.agenda_item_cancelled": _("Gaat niet door"),
    "partners.agenda_item_restored": _("Gaat toch door"),
    "partners.agenda_feed_renewed": _("Nieuw geheim adres voor de eigen agenda"),
    "partners.agenda_feed_stopped": _("Geheim adres van de eigen agenda gestopt"),
}
