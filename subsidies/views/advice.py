"""Links to an adviser's page that were sent when only applications had advice: they lead to the page of today."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ambassadors import letters
from ambassadors.models import AdviceRequest
from shared import links

# What links of before were signed for.
ADVICE = "subsidies.advice"


@login_not_required
@never_cache
@require_safe
def moved(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to the question that this link was made for, unless somebody else answers it by now.

    Raises:
        LinkInvalid: the address is not one of ours.
        Http404: the question is gone.
    """
    asked = get_object_or_404(AdviceRequest, former_key=links.read(ADVICE, token)["advice"])
    # The links of before belong to who was asked first: after a hand-over they say that a colleague answers.
    return redirect("ambassadors:advice", token=letters.token(asked, turn=1))
