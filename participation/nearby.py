"""Projects of the municipality near a plan of residents: what the pages of initiatives and applications show."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.nearby import Nearby
from participation import cards
from participation.forms.filter import in_wijken
from participation.models import Project
from shared.wijken.models import Wijk

AT_MOST = 3


def projects_near(wijk: Wijk) -> Iterator[Nearby]:
    """Running projects in this wijk, those in which people can take part first."""
    found = Project.objects.published().active().filter(in_wijken(Q(pk=wijk.pk))).distinct()
    for card in cards.cards(cards.open_before_others(found)[:AT_MOST]):
        more = card.join or _("nu: %(phase)s") % {"phase": card.phase_label.lower()}
        yield Nearby(title=card.title, text=more, url=card.url)
