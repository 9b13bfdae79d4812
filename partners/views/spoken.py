"""The coordinator asks an initiator aloud, who may have no e-mail, and writes the answer down."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.models import Initiative
from initiatives.policies import may_review
from partners.enums.offers import Side
from partners.forms.spoken import SpokenForm, SpokenResultForm
from partners.models import HelpConsent, Match
from partners.views.rooms import attempt
from partners.workflow import needs, results, spoken
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role


@never_cache
@staff_required(Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_aloud(request: HttpRequest, reference: str) -> HttpResponse:
    """What to ask, whom to call, and the answers."""
    initiative = _reviewed(request, reference)
    consent = HelpConsent.objects.filter(initiative=initiative).first()
    form = SpokenForm(
        request.POST or None,
        consent=consent,
        may_agree=initiative.is_open_to_neighbours and bool(initiative.help_wanted),
        matches=needs.waiting_for(initiative),
    )

    def keep() -> str:
        may_see, contact = form.answers()
        channel = form.cleaned_data["channel"]
        spoken.write_down(initiative, may_see_help=may_see, contact=contact, channel=channel, by=request.user)
        messages.success(request, _("Het antwoord is vastgelegd."))
        return request.path

    if address := attempt(request, form, keep):
        return redirect(address)
    values = {
        "form": form,
        "initiative": initiative,
        "consent": consent,
        "met": results.told_by_nobody(initiative),
    }
    return render(request, "partners/spoken.html", values)


@never_cache
@staff_required(Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def result_aloud(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How it went with a partner, told by an initiator who cannot use the link."""
    initiative = _reviewed(request, reference)
    match = get_object_or_404(Match.objects.filter(need__initiative=initiative).with_sides(), pk=pk)
    if not match.is_in_contact:
        raise Http404
    form = SpokenResultForm(request.POST or None, wijk=initiative.wijk)
    back = reverse("partners:ask_aloud", args=[initiative.reference])

    def keep() -> str:
        results.tell(match, side=Side.NEED, by=request.user, channel=form.cleaned_data["channel"], **form.answers())
        messages.success(request, _("Het antwoord is vastgelegd."))
        return back

    if address := attempt(request, form, keep):
        return redirect(address)
    values = {"form": form, "initiative": initiative, "match": match, "back_url": back}
    return render(request, "partners/spoken_result.html", values)


def _reviewed(request: HttpRequest, reference: str) -> Initiative:
    initiative = get_object_or_404(Initiative.objects.select_related("wijk"), reference=reference)
    if not may_review(request.user, initiative):
        raise Http404
    return initiative
