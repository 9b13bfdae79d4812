"""The moments on Vandaag: of the projects that I lead, those that wait for feedback or for a look at contributions."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.moments.enums import ContributionStatus
from participation.moments.models import Moment
from shared.accounts.models import User
from shared.terms.calendar import days_left_in_words, today
from wbw_portal.today_parts import MOST_ROWS

SOON = 5


@dataclass(frozen=True)
class MomentRow:
    """A moment, how long there is left for its feedback, and what it asks for."""

    title: str
    project: str
    asks: str
    left: str
    urgency: str
    url: str


def waiting(user: User) -> list[MomentRow]:
    """What this project lead has to do after or during a moment, the most urgent first."""
    pending = Count("contributions", filter=Q(contributions__status=ContributionStatus.PENDING))
    mine = Moment.objects.filter(project__lead=user).select_related("project", "feedback").annotate(pending=pending)
    owed = Moment.objects.awaiting_feedback().order_by().values("pk")
    found = mine.filter(Q(pk__in=owed) | Q(pending__gt=0))
    return [_row(moment) for moment in found.order_by(F("feedback_due_on").asc(nulls_last=True), "pk")[:MOST_ROWS]]


def _row(moment: Moment) -> MomentRow:
    due = None if hasattr(moment, "feedback") else moment.feedback_due_on
    pending: int = moment.pending  # type: ignore[attr-defined]
    words = ngettext("%(n)d bijdrage te bekijken", "%(n)d bijdragen te bekijken", pending) % {"n": pending}
    asks = [*([words] if pending else []), *([_("vertellen wat u ermee doet")] if due else [])]
    days = (due - today()).days if due else SOON
    return MomentRow(
        title=moment.title,
        project=moment.project.title,
        asks=", ".join(asks) or _("opschrijven dat het is geweest"),
        left=days_left_in_words(due, today()) if due else "",
        urgency="late" if days < 0 else "soon" if days < SOON else "calm",
        url=reverse("admin:moments_moment_change", args=[moment.pk]),
    )
