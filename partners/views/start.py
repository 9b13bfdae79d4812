"""The partner's own start page: what waits, what is mine, and what the other subjects add."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.blocks import blocks_for
from partners.policies.offers import owners_for
from partners.policies.organisations import network_wijken_of, organisations_of
from partners.views.door import network_page


@network_page
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """For whom I act and where, then the blocks."""
    wijken = list(network_wijken_of(request.user).without_geometry().order_by("code"))
    return render(
        request,
        "partners/start.html",
        {
            "organisations": list(organisations_of(request.user)),
            "wijken": wijken,
            "may_offer": bool(owners_for(request.user)),
            "blocks": blocks_for(request.user, wijken),
        },
    )
