"""The app for participation moments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from participation.moments.enums import ACTION_LABELS
from shared.audit import enums as audit
from shared.notifications.enums import CATEGORY_LABELS


class MomentsConfig(AppConfig):
    """People sign up, say what they think, and hear what was done with it."""

    name = "participation.moments"
    label = "moments"
    verbose_name = _("momenten en inbreng")

    def ready(self) -> None:
        """Name the steps, say whose messages staff may read, and tell the floors below what they can count on."""
        from ambassadors.roundup import LINES
        from initiatives.nearby import NEARBY
        from initiatives.parts import FILE_PARTS
        from participation.coverage import FEEDBACK
        from participation.moments import roundup
        from participation.moments.models import Moment
        from participation.moments.promised import dates, feedback_promised, results
        from participation.moments.workflow.clock import feedback_awaited, why_feedback_is_open, why_moments_are_open
        from participation.moments.workflow.moments import end_with_project
        from participation.moments.workflow.news import tell_followers
        from participation.motivation import DATES, RESULTS
        from participation.nearby import beside_plan, projects_near
        from participation.policies import OPEN_FEEDBACK, OPEN_MOMENTS
        from participation.workflow.case import ENDING, NEWS
        from participation.workflow.clock import SOURCES
        from shared.notifications.policies import SCOPES

        audit.ACTION_LABELS.update(ACTION_LABELS)
        CATEGORY_LABELS["moments"] = _("Meedoen met projecten")
        SCOPES[Moment._meta.label_lower] = Moment.objects.visible_to
        ENDING.append(end_with_project)
        OPEN_FEEDBACK.append(why_feedback_is_open)
        OPEN_MOMENTS.append(why_moments_are_open)
        SOURCES.append(feedback_awaited)
        FEEDBACK.append(feedback_promised)
        RESULTS.append(results)
        DATES.append(dates)
        LINES.append(roundup.lines)
        NEARBY.append(projects_near)
        FILE_PARTS.append(beside_plan)
        NEWS.append(lambda project, words: tell_followers(project, words, project))
