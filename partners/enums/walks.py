"""A wijkschouw (neighbourhood walk) and what was found on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WalkStatus(TextChoices):
    """From a date in the diary to a report for everybody who walked along."""

    PLANNED = "planned", _("Gepland")
    UNDERWAY = "underway", _("Bezig")
    WALKED = "walked", _("Gelopen")
    REPORTED = "reported", _("Verslag verstuurd")
    CANCELLED = "cancelled", _("Gaat niet door")


# Somebody still has to do something.
WALK_OPEN = (WalkStatus.PLANNED, WalkStatus.UNDERWAY, WalkStatus.WALKED)

TRANSITIONS: dict[str, set[str]] = {
    WalkStatus.PLANNED: {WalkStatus.UNDERWAY, WalkStatus.CANCELLED},
    WalkStatus.UNDERWAY: {WalkStatus.WALKED},
    WalkStatus.WALKED: {WalkStatus.UNDERWAY, WalkStatus.REPORTED},
    WalkStatus.REPORTED: set(),
    WalkStatus.CANCELLED: set(),
}

# Findings can be written down: during the walk, and afterwards at the table.
TAKES_FINDINGS = (WalkStatus.UNDERWAY, WalkStatus.WALKED)


class FindingStatus(TextChoices):
    """Who has to do something about it, and whether it was done."""

    NEW = "new", _("Nog niet uitgezet")
    ASSIGNED = "assigned", _("Uitgezet")
    DONE = "done", _("Opgelost")
    NOT_POSSIBLE = "not_possible", _("Kan niet")
    GOOD = "good", _("Gaat goed")


# What goes well is nobody's to solve: it is only that, or (corrected) something that still has to be given to somebody.
FINDING_TRANSITIONS: dict[str, set[str]] = {
    FindingStatus.NEW: {
        FindingStatus.ASSIGNED,
        FindingStatus.DONE,
        FindingStatus.NOT_POSSIBLE,
        FindingStatus.GOOD,
    },
    FindingStatus.ASSIGNED: {FindingStatus.ASSIGNED, FindingStatus.DONE, FindingStatus.NOT_POSSIBLE},
    FindingStatus.DONE: {FindingStatus.ASSIGNED},
    FindingStatus.NOT_POSSIBLE: {FindingStatus.ASSIGNED},
    FindingStatus.GOOD: {FindingStatus.NEW},
}

FINDING_OPEN = (FindingStatus.NEW, FindingStatus.ASSIGNED)

ACTION_LABELS = {
    "partners.walk_planned": _("Wijkschouw gepland"),
    "partners.walk_changed": _("Wijkschouw gewijzigd"),
    "partners.walk_started": _("Wijkschouw begonnen"),
    "partners.walk_finished": _("Wijkschouw gelopen"),
    "partners.walk_resumed": _("Wijkschouw gaat verder"),
    "partners.walk_handed_over": _("Wijkschouw overgedragen"),
    "partners.walk_cancelled": _("Wijkschouw gaat niet door"),
    "partners.walk_reported": _("Verslag van de wijkschouw verstuurd"),
    "partners.walk_item_in_order": _("Punt in orde"),
    "partners.finding_noted": _("Bevinding opgeschreven"),
    "partners.finding_changed": _("Bevinding gewijzigd"),
    "partners.finding_placed": _("Plek op de kaart gezet"),
    "partners.finding_assigned": _("Bevinding uitgezet"),
    "partners.finding_done": _("Bevinding opgelost"),
    "partners.finding_not_possible": _("Bevinding: kan niet"),
    "partners.finding_became_signal": _("Bevinding wordt een signaal"),
    "partners.finding_became_action": _("Bevinding wordt een actie"),
    "partners.finding_reminded": _("Herinnering aan een bevinding"),
}
