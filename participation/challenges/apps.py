"""The app for the right to challenge."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from participation.challenges.enums import ACTION_LABELS
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class ChallengesConfig(AppConfig):
    """Groups of residents ask to take over a task; talk, assessment, proposal, decision."""

    name = "participation.challenges"
    label = "challenges"
    verbose_name = _("uitdaagrecht")

    def ready(self) -> None:
        """Name the steps on timelines, and say whose messages staff may read: those of the requests they handle."""
        from initiatives.parts import PUBLIC_PARTS
        from participation.challenges import plan_cards
        from participation.challenges.models import Challenge
        from shared.notifications.policies import SCOPES

        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["challenges"] = _("Uitdaagrecht")
        SCOPES[Challenge._meta.label_lower] = Challenge.objects.reviewable_by
        PUBLIC_PARTS.append(plan_cards.public_part)
