"""Who was first, for a person whose step comes too late."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.audit.models import Event
from shared.ui.templatetags.ui import clock, day


def who_was_first(case: models.Model, *, is_done: bool) -> str:
    """What changed since the person looked, by whom and when; empty when the trail does not know."""
    last = Event.objects.about(case).exclude(action="audit.read").first()
    if last is None:
        return ""
    when = clock(last.occurred_at)
    if timezone.localdate(last.occurred_at) != timezone.localdate():
        when = f"{when} ({day(last.occurred_at)})"
    values = {"what": last.action_label, "who": last.actor_label or _("de indiener"), "when": when}
    if is_done:
        return _("Dit is al gedaan door %(who)s om %(when)s: “%(what)s”. Er is niets verstuurd.") % values
    return _("Intussen is er iets gewijzigd door %(who)s om %(when)s: “%(what)s”. Er is niets verstuurd.") % values
