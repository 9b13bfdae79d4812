"""What is near what: projects of the municipality beside plans of residents, and plans beside projects."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from initiatives.cards import Card
from initiatives.cards import cards as plan_cards
from initiatives.enums import OPEN_TO_NEIGHBOURS
from initiatives.models import Initiative
from initiatives.nearby import Nearby
from initiatives.parts import Part
from initiatives.querysets import InitiativeQuerySet
from participation import cards
from participation.enums import PhaseKind
from participation.forms.filter import in_wijken
from participation.models import Project, ProjectPhase
from participation.querysets import ProjectQuerySet
from shared.terms.calendar import today
from shared.wijken.models import Wijk

AT_MOST = 3


@dataclass(frozen=True)
class PlanNear:
    """A plan on the website, and the projects in its wijk in words."""

    plan: Card
    projects: str


def projects_near(wijk: Wijk) -> Iterator[Nearby]:
    """Running projects in this wijk and when the work begins, those in which people can take part first; one query."""
    # One row for each project: the question about its moments groups by it.
    there = Project.objects.published().active().filter(in_wijken([wijk]))
    shown = cards.open_before_others(there).annotate(works_from=_works_from())
    for project in shown.only("reference", "title", "phase")[:AT_MOST]:
        yield Nearby(title=project.title, text=_now_and_then(project), url=project.get_absolute_url())


def _works_from() -> Subquery:
    """The day on which the work is planned to begin; a month that has passed is no plan any more."""
    ahead = ProjectPhase.objects.filter(
        project=OuterRef("pk"),
        kind=PhaseKind.EXECUTION,
        started_on__isnull=True,
        planned_from__gte=today().replace(day=1),
    )
    return Subquery(ahead.values("planned_from")[:1])


def _now_and_then(project: Project) -> str:
    now = cards.join_in_words(project) or _("nu in de fase %(phase)s") % {"phase": project.phase_label.lower()}
    begins: date | None = vars(project)["works_from"]
    if begins is None:
        return now
    return _("%(now)s, de uitvoering begint in %(month)s") % {"now": now, "month": format_date(begins, "F Y")}


def beside_plan(initiative: Initiative) -> Part | None:
    """The same projects on the file of a plan: who answers may pass it on, or let the two go together."""
    near = list(projects_near(initiative.wijk)) if initiative.wijk else []
    return Part("admin/initiatives/_nearby.html", {"nearby": near}) if near else None


def initiatives_near(projects: ProjectQuerySet) -> InitiativeQuerySet:
    """Plans on the website in the wijken of these projects, the newest first. What is everywhere is near nothing."""
    there = Q(projects__in=projects) | Q(buurten__projects__in=projects)
    wijken = Wijk.objects.filter(there).order_by().values("pk")
    return Initiative.objects.published().filter(wijk__in=wijken).order_by("-published_at", "-pk")


def plans_near(projects: ProjectQuerySet, *, at_most: int) -> list[PlanNear]:
    """Plans that are alive near these projects, with what the municipality does there; two queries."""
    alive = initiatives_near(projects).filter(status__in=OPEN_TO_NEIGHBOURS)
    found = plan_cards(alive[:at_most])
    titles = _titles_by_wijk(projects) if found else {}
    return [PlanNear(plan, ", ".join(sorted(titles[plan.area]))) for plan in found]


def _titles_by_wijk(projects: ProjectQuerySet) -> dict[str, set[str]]:
    """The titles under the short name of each wijk that a project, or a buurt of it, lies in."""
    titles: dict[str, set[str]] = defaultdict(set)
    for title, *wijken in projects.values_list("title", "wijken__short_name", "buurten__wijk__short_name"):
        for wijk in filter(None, wijken):
            titles[wijk].add(title)
    return titles
