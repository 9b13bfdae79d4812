"""News of a project for who follows it, its wijk, its buurt, or a circle on the map that it lies in."""

from django.db import models

from participation.models import Project
from participation.moments.models import AreaFollow, Moment
from shared.notifications import digest
from shared.wijken.models import Buurt, Wijk
from shared.wijken.shapes import metres_between, metres_to

CATEGORY = "participation"
# The subscription of who wants the news of all projects for the whole municipality too comes with each area.


def tell_followers(project: Project, news: str, about: Moment | Project, *, key: str = "") -> None:
    """Put a line of news in the next digest of everybody around; who follows in two ways reads it once."""
    if not project.is_published:
        return
    what = key or f"{about._meta.label_lower}:{about.pk}:{about.version}"
    line = {
        "category": CATEGORY,
        "title": f"{project.title}: {news}",
        "url": about.get_absolute_url(),
        "key": f"news:{what}",
    }
    for topic in topics_of(project):
        digest.publish(about=topic, **line)


def topics_of(project: Project) -> list[models.Model]:
    """Everything that somebody can follow to hear of this project; without wijken it is for everybody."""
    wijken = list(project.wijken.all())
    buurten = list(project.buurten.all())
    if not wijken and not buurten:
        areas: list[models.Model] = [*Wijk.objects.current(), *Buurt.objects.current(), *AreaFollow.objects.all()]
        return [project, *areas]
    around = {buurt.wijk_id for buurt in buurten} | {wijk.pk for wijk in wijken}
    # A project for a whole wijk is news in each of its buurten; one for a buurt is news for who follows its wijk.
    whole = {wijk.pk for wijk in wijken} - {buurt.wijk_id for buurt in buurten}
    near = Buurt.objects.current().filter(models.Q(pk__in=[b.pk for b in buurten]) | models.Q(wijk__in=whole))
    return [project, *Wijk.objects.filter(pk__in=around), *near, *circles_around(project, list(near))]


def circles_around(project: Project, buurten: list[Buurt]) -> list[AreaFollow]:
    """The circles that this project lies in: by its point when it has one, else those that touch its buurten."""
    here = (float(project.longitude or 0), float(project.latitude or 0)) if project.has_point else None

    def reaches(circle: AreaFollow) -> bool:
        if here is not None:
            return metres_between(here, circle.point) <= circle.radius
        return any(
            metres_to(buurt.geometry, circle.point) <= circle.radius if buurt.geometry else buurt.pk == circle.buurt_id
            for buurt in buurten
        )

    return [circle for circle in AreaFollow.objects.all() if reaches(circle)]
