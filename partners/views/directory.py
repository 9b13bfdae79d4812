"""For everybody: which organisations work in the wijk, and what they offer or need."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.cards.offers import helped
from partners.forms.directory import DirectoryForm, ListingFilterForm
from partners.models import Listing, Match, Partner
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk

PAGE_SIZE = 20


@public_page("wijk", "soort")
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All organisations that take part, by name."""
    form = DirectoryForm(request.GET.dict(), wijken=_wijken())
    partners = form.narrow(Partner.objects.in_directory())
    return render(request, "partners/directory.html", {"filter": form, "partners": list(partners)})


@public_page
@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it does, where, whom to call, and what it offers and helped with."""
    shown = get_object_or_404(Partner.objects.in_directory(), slug=slug)
    listings = Listing.objects.public().filter(partner=shown).with_owners()
    found = Match.objects.succeeded().of_partners([shown]).with_names("offer", "need").order_by("-closed_at", "-pk")
    return render(
        request,
        "partners/partner.html",
        {"partner": shown, "listings": list(listings), "helped": [helped(match) for match in found[:10]]},
    )


@public_page("wijk", "soort", "wat", "pagina")
@require_safe
def public_listings(request: HttpRequest) -> HttpResponse:
    """The offers and needs that were chosen for the website."""
    form = ListingFilterForm(request.GET.dict(), wijken=_wijken())
    found = form.narrow(Listing.objects.public()).with_owners().order_by("-published_at", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "partners/public_listings.html", {"filter": form, "page": page})


def _wijken() -> list[Wijk]:
    return list(Wijk.objects.current().without_geometry().order_by("code"))
