"""How projects look in the lists of staff: whose turn it is, how long there is left, and in which order they come."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, Exists, F, OrderBy, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.board import Trouble
from participation.enums import CHECK_IN_PREPARATION, FIRST_PHASES, CheckStatus
from participation.models import ParticipationCheck, Project, ProjectPhase
from participation.querysets import ProjectQuerySet, in_wijken_of, led_by, of_department_of
from shared.accounts.models import User
from shared.terms.calendar import days_left_in_words

# Fewer days than this to a last day ask for attention.
SOON = 5


@dataclass(frozen=True)
class Due:
    """A last day in words, with how urgent that is: late, soon, calm or none."""

    words: str
    urgency: str
    day: date | None = None


def with_checks(projects: ProjectQuerySet) -> ProjectQuerySet:
    """The last day and the state of the check of the present phase, for lists."""
    newest = ParticipationCheck.objects.filter(project=OuterRef("pk")).exclude(status=CheckStatus.LAPSED)
    here = ProjectPhase.objects.filter(project=OuterRef("pk"), kind=OuterRef("phase"))
    return projects.annotate(
        check_due_on=Subquery(here.values("check_due_on")[:1]),
        check_status=Subquery(newest.order_by("-number").values("status")[:1], output_field=CharField()),
        is_checked=is_checked("pk"),
        open_due=Case(When(status="active", is_checked=False, then=F("check_due_on"))),
    )


def is_checked(outer: str) -> Q:
    """A signed check serves the phase that the project is in."""
    signed = ParticipationCheck.objects.signed().filter(project=OuterRef(outer))
    own = signed.filter(phase__kind=OuterRef("phase"))
    early = signed.filter(phase__kind__in=FIRST_PHASES)
    return Q(Exists(own)) | (Q(phase__in=FIRST_PHASES) & Q(Exists(early)))


def late(projects: ProjectQuerySet, today: date) -> ProjectQuerySet:
    """Active projects whose last day for a check has passed without one."""
    return with_checks(projects).filter(open_due__lt=today)


def late_by_department(today: date) -> dict[int, Trouble]:
    """For the board of the coordinator: how many checks of each department are late, and where they are; one query."""
    found = late(Project.objects.active(), today).order_by().values_list("department")
    address = reverse("admin:participation_project_changelist")
    return {
        department: Trouble(
            ngettext("%(n)d check te laat", "%(n)d checks te laat", n) % {"n": n},
            "late",
            f"{address}?{urlencode({'check': 'te-laat', 'afdeling': department})}",
        )
        for department, n in found.annotate(n=Count("pk"))
    }


def due(project: Project, today: date) -> Due:
    """How long there is left for the check; of a project from `with_checks`."""
    day = project.open_due  # type: ignore[attr-defined]
    if day is None:
        return Due("", "none")
    left = (day - today).days
    urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
    return Due(days_left_in_words(day, today), urgency, day)


def check_label(status: str | None) -> str:
    """The state of the check in words; a project without one says so."""
    return str(CheckStatus(status).label) if status else _("Nog geen check")


def most_urgent_first() -> list[OrderBy]:
    """Running terms by their day, so what is late comes first; then the rest, newest first."""
    return [OrderBy(F("open_due"), nulls_last=True), F("registered_at").desc(), F("pk").desc()]


def waiting_for(user: User) -> Q:
    """The projects whose check waits for this person now: a condition on projects from `with_checks`."""
    turns = {
        CheckStatus.AMBASSADOR: of_department_of(user),
        CheckStatus.ADVICE: in_wijken_of(user),
    }
    leading = led_by(user)
    mine = Q(check_status__in=[CheckStatus.DRAFT, CheckStatus.RETURNED, CheckStatus.ADVISED]) & leading
    mine |= (Q(check_status=None) | ~Q(check_status__in=CHECK_IN_PREPARATION)) & Q(is_checked=False) & leading
    for status, whose in turns.items():
        mine |= Q(check_status=status) & whose
    return Q(status="active") & mine


def waits_for_staff(user: User) -> ProjectQuerySet:
    """Everything that waits for this person, most urgent first."""
    # Two wijken of one project are two rows of a join, so the condition is asked of the number only.
    numbers = with_checks(Project.objects.active()).filter(waiting_for(user)).values("pk")
    return with_checks(Project.objects.filter(pk__in=numbers)).order_by(*most_urgent_first())
