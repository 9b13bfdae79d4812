"""Follow the projects around a place that somebody points at on the map; without script too."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.moments import workflow
from participation.moments.forms.take_part import FollowPointForm
from participation.moments.rules import POINT_DECIMALS
from participation.moments.views.take_part import within_limits
from shared.wijken.models import Buurt
from shared.wijken.pointing import NARROW, WIDTHS, PointMap
from shared.wijken.shapes import Point

PLACE = "plek"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_point(request: HttpRequest) -> HttpResponse:
    """Tap on the map, then say how far around it and where the news may go."""
    width = _width(request.GET.get("kaart", NARROW))
    drawing = PointMap.of(width=WIDTHS[width])
    if "punt.x" in request.GET:
        found = drawing.clicked(request.GET)
        return redirect(f"{request.path}?{urlencode({'kaart': width, PLACE: _written(found) if found else '-'})}")
    place = _place(request, drawing)
    form = FollowPointForm(request.POST or None)
    if place and form.is_valid() and within_limits(request, form, form.cleaned_data["email"]):
        workflow.follow_point(*place, form.cleaned_data["radius"], **form.chosen)
        return redirect("moments:follow_asked")
    values = {
        "form": form,
        "drawing": drawing,
        "map_url": _map_url(request, width),
        "width": width,
        "buurt": place[1] if place else None,
        "place": request.GET.get(PLACE, "") if place else "",
        "error": _("Dat is buiten de gemeente. Tik op een plek in de gemeente.")
        if PLACE in request.GET and not place
        else "",
    }
    return render(request, "moments/follow_point.html", values)


@login_not_required
@cache_control(public=True, max_age=3600)
@require_safe
def drawing(request: HttpRequest, width: str) -> HttpResponse:
    """The map of the municipality, with the place that was pointed at.

    Raises:
        Http404: it is not drawn in that width.
    """
    if width not in WIDTHS:
        raise Http404
    drawn = PointMap.of(width=WIDTHS[width])
    place = _place(request, drawn)
    return HttpResponse(drawn.svg([("", place[0])] if place else []), content_type="image/svg+xml")


def _width(asked: str) -> str:
    return asked if asked in WIDTHS else NARROW


def _map_url(request: HttpRequest, width: str) -> str:
    address = reverse("moments:follow_map", args=[width])
    return f"{address}?{urlencode({PLACE: request.GET[PLACE]})}" if PLACE in request.GET else address


def _written(place: tuple[Point, Buurt]) -> str:
    """The point in an address, no more precise than what is kept of it."""
    return ",".join(f"{degrees:.{POINT_DECIMALS}f}" for degrees in place[0])


def _place(request: HttpRequest, drawing: PointMap) -> tuple[Point, Buurt] | None:
    """The point in the address with its buurt; None for what is no place in the municipality."""
    try:
        longitude, latitude = map(float, request.GET.get(PLACE, "").split(","))
    except ValueError:
        return None
    return drawing.at((longitude, latitude))
