"""What an initiator offers or asks for a plan, from Mijn overzicht."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.models import Initiative
from partners.enums.offers import Direction, ListingStatus, Resource
from partners.forms.plans import PlanListingForm
from partners.models import Listing
from partners.views.offers import PATHS
from partners.views.rooms import attempt
from partners.workflow import listings, needs, plans
from shared.lifecycle import WorkflowError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """Offer something, or ask something more.

    Raises:
        WorkflowError: the plan is closed or not on the website, or it asks everything already.
    """
    initiative = _plan(request, reference)
    if what not in PATHS:
        raise Http404
    needs.check_open(initiative)
    direction = PATHS[what]
    offers = direction == Direction.OFFER
    kinds = list(Resource) if offers else plans.kinds_to_ask(initiative)
    if not kinds:
        raise WorkflowError(_("Alle soorten hulp staan al op de lijst. Wijzig wat er staat, of haal eerst iets weg."))
    day = None if offers else needs.day_of(initiative)
    form = PlanListingForm(request.POST or None, direction=direction, wijk=initiative.wijk, kinds=kinds, day=day)

    def keep() -> str:
        step = plans.offer if offers else plans.ask
        step(initiative, form.columns(), by=request.user)
        messages.success(request, _("Dit staat op de lijst. Past er iets bij, dan hoort u het."))
        return _home(initiative)

    if address := attempt(request, form, lambda: form.once.perform(keep)):
        return redirect(address)
    return _show(request, form, initiative, direction)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How much, when, on which conditions.

    Raises:
        WorkflowError: it is no longer open.
    """
    initiative = _plan(request, reference)
    shown = _listing(initiative, pk)
    if shown.status != ListingStatus.OPEN:
        raise WorkflowError(_("Dit is niet meer open. Zet zo nodig een nieuwe op de lijst."))
    direction = Direction(shown.direction)
    form = PlanListingForm(request.POST or None, direction=direction, wijk=initiative.wijk, kinds=[], listing=shown)

    def keep() -> str:
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() else shown.version
        plans.change(shown, form.columns(), by=request.user, version=version)
        messages.success(request, _("Uw wijziging is bewaard."))
        return _home(initiative)

    if address := attempt(request, form, keep):
        return redirect(address)
    return _show(request, form, initiative, direction, shown)


@never_cache
@require_POST
def end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take it from the list; a second click changes nothing."""
    initiative = _plan(request, reference)
    shown = _listing(initiative, pk)
    if shown.status == ListingStatus.OPEN:
        listings.end(shown, by=request.user)
    messages.success(request, _("“%(title)s” is van de lijst.") % {"title": shown})
    return redirect(_home(initiative))


def _show(
    request: HttpRequest,
    form: PlanListingForm,
    initiative: Initiative,
    direction: Direction,
    listing: Listing | None = None,
) -> HttpResponse:
    values = {
        "form": form,
        "initiative": initiative,
        "offers": direction == Direction.OFFER,
        "listing": listing,
        "back_url": _home(initiative),
    }
    return render(request, "partners/plan_listing.html", values)


def _plan(request: HttpRequest, reference: str) -> Initiative:
    found: Initiative = get_object_or_404(
        Initiative.objects.of_resident(request.user).select_related("wijk"), reference=reference
    )
    return found


def _listing(initiative: Initiative, pk: int) -> Listing:
    found: Listing = get_object_or_404(Listing.objects.filter(initiative=initiative), pk=pk)
    return found


def _home(initiative: Initiative) -> str:
    return reverse("partners:own_help", args=[initiative.reference])
