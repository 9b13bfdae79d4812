"""Projects of the municipality, their early participation check, and how residents take part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from participation.enums import ACTION_LABELS
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class ParticipationConfig(AppConfig):
    """Projects, checks, moments and the right to challenge."""

    name = "participation"
    verbose_name = _("projecten en participatie")

    def ready(self) -> None:
        """Name the steps on timelines, and say whose messages staff may read: those of the projects they see."""
        from ambassadors import board, subjects
        from ambassadors.roundup import LINES
        from participation import own_page, roundup, worklist
        from participation.advice import KIND
        from participation.models import Project
        from shared.notifications.policies import SCOPES

        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["participation"] = _("Projecten van de gemeente")
        SCOPES[Project._meta.label_lower] = Project.objects.visible_to
        subjects.register(KIND)
        own_page.register()
        LINES.append(roundup.lines)
        board.TROUBLES.append(worklist.late_by_department)
