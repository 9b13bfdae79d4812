"""Joint actions: what partners, ambassadors and coordinators do together, from a proposal to a result."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActionStatus(TextChoices):
    """Where a joint action stands; partners and the public read the same words."""

    PROPOSED = "proposed", _("Voorstel")
    AGREED = "agreed", _("Afgesproken")
    RUNNING = "running", _("Loopt")
    DONE = "done", _("Klaar")
    STOPPED = "stopped", _("Gestopt")


TRANSITIONS: dict[str, set[str]] = {
    ActionStatus.PROPOSED: {ActionStatus.AGREED, ActionStatus.STOPPED},
    ActionStatus.AGREED: {ActionStatus.RUNNING, ActionStatus.DONE, ActionStatus.STOPPED},
    ActionStatus.RUNNING: {ActionStatus.DONE, ActionStatus.STOPPED},
    ActionStatus.DONE: set(),
    ActionStatus.STOPPED: set(),
}

# Somebody still has to do something.
OPEN = (ActionStatus.PROPOSED, ActionStatus.AGREED, ActionStatus.RUNNING)
# Steps are reminded of; a proposal binds nobody yet.
AT_WORK = (ActionStatus.AGREED, ActionStatus.RUNNING)
# What may stand in a wijkagenda: what was agreed, and what became of it.
IN_AGENDA = (ActionStatus.AGREED, ActionStatus.RUNNING, ActionStatus.DONE, ActionStatus.STOPPED)
# What goes on stands on top of it.
READ_IN_THIS_ORDER = (ActionStatus.RUNNING, ActionStatus.AGREED, ActionStatus.DONE, ActionStatus.STOPPED)

ACTION_LABELS = {
    "partners.action_proposed": _("Actie voorgesteld"),
    "partners.action_changed": _("Actie gewijzigd"),
    "partners.action_agreed": _("Actie afgesproken"),
    "partners.action_started": _("Actie begonnen"),
    "partners.action_finished": _("Actie klaar"),
    "partners.action_stopped": _("Actie gestopt"),
    "partners.action_handed_over": _("Actie overgedragen"),
    "partners.step_added": _("Stap toegevoegd"),
    "partners.step_changed": _("Stap gewijzigd"),
    "partners.step_done": _("Stap gedaan"),
    "partners.step_removed": _("Stap verwijderd"),
    "partners.step_reminded": _("Herinnering aan een stap"),
    "partners.agenda_published": _("Wijkagenda gepubliceerd"),
    "partners.agenda_withdrawn": _("Wijkagenda van de website gehaald"),
}
