"""How projects look in a list: every string prepared once, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.models import Project
from participation.moments.enums import Status
from participation.querysets import ProjectQuerySet


@dataclass(frozen=True)
class ProjectCard:
    """A project in a list; `join` says until when people can take part, if they can now."""

    url: str
    title: str
    area: str
    phase: str
    phase_label: str
    summary: str
    join: str


def with_next_moment(published: ProjectQuerySet) -> ProjectQuerySet:
    """These projects with the last chance to take part in what ends first, there or online."""
    now = timezone.now()
    still = Q(moments__ends_at__gte=now) | Q(moments__contributions_until__gte=now)
    last = Greatest("moments__ends_at", "moments__contributions_until")
    return published.annotate(open_until=Min(last, filter=still & Q(moments__status=Status.ANNOUNCED)))


def open_before_others(published: ProjectQuerySet) -> ProjectQuerySet:
    """Where people can take part comes first, what ends first at the top; then the newest on the website."""
    return with_next_moment(published).order_by(F("open_until").asc(nulls_last=True), "-published_at", "-pk")


def cards(projects: ProjectQuerySet) -> list[ProjectCard]:
    """The cards of projects `with_next_moment`, in the order of the query; three queries."""
    return [_card(project) for project in projects.prefetch_related("wijken", "buurten")]


def open_first(projects: ProjectQuerySet, number: int) -> list[ProjectCard]:
    """The projects in which people can take part now, those that end first."""
    found = with_next_moment(projects.published().active()).filter(open_until__isnull=False)
    return cards(found.order_by("open_until", "pk")[:number])


def join_in_words(project: Project) -> str:
    """Until when people can take part in a project `with_next_moment`; empty if they cannot."""
    until: datetime | None = vars(project)["open_until"]
    return _("meedoen kan t/m %(day)s") % {"day": format_date(localtime(until), "j F")} if until else ""


def how_many(number: int) -> str:
    """3 projecten."""
    return ngettext("%d project", "%d projecten", number) % number


def area_in_words(project: Project) -> str:
    """The wijken or buurten, or everywhere."""
    names = [str(area) for area in (project.buurten.all() or project.wijken.all())]
    return ", ".join(names) or _("hele gemeente")


def _card(project: Project) -> ProjectCard:
    return ProjectCard(
        url=project.get_absolute_url(),
        title=project.title,
        area=area_in_words(project),
        phase=project.phase,
        phase_label=project.phase_label,
        summary=_shorten(project.summary),
        join=join_in_words(project),
    )


def _shorten(text: str, longest: int = 160) -> str:
    first, *_rest = text.split("\n\n")
    return first if len(first) <= longest else first[:longest].rsplit(" ", 1)[0] + "…"
