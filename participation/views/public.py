"""What everybody may read about projects: the list with its map, and a page per project. Only what was published."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from initiatives.cards import cards as initiative_cards
from participation import cards, timeline
from participation.enums import Level, Outcome
from participation.forms.filter import ProjectFilterForm
from participation.models import ParticipationCheck, Project
from participation.moments.cards import cards as moment_cards
from participation.moments.enums import Status
from participation.moments.models import Evaluation, Moment
from participation.nearby import initiatives_near
from shared.links import absolute
from shared.themes.models import Theme
from shared.ui.page_cache import public_page
from shared.wijken.maps import wijken_map
from shared.wijken.models import Wijk
from shared.wijken.pointing import WIDTHS, PointMap

PER_PAGE = 20
NEARBY_INITIATIVES = 3
# Another choice of where takes the place of these.
PLACES = ("postcode", "wijk")


@public_page("postcode", "wijk", "fase", "thema", "meedoen", "pagina")
@require_safe
def list_projects(request: HttpRequest) -> HttpResponse:
    """All projects on the website, by postcode, wijk, phase and theme; beside a map that says the same."""
    wijken = list(Wijk.objects.current().without_geometry())
    form = ProjectFilterForm(request.GET, wijken=wijken, themes=list(Theme.objects.choosable()))
    found = cards.open_before_others(form.narrow(Project.objects.published()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = cards.cards(page.object_list)
    return render(
        request,
        "participation/list.html",
        {
            "filter": form,
            "page": page,
            "map": wijken_map(wijken, _counts(form, wijken), _wijk_links(form, wijken), in_words=cards.how_many),
        },
    )


@public_page()
@require_safe
def project(request: HttpRequest, reference: str) -> HttpResponse:
    """One project: what is decided when and by whom, what you can influence, how to join, and what came of it."""
    related = ("department", "alderman")
    found = get_object_or_404(Project.objects.published().select_related(*related), reference=reference)
    check = found.checks.public().first()
    phases = list(found.phases.all())
    moments = list(Moment.objects.public().filter(project=found).select_related("project", "feedback"))
    near = initiatives_near(Project.objects.filter(pk=found.pk))
    return render(
        request,
        "participation/project.html",
        {
            "project": found,
            "area": cards.area_in_words(found),
            "wijken": found.wijken.without_geometry(),
            "phases": timeline.phase_rows(found, phases),
            "decision_day": timeline.decision_day(phases),
            "coming": moment_cards(moment for moment in moments if moment.status == Status.ANNOUNCED),
            "past": [moment for moment in reversed(moments) if moment.status in (Status.HELD, Status.CLOSED)],
            "timeline": timeline.public_timeline(found, phases),
            "evaluation": Evaluation.objects.filter(check_of__project=found).first(),
            "initiatives": initiative_cards(near[:NEARBY_INITIATIVES]),
            "challenges": found.challenges.public(),
            "share_url": absolute(found.get_absolute_url()),
            **_promise(check),
        },
    )


@public_page()
@require_safe
def project_map(request: HttpRequest, reference: str) -> HttpResponse:
    """The map of the municipality with the place of a project, as a picture.

    Raises:
        Http404: nobody said where it is.
    """
    found = get_object_or_404(Project.objects.published(), reference=reference, latitude__isnull=False)
    point = (float(found.longitude or 0), float(found.latitude or 0))
    return HttpResponse(PointMap.of(width=WIDTHS["breed"]).svg([("", point)]), content_type="image/svg+xml")


def _promise(check: ParticipationCheck | None) -> dict[str, object]:
    """What the published check says: the level and what that promises, also where it differs for a group."""
    if check is None:
        return {"check": None}
    groups = [(group.name, Level(group.level)) for group in check.groups.all() if group.level not in ("", check.level)]
    return {
        "check": check,
        "level": Level(check.level) if check.level else None,
        "groups": groups,
        "no_participation": check.outcome == Outcome.NONE,
    }


def _counts(form: ProjectFilterForm, wijken: list[Wijk]) -> Counter[int]:
    """How many projects each wijk has under the other filters; one for the whole municipality counts in each."""
    narrowed = form.narrow(Project.objects.published(), leave_out=PLACES).order_by()
    rows = narrowed.values_list("pk", "wijken", "buurten__wijk")
    places: dict[int, set[int]] = {}
    for pk, wijk, wijk_of_buurt in rows:
        places.setdefault(pk, set()).update(number for number in (wijk, wijk_of_buurt) if number)
    everywhere = {wijk.pk for wijk in wijken}
    return Counter(number for found in places.values() for number in (found or everywhere))


def _wijk_links(form: ProjectFilterForm, wijken: list[Wijk]) -> dict[int, str]:
    address = reverse("participation:list")
    others = {name: value for name, value in form.chosen.items() if name not in PLACES}
    return {wijk.pk: f"{address}?{urlencode(others | {'wijk': wijk.slug})}" for wijk in wijken}
