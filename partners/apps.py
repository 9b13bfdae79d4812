"""Wijkpartners: offers and needs, joint actions, the agenda and the noticeboard."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from partners.enums import actions, agenda, newsletter, noticeboard, offers, signals, walks
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS, OWN_RHYTHM


class PartnersConfig(AppConfig):
    """Partners and what they do together."""

    name = "partners"
    verbose_name = _("wijkpartners")

    def ready(self) -> None:
        """Name the steps on timelines, and say whose messages staff may read: those of the wijken they coordinate."""
        # Whoever sends a letter, a web process included, must know the task that writes it to its readers.
        from initiatives.parts import FILE_PARTS, PUBLIC_PARTS
        from initiatives.ways import WAYS_ON
        from partners import tasks  # noqa: F401
        from partners.blocks import BLOCKS
        from partners.blocks import agenda as agenda_blocks
        from partners.blocks import offers as offer_blocks
        from partners.blocks import together as together_blocks
        from partners.cards import plans as plan_cards
        from partners.letters.newsletter import rhythm_url
        from partners.models import JointAction, Match, Notice, Partner, Signal, Walk
        from partners.moments import participation, together
        from partners.moments.initiatives import plans
        from partners.moments.news import SECTIONS
        from partners.moments.news_own import OWN_SECTIONS
        from partners.moments.own import agenda_items
        from partners.moments.sources import SOURCES
        from partners.policies.together import in_wijken_of
        from shared.accounts.policies import wijken_of
        from shared.notifications.policies import SCOPES

        for subject in (actions, agenda, newsletter, noticeboard, offers, signals, walks):
            audit.ACTION_LABELS.update(subject.ACTION_LABELS)
        CATEGORY_LABELS.update({"partners": _("Samenwerken in de wijk"), "noticeboard": _("Prikbord")})
        for model in (JointAction, Notice, Signal, Walk):
            SCOPES[model._meta.label_lower] = partial(in_wijken_of, model)
        # What partners and what lies below bring into the one agenda.
        SOURCES.extend([agenda_items, plans, participation.occasions, together.walks, together.action_steps])
        SOURCES.append(together.published_actions)
        CATEGORY_LABELS["partner_needs"] = _("Nieuwe vragen in uw wijken")
        SCOPES[Partner._meta.label_lower] = Partner.objects.manageable_by
        SCOPES[Match._meta.label_lower] = lambda user: Match.objects.in_wijken(wijken_of(user))
        BLOCKS.extend([offer_blocks.matches, offer_blocks.new_needs, offer_blocks.own_listings])
        SECTIONS.extend([*OWN_SECTIONS, participation.HAVE_YOUR_SAY, participation.WHAT_WAS_HEARD])
        SECTIONS.extend([participation.DECISIONS, participation.OPEN_PROJECTS])
        BLOCKS.append(agenda_blocks.coming)
        CATEGORY_LABELS[newsletter.CATEGORY] = _("Wijkbrief")
        OWN_RHYTHM[newsletter.TOPIC] = rhythm_url
        BLOCKS.extend([together_blocks.waiting, together_blocks.board, together_blocks.going_on])
        PUBLIC_PARTS.append(plan_cards.public_part)
        FILE_PARTS.append(plan_cards.file_part)
        WAYS_ON.append(plan_cards.ways)
