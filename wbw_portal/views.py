"""Public pages that mix programmes: the home page and the page of a wijk."""

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.cards import cards, how_many
from initiatives.models import Initiative
from participation import cards as projects
from participation.models import Project
from partners.blocks import blocks_for
from partners.blocks.agenda import TEMPLATE as AGENDA
from partners.moments.audience import audience_of
from partners.policies.together import takes_part
from shared.accounts.decorators import staff_required
from shared.terms.calendar import today
from shared.ui.notations import read_postcode
from shared.ui.page_cache import public_page
from shared.wijken.lookup import propose
from shared.wijken.maps import wijken_map
from shared.wijken.models import Wijk
from subsidies.cards import scheme_cards
from subsidies.models import Scheme
from wbw_portal.wijk_page import gather_wijk, next_moments, wijken_for_page

NEWEST = 3
OPEN_PROJECTS = 3


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can I do here, and what happens near me?"""
    wijken = list(Wijk.objects.current())
    published = Initiative.objects.published()
    return render(
        request,
        "portal/home.html",
        {
            "wijken": wijken,
            "schemes": [card for card in scheme_cards(Scheme.objects.public(), today()) if card.is_open],
            "newest": cards(published.order_by("-published_at", "-pk")[:NEWEST]),
            "agenda": next_moments(wijken),
            "projects": projects.open_first(Project.objects.all(), OPEN_PROJECTS),
            "map": wijken_map(wijken, _per_wijk(), _wijk_links(wijken), in_words=how_many),
        },
    )


@login_not_required
@require_safe
def wijken(request: HttpRequest) -> HttpResponse:
    """All wijken; with a postcode straight to the right one, or to a choice when the postcode leaves doubt."""
    typed = request.GET.get("postcode", "").strip()
    postcode = read_postcode(typed)
    candidates = propose(postcode, None).candidates if postcode else []
    near = list({buurt.wijk_id: buurt.wijk for buurt in candidates}.values())
    if len(near) == 1:
        return redirect("wijk", slug=near[0].slug)
    every = list(Wijk.objects.current())
    return render(
        request,
        "portal/wijken.html",
        {
            "typed": typed,
            "is_postcode": postcode is not None,
            "near": near,
            "wijken": every,
            "map": wijken_map(every, _per_wijk(), _wijk_links(every), in_words=how_many),
        },
    )


@public_page()
@require_safe
def wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything of one wijk: who to call, which plans there are, and a few numbers."""
    wijk = get_object_or_404(wijken_for_page(), slug=slug)
    return render(request, "portal/wijk.html", {"page": gather_wijk(wijk), "blocks": ()})


@staff_required()
@never_cache
@require_safe
def own_wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for who works there, with what they may see besides; in another wijk a partner has nothing more."""
    audience = audience_of(request.user)
    wijk = get_object_or_404(wijken_for_page(), slug=slug)
    if not audience.is_inside and wijk.pk not in audience.partner_wijken:
        raise Http404
    # The page itself has the agenda already. Who has no part in the network has no doors to it either.
    found = blocks_for(request.user, [wijk]) if takes_part(request.user) else []
    blocks = [block for block in found if block.template != AGENDA]
    return render(request, "portal/wijk.html", {"page": gather_wijk(wijk, audience), "blocks": blocks})


def _per_wijk() -> Counter[int]:
    rows = Initiative.objects.published().order_by().values_list("wijk_id").annotate(n=Count("pk"))
    return Counter(dict(rows))


def _wijk_links(wijken: list[Wijk]) -> dict[int, str]:
    return {wijk.pk: reverse("wijk", args=[wijk.slug]) for wijk in wijken}
