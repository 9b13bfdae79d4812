"""Wijkpartners: offers and needs, joint actions, the agenda and the noticeboard."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from partners.enums import actions, agenda, noticeboard, signals, walks
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class PartnersConfig(AppConfig):
    """Partners and what they do together."""

    name = "partners"
    verbose_name = _("wijkpartners")

    def ready(self) -> None:
        """Name the steps on timelines, and say whose messages staff may read: those of the wijken they coordinate."""
        from partners.models import JointAction, Notice, Signal, Walk
        from partners.moments.initiatives import plans
        from partners.moments.own import agenda_items
        from partners.moments.sources import SOURCES
        from partners.policies.together import in_wijken_of
        from shared.notifications.policies import SCOPES

        for subject in (actions, agenda, noticeboard, signals, walks):
            audit.ACTION_LABELS.update(subject.ACTION_LABELS)
        CATEGORY_LABELS.update({"partners": _("Samenwerken in de wijk"), "noticeboard": _("Prikbord")})
        for model in (JointAction, Notice, Signal, Walk):
            SCOPES[model._meta.label_lower] = partial(in_wijken_of, model)
        # What partners and what lies below bring into the one agenda.
        SOURCES.extend([agenda_items, plans])
