"""What everybody may read: what the right to challenge is, and the requests that groups want to be seen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participation.challenges.enums import Criterion
from participation.challenges.models import Challenge
from participation.challenges.timeline import public_timeline
from shared.links import absolute
from shared.ui.page_cache import public_page


@public_page()
@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """What it is, what it is judged by, what the steps are, and which groups went before."""
    challenges = Challenge.objects.public().select_related("wijk").defer("wijk__geometry")
    shown = {"criteria": [criterion.label for criterion in Criterion], "challenges": challenges}
    return render(request, "challenges/explain.html", shown)


@public_page()
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """How one request stands; nobody's name but the group's."""
    found = Challenge.objects.public().select_related("wijk", "initiative").defer("wijk__geometry")
    challenge = get_object_or_404(found, reference=reference)
    initiative = challenge.initiative
    return render(
        request,
        "challenges/detail.html",
        {
            "challenge": challenge,
            "initiative": initiative if initiative and initiative.is_published else None,
            "timeline": public_timeline(challenge),
            "share_url": absolute(challenge.get_absolute_url()),
        },
    )
