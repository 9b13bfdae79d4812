"""Help for a plan on one page: may partners see what it needs, what does it ask and offer, and who may help?"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.models import Initiative
from partners.cards.offers import card
from partners.enums.offers import ListingStatus, Side
from partners.letters.matches import HELP
from partners.models import HelpConsent, Listing, Match
from partners.workflow import needs, plans
from shared import links, municipality
from shared.accounts.models import User

# What was ended or is over says nothing any more.
SHOWN = (ListingStatus.OPEN, ListingStatus.AGREED, ListingStatus.DONE)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no from the e-mail.

    Raises:
        LinkInvalid: the portal did not make this address.
        LinkExpired: it is too old.
    """
    max_age = timedelta(days=municipality.current().periods.match_link_days)
    values = links.read(HELP, token, max_age=max_age)
    initiative = get_object_or_404(Initiative, pk=values["initiative"], email__iexact=values["email"])
    return _answer(request, initiative, by=None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_help(request: HttpRequest, reference: str) -> HttpResponse:
    """The same from Mijn overzicht; also to take a yes back."""
    initiative = get_object_or_404(Initiative.objects.of_resident(request.user), reference=reference)
    return _answer(request, initiative, by=request.user)


def _answer(request: HttpRequest, initiative: Initiative, *, by: User | None) -> HttpResponse:
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        step = needs.agree if request.POST["answer"] == "yes" else needs.decline
        step(initiative, by=by)
        messages.success(request, _("Dank u wel. Uw antwoord is bewaard."))
        return redirect(request.path)
    consent = HelpConsent.objects.filter(initiative=initiative).first()
    matches = Match.objects.of_plan(initiative).with_sides().select_related("need__theme", "offer__theme")
    listed = list(Listing.objects.filter(initiative=initiative).with_owners().order_by("kind", "pk"))
    values = {
        "initiative": initiative,
        "consent": consent,
        "cards": [
            card(match, Side.NEED if match.need.initiative_id == initiative.pk else Side.OFFER)
            for match in matches.order_by("-proposed_at", "-pk")
        ],
        "needs": [listing for listing in listed if not listing.is_offer and listing.status in SHOWN],
        "offers": [listing for listing in listed if listing.is_offer and listing.status in SHOWN],
        "is_open": initiative.is_open_to_neighbours,
        "may_ask_more": bool(plans.kinds_to_ask(initiative)),
        "is_signed_in": by is not None,
    }
    return render(request, "partners/help.html", values)
