"""The adviser's page, behind a signed link: the plan, the question and the answer. Who asked the money is not on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared import links
from shared.lifecycle import WorkflowError
from subsidies.enums import AdviceVerdict
from subsidies.forms.advice import AdviceForm
from subsidies.letters.review import ADVICE
from subsidies.models import Advice
from subsidies.workflow import review


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question with its form, take the answer in, and show what was answered from then on."""
    advice = _advice(token)
    closed = review.why_closed(advice, advice.application)
    form = AdviceForm(request.POST or None)
    if request.method == "POST" and not closed and form.is_valid():
        try:
            review.answer_advice(
                advice, verdict=AdviceVerdict(form.cleaned_data["verdict"]), text=form.cleaned_data["text"]
            )
        except WorkflowError as refusal:
            # Somebody with the same link was first, or the case was decided while this person wrote.
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Dank u wel. Uw advies is verstuurd."))
        return redirect("subsidies:advice", token=token)
    values = {"advice": advice, "application": advice.application, "closed": closed, "form": form}
    return render(request, "subsidies/advice.html", values)


def _advice(token: str) -> Advice:
    """The question that this link was made for.

    Raises:
        LinkInvalid: the address is not one of ours.
        Http404: the question is gone.
    """
    key = links.read(ADVICE, token)["advice"]
    asked = Advice.objects.select_related("application__wijk", "application__buurt", "application__scheme", "asked_by")
    found: Advice = get_object_or_404(asked, pk=key)
    return found
