"""What is coming in my wijken, on the start page."""

from datetime import timedelta

from django.utils.translation import gettext as _

from partners.blocks import Block
from partners.cards.agenda import Names, parts
from partners.moments.audience import audience_of
from partners.moments.sources import gather
from partners.policies.agenda import may_add
from partners.rules.agenda import Window
from shared.accounts.models import User
from shared.terms.calendar import today
from shared.wijken.models import Wijk

TEMPLATE = "partners/blocks/agenda.html"
MOST = 6
AHEAD = timedelta(days=31)


def coming(user: User, wijken: list[Wijk]) -> Block | None:
    """The next moments that this person may see, in these wijken or in all of the municipality."""
    # An ambassador has no wijk of their own, and works in all.
    wijken = wijken or list(Wijk.objects.current().without_geometry())
    now = today()
    here = {wijk.pk for wijk in wijken}
    found = gather(Window(now, now + AHEAD), audience_of(user))
    near = [moment for moment in found if not moment.wijken or moment.wijken & here]
    names = Names({wijk.pk: wijk.short_name for wijk in wijken})
    return Block(_("Agenda"), TEMPLATE, {"parts": parts(near[:MOST], names, now), "may_add": may_add(user)}, 40)
