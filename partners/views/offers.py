"""Offers and needs for who takes part: the list of my wijken, one of them, and one's own."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.cards.offers import card
from partners.enums.offers import Direction, ListingStatus
from partners.forms.directory import ListingFilterForm
from partners.forms.offers import ListingForm
from partners.models import Listing, Match
from partners.policies.offers import may_change, owners_for, visible_listings, visible_matches, wijken_to_read
from partners.views.door import network_page
from partners.views.rooms import attempt
from partners.workflow import listings
from shared.lifecycle import WorkflowError
from shared.wijken.models import Wijk

PAGE_SIZE = 20
MOST_DIGITS = 9
PATHS = {"aanbod": Direction.OFFER, "vraag": Direction.NEED}


@network_page
@require_safe
def list_listings(request: HttpRequest) -> HttpResponse:
    """Everything open in my wijken."""
    wijken = list(wijken_to_read(request.user).without_geometry().order_by("code"))
    form = ListingFilterForm(request.GET.dict(), wijken=wijken)
    found = form.narrow(visible_listings(request.user).open()).with_owners().order_by("-opened_at", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(
        request, "partners/listings.html", {"filter": form, "page": page, "may_offer": bool(owners_for(request.user))}
    )


@network_page
@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer or need, with its matches for its own people."""
    shown = _visible(request, pk)
    mine = may_change(request.user, shown)
    found = visible_matches(request.user).filter(**{shown.direction: shown}).with_sides()
    cards = [card(match, shown.direction) for match in found.order_by("-points", "pk")] if mine else []
    may_answer = not mine and shown.status == ListingStatus.OPEN and bool(owners_for(request.user))
    values = {"listing": shown, "mine": mine, "cards": cards, "may_answer": may_answer}
    return render(request, "partners/listing.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """Put something on the list.

    Raises:
        WorkflowError: this person acts for nobody who could offer something.
    """
    direction = PATHS[what]
    owners = owners_for(request.user)
    if not owners:
        raise WorkflowError(_("U bent van geen organisatie of afdeling die iets kan aanbieden of vragen."))
    other = _meant_for(request, direction)
    form = ListingForm(
        request.POST or None, direction=direction, owners=owners, wijken=_wijken(request), meant_for=other
    )
    if address := attempt(request, form, lambda: form.once.perform(lambda: _open(request, form, direction, other))):
        return redirect(address)
    values = {"form": form, "direction": direction, "listing": None, "meant_for": other}
    return render(request, "partners/listing_form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it says."""
    shown = _own(request, pk)
    if shown.status != ListingStatus.OPEN:
        raise WorkflowError(_("Dit is niet meer open. Zet zo nodig een nieuwe op de lijst."))
    owners = owners_for(request.user)
    form = ListingForm(
        request.POST or None, direction=shown.direction, owners=owners, wijken=_wijken(request), listing=shown
    )

    def keep() -> str:
        listings.change(shown, form.terms(), by=request.user, version=_version(request, shown))
        messages.success(request, _("Uw wijziging is bewaard."))
        return shown.get_absolute_url()

    if address := attempt(request, form, keep):
        return redirect(address)
    values = {"form": form, "direction": Direction(shown.direction), "listing": shown, "meant_for": None}
    return render(request, "partners/listing_form.html", values)


@network_page
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it from the list; a second click changes nothing."""
    shown = _own(request, pk)
    if shown.status in (ListingStatus.OPEN, ListingStatus.AGREED):
        listings.end(shown, by=request.user)
    messages.success(request, _("“%(title)s” is van de lijst.") % {"title": shown})
    return redirect("partners:start")


def _open(request: HttpRequest, form: ListingForm, direction: Direction, other: Listing | None) -> str:
    made = listings.open_listing(
        direction, form.terms(), owner=form.chosen_owner.columns, by=request.user, meant_for=other
    )
    if other is None:
        messages.success(request, _("Dit staat op de lijst. Past er iets bij, dan hoort u het."))
    elif Match.objects.filter(**{made.direction: made, other.direction: other}).exists():
        messages.success(
            request, _("Dit staat op de lijst. Wij vragen bij “%(other)s” of het welkom is.") % {"other": other}
        )
    else:
        text = _(
            "Dit staat op de lijst. Bij “%(other)s” vragen wij niets: de soort hulp, de wijk of de dagen passen niet, "
            "of wij vroegen het daar al eens voor u."
        )
        messages.warning(request, text % {"other": other})
    return made.get_absolute_url()


def _meant_for(request: HttpRequest, direction: Direction) -> Listing | None:
    """The offer or need that this is an answer to; one that is over or not theirs to see is left out."""
    pk = request.GET.get("bij", "")
    if not pk.isdecimal() or len(pk) > MOST_DIGITS:
        return None
    open_ones = visible_listings(request.user).open().with_owners()
    found: Listing | None = open_ones.filter(direction=direction.other, pk=pk).first()
    return found


def _wijken(request: HttpRequest) -> list[Wijk]:
    """Where somebody may put something on the list: where they read it."""
    return list(wijken_to_read(request.user).without_geometry().order_by("code"))


def _visible(request: HttpRequest, pk: int) -> Listing:
    found: Listing = get_object_or_404(visible_listings(request.user).with_owners(), pk=pk)
    return found


def _own(request: HttpRequest, pk: int) -> Listing:
    found = _visible(request, pk)
    return found if may_change(request.user, found) else get_object_or_404(Listing.objects.none(), pk=pk)


def _version(request: HttpRequest, shown: Listing) -> int:
    given: Any = request.POST.get("version", "")
    return int(given) if given.isdecimal() else shown.version
