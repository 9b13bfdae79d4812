"""What the moments tell the coverage and the papers of a project: days, feedback that was promised, what it said."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from participation.coverage import Promised
from participation.models import Project
from participation.moments.cards import where_in_words
from participation.moments.enums import Status
from participation.moments.models import Feedback, Moment


def feedback_promised() -> Iterator[Promised]:
    """Each moment with a last day for its feedback, and when everybody heard."""
    moments = Moment.objects.filter(feedback_due_on__isnull=False).order_by("pk")
    for project, due_on, sent_at in moments.values_list("project_id", "feedback_due_on", "feedback__sent_at"):
        if due_on is not None:
            yield Promised(project, due_on, timezone.localdate(sent_at) if sent_at else None)


def dates(project: Project) -> Iterator[str]:
    """The moments that were announced and are not over, with day and place."""
    coming = Moment.objects.filter(project=project, status=Status.ANNOUNCED, ends_at__gte=timezone.now())
    for moment in coming.select_related("project"):
        words = {"moment": moment.title, "when": moment.when, "where": where_in_words(moment)}
        yield (_("%(moment)s: %(when)s, %(where)s") if words["where"] else _("%(moment)s: %(when)s")) % words


def results(project: Project) -> Iterator[str]:
    """What was heard at each moment, what is done with it, and what not and why."""
    given = Feedback.objects.filter(moment__project=project).select_related("moment").order_by("moment__starts_at")
    for feedback in given:
        words = {
            "moment": feedback.moment.title,
            "day": format_date(timezone.localtime(feedback.moment.starts_at), "j F Y"),
            "heard": feedback.heard,
            "doing": feedback.doing,
            "not_doing": feedback.not_doing,
        }
        yield (
            _(
                "%(moment)s (%(day)s). Wat wij hoorden: %(heard)s Wat wij ermee doen: %(doing)s "
                "Wat wij niet doen, en waarom: %(not_doing)s"
            )
            % words
        )
